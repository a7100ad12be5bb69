"""An older theme: the page itself is marked with microdata."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame, jsonld

card = jsonld.card


def head(front: Storefront, item: Item) -> str:
    """Only a canonical link."""
    return f'<link rel="canonical" href="{escape(front.urls.absolute(front.urls.product(item)))}">'


def offer(front: Storefront, item: Item) -> str:
    """The offer's part of the marks."""
    stock = "InStock" if item.available else "OutOfStock"
    state = f'<link itemprop="availability" href="http://schema.org/{stock}">{frame.stock_text(front, item)}'
    if item.price is None:
        return f"<p>{escape(front.voice.ui('on_request'))}</p><p>{state}</p>"
    old = ""
    if item.list_price:
        old = f'{escape(front.voice.ui("was"))} <del class="{front.css("old")}">{frame.price(front, item.list_price)}</del> '
    return f"""<div itemprop="offers" itemscope itemtype="http://schema.org/Offer" class="{front.css("price")}">{old}
<meta itemprop="priceCurrency" content="{front.plan.currency}"><b itemprop="price" content="{item.price}">{frame.price(front, item.price)}</b>
<p class="{front.css("stock")}">{state}</p></div>"""


def product(front: Storefront, item: Item) -> str:
    """The item's content, marked."""
    brand = ""
    if item.brand_shown:
        brand = f'<p>{escape(front.voice.ui("brand"))}: <span itemprop="brand">{escape(item.brand_shown)}</span></p>'
    return f"""{frame.crumbs(front, item)}
<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">{escape(item.title)}</h1>
<img itemprop="image" src="{front.urls.image(item)}" alt="">{brand}{offer(front, item)}
<p>{escape(front.voice.ui("sku"))} <span itemprop="sku">{escape(item.sku)}</span></p><p>{frame.condition_text(front, item)}</p>
{frame.buy_form(front, item)}<div itemprop="description" class="{front.css("text")}">{escape(item.text)}</div></div>
{frame.related(front, item)}"""
