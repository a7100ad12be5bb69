"""A theme without any marks: class names are hashes, the price is split over elements, no heading level helps."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame


def head(_front: Storefront, _item: Item) -> str:
    """Nothing for machines."""
    return ""


def amount(front: Storefront, item: Item) -> str:
    """The price as two elements, the struck-out one after the valid one."""
    if item.price is None:
        return f"<div>{escape(front.voice.ui('on_request'))}</div>"
    shown = frame.price(front, item.price)
    old = (
        f'<div style="text-decoration:line-through">{frame.price(front, item.list_price)}</div>'
        if item.list_price
        else ""
    )
    return f'<div class="{front.css("price")}"><div>{shown}</div>{old}</div>'


def product(front: Storefront, item: Item) -> str:
    """The item's content in nothing but ``div``."""
    css = front.css
    brand = f"<div>{escape(front.voice.ui('brand'))} {escape(item.brand_shown)}</div>" if item.brand_shown else ""
    return f"""<div class="{css("crumbs")}">{frame.links(frame.menu(front)[:1])}</div>
<div class="{css("grid")}"><div><img src="{front.urls.image(item)}" alt=""></div><div>
<h1><span>{escape(item.title)}</span></h1>{brand}{amount(front, item)}<div class="{css("stock")}">{frame.stock_text(front, item)}</div>
{frame.buy_form(front, item)}<div>{escape(front.voice.ui("sku"))} {escape(item.sku)}</div>
<div class="{css("text")}">{escape(item.text)}</div><div>{frame.condition_text(front, item)}</div></div></div>
{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item in a list: picture and title are two links to the same page."""
    href = escape(front.urls.product(item))
    return f"""<div class="{front.css("card")}"><div><a href="{href}"><img src="{front.urls.image(item, "-s")}" alt=""></a></div>
<div><a href="{href}">{escape(item.title)}</a></div>{amount(front, item)}</div>"""
