"""A layout of tables, as the oldest shops still have, with the details in rows."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame


def head(_front: Storefront, item: Item) -> str:
    """Keywords, as it was once done."""
    return f'<meta name="keywords" content="{escape(item.title)}">'


def row(name: str, value: str) -> str:
    """One detail; the value is HTML."""
    return f'<tr><td align="right"><font size="2">{escape(name)}</font></td><td><b>{value}</b></td></tr>'


def details(front: Storefront, item: Item) -> str:
    """The rows of an item: number, brand, prices, state."""
    ui = front.voice.ui
    rows = [row(ui("sku"), escape(item.sku))]
    if item.brand_shown:
        rows.append(row(ui("brand"), escape(item.brand_shown)))
    if item.list_price:
        rows.append(row(ui("was"), f"<strike>{frame.price(front, item.list_price)}</strike>"))
    rows.append(row(ui("now"), frame.price(front, item.price) if item.price else escape(ui("on_request"))))
    rows.append(row(ui("condition"), escape(ui("used" if item.used else "new"))))
    return "".join(rows)


def product(front: Storefront, item: Item) -> str:
    """The item's content."""
    return f"""<table width="100%" cellpadding="4"><tr><td colspan="2">{frame.crumbs(front, item)}</td></tr>
<tr><td valign="top"><img src="{front.urls.image(item)}" border="0"></td><td valign="top"><h1>{escape(item.title)}</h1>
<table border="0">{details(front, item)}</table><p>{frame.stock_text(front, item)}</p>{frame.buy_form(front, item)}</td></tr>
<tr><td colspan="2"><p>{escape(item.text)}</p></td></tr></table>{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item as one row of a list."""
    now = frame.price(front, item.price) if item.price else escape(front.voice.ui("on_request"))
    old = f"<strike>{frame.price(front, item.list_price)}</strike> " if item.list_price else ""
    return f"""<table width="100%"><tr><td width="60"><img src="{front.urls.image(item, "-s")}" border="0"></td>
<td><a href="{escape(front.urls.product(item))}">{escape(item.title)}</a></td><td align="right">{old}{now}</td></tr></table>"""
