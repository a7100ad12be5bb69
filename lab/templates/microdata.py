"""An older theme: the page itself is marked with microdata."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame, jsonld, parts

card = jsonld.card


def head(front: Storefront, item: Item) -> str:
    """Only a canonical link."""
    return f'<link rel="canonical" href="{escape(front.urls.absolute(front.urls.product(item)))}">'


def offer(front: Storefront, item: Item) -> str:
    """The offer's part of the marks; some themes mark the printed price instead of a plain number."""
    state = "InStock" if item.available else "OutOfStock"
    stock = f'<link itemprop="availability" href="http://schema.org/{state}">{parts.stock(front, item)}'
    if item.price is None:
        return f"<p>{parts.say(front, 'on_request')}</p><p>{stock}</p>"
    old = f"{parts.say(front, 'was')} {parts.was(front, item, 'del')}" if item.list_price else ""
    plain = "" if front.chance("only printed price", 0.3) else f' content="{item.price}"'
    return f"""<div itemprop="offers" itemscope itemtype="http://schema.org/Offer" class="{front.css("price")}">{old}
<meta itemprop="priceCurrency" content="{front.plan.currency}">
<b itemprop="price"{plain}>{parts.price(front, item.price)}</b>{parts.net(front, item)}
<p class="{front.css("stock")}">{stock}</p></div>"""


def product(front: Storefront, item: Item) -> str:
    """The item's content, marked."""
    brand = ""
    if item.brand_shown:
        brand = f'<p>{parts.say(front, "brand")}: <span itemprop="brand">{escape(item.brand_shown)}</span></p>'
    return f"""{frame.crumbs(front, item)}
<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">{escape(item.title)}</h1>
<img itemprop="image" src="{front.urls.image(item)}" alt="">{brand}{offer(front, item)}
<p>{parts.say(front, "sku")} <span itemprop="sku">{escape(item.sku)}</span></p><p>{parts.condition(front, item)}</p>
{parts.buy_form(front, item)}<div itemprop="description" class="{front.css("text")}">{escape(item.text)}</div></div>
{frame.related(front, item)}"""
