"""A layout of tables, as the oldest shops still have, with the details in rows."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import frame, parts


def head(_front: Storefront, item: Item) -> str:
    """Keywords, as it was once done."""
    return f'<meta name="keywords" content="{escape(item.title)}">'


def row(name: str, value: str) -> str:
    """One detail."""
    return f'<tr><td align="right"><font size="2">{name}</font></td><td><b>{value}</b></td></tr>'


def details(front: Storefront, item: Item) -> str:
    """The rows of an item: number, brand, prices, state."""
    rows = [row(parts.say(front, "sku"), escape(item.sku))]
    if item.brand_shown:
        rows.append(row(parts.say(front, "brand"), escape(item.brand_shown)))
    if item.list_price:
        rows.append(row(parts.say(front, "was"), parts.was(front, item, "strike")))
    rows.append(row(parts.say(front, "now"), parts.now(front, item) + parts.net(front, item)))
    rows.append(row(parts.say(front, "condition"), parts.say(front, "used" if item.used else "new")))
    return "".join(rows)


def product(front: Storefront, item: Item) -> str:
    """The item's content."""
    return f"""<table width="100%" cellpadding="4"><tr><td colspan="2">{frame.crumbs(front, item)}</td></tr>
<tr><td valign="top">{parts.image(front, item)}</td><td valign="top"><h1>{escape(item.title)}</h1>
<table border="0">{details(front, item)}</table><p>{parts.stock(front, item)}</p>{parts.buy_form(front, item)}</td></tr>
<tr><td colspan="2"><p>{escape(item.text)}</p></td></tr></table>{frame.related(front, item)}"""


def card(front: Storefront, item: Item) -> str:
    """The item as one row of a list."""
    price = parts.was(front, item, "strike") + parts.now(front, item)
    return f"""<table width="100%"><tr><td width="60">{parts.image(front, item, "-s")}</td>
<td><a href="{escape(front.urls.product(item))}">{escape(item.title)}</a></td>
<td align="right">{price}</td></tr></table>"""
