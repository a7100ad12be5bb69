"""A modern theme: what a machine should read stands in JSON-LD."""

from __future__ import annotations

from html import escape
from typing import Any

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame


def data(front: Storefront, item: Item) -> dict[str, Any]:
    """The item as schema.org describes one."""
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": front.urls.absolute(front.urls.product(item)),
        "availability": "https://schema.org/" + ("InStock" if item.available else "OutOfStock"),
        "itemCondition": "https://schema.org/" + ("UsedCondition" if item.used else "NewCondition"),
    }
    if item.price is not None:
        offer |= {"price": str(item.price), "priceCurrency": front.plan.currency}
    product: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Product",
        "name": item.title,
        "sku": item.sku,
        "description": item.text,
        "image": [front.urls.absolute(front.urls.image(item))],
        "offers": offer,
    }
    if item.brand_shown:
        product["brand"] = {"@type": "Brand", "name": item.brand_shown}
    return product


def head(front: Storefront, item: Item) -> str:
    """JSON-LD and OpenGraph of the item."""
    return (f'<script type="application/ld+json">{frame.script_json(data(front, item))}</script>'
            f'<meta property="og:title" content="{escape(item.title)}"><meta property="og:type" content="product">')  # fmt: skip


def product(front: Storefront, item: Item) -> str:
    """The item's content."""
    css = front.css
    old = f'<s class="{css("old")}">{frame.price(front, item.list_price)}</s> ' if item.list_price else ""
    now = frame.price(front, item.price) if item.price else escape(front.voice.ui("on_request"))
    return f"""{frame.crumbs(front, item)}
<img src="{front.urls.image(item)}" alt="{escape(item.title)}"><h1 class="{css("title")}">{escape(item.title)}</h1>
<div class="{css("price")}">{old}<span>{now}</span></div><p class="{css("stock")}">{frame.stock_text(front, item)}</p>
<p>{frame.condition_text(front, item)}</p>{frame.buy_form(front, item)}
<div class="{css("text")}"><h2>{escape(front.voice.ui("details"))}</h2><p>{escape(item.text)}</p></div>
<p>{escape(front.voice.ui("sku"))}: {escape(item.sku)}</p>{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item in a list."""
    css = front.css
    old = f'<s class="{css("old")}">{frame.price(front, item.list_price)}</s> ' if item.list_price else ""
    now = frame.price(front, item.price) if item.price else escape(front.voice.ui("on_request"))
    return f"""<article class="{css("card")}"><a href="{escape(front.urls.product(item))}">
<img src="{front.urls.image(item, "-s")}" alt=""><h3>{escape(item.title)}</h3></a>
<div class="{css("price")}">{old}{now}</div></article>"""
