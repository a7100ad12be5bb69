"""A theme without any marks: class names are hashes, the price may be split over elements, nothing is labelled."""

from __future__ import annotations

import re
from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame, parts


def head(_front: Storefront, _item: Item) -> str:
    """Nothing for machines."""
    return ""


def split(shown: str) -> str:
    """A printed price with its cents raised, as some themes set it."""
    return re.sub(r"([.,])(\d\d)(?=\D*$)", r"<sup>\1\2</sup>", shown)


def amount(front: Storefront, item: Item) -> str:
    """The price in elements of its own, the struck-out one after the valid one."""
    shown = parts.now(front, item)
    if item.price is not None and front.chance("raised cents", 0.35):
        shown = split(shown)
    old = ""
    if item.list_price:
        old = f'<div style="text-decoration:line-through">{parts.price(front, item.list_price)}</div>'
    return f'<div class="{front.css("price")}"><div>{shown}</div>{old}{parts.net(front, item)}</div>'


def product(front: Storefront, item: Item) -> str:
    """The item's content in little but ``div``."""
    css = front.css
    return f"""<div class="{css("crumbs")}">{parts.links(frame.menu(front)[:1])}</div>
<div class="{css("grid")}"><div>{parts.image(front, item)}</div><div>
<h1><span>{escape(item.title)}</span></h1>{parts.brand(front, item)}{amount(front, item)}
<div class="{css("stock")}">{parts.stock(front, item)}</div>{parts.buy_form(front, item)}{parts.sku(front, item)}
<div class="{css("text")}">{escape(item.text)}</div><div>{parts.condition(front, item)}</div></div></div>
{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item in a list: picture and title are two links to the same page."""
    href = escape(front.urls.product(item))
    return f"""<div class="{front.css("card")}"><div><a href="{href}">{parts.image(front, item, "-s")}</a></div>
<div><a href="{href}">{escape(item.title)}</a></div>{amount(front, item)}</div>"""
