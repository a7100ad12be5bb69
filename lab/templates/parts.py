"""Small pieces of pages that every theme uses; what they return is HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from lab.model import Item
from lab.money import show
from lab.storefront import Storefront

Link = tuple[str, str]
VAT = Decimal("1.2")  # near the mean of European rates; only a second price beside the first
TIERS = ((3, Decimal("0.95")), (10, Decimal("0.88")))  # pieces, share of the single price
SIZES = {"shoes": ("39", "40", "41", "42", "43"), "clothing": ("S", "M", "L", "XL")}


def say(front: Storefront, key: str) -> str:
    """A short text of the shop's furniture."""
    return escape(front.voice.ui(key))


def shown(front: Storefront, amount: Decimal) -> str:
    """An amount as this shop writes it, as plain text."""
    return show(round(amount, 2), front.plan.currency, front.plan.language)


def price(front: Storefront, amount: Decimal) -> str:
    """An amount as this shop prints it."""
    return escape(shown(front, amount))


def now(front: Storefront, item: Item) -> str:
    """The valid price, or that it has to be asked for."""
    return price(front, item.price) if item.price is not None else say(front, "on_request")


def was(front: Storefront, item: Item, tag: str = "s") -> str:
    """The struck-out price, if there is one."""
    if item.list_price is None:
        return ""
    return f'<{tag} class="{front.css("old")}">{price(front, item.list_price)}</{tag}> '


def net(front: Storefront, item: Item) -> str:
    """The price without tax beside the valid one, as shops for workshops and firms print it."""
    if item.price is None or "net_prices" not in front.plan.traps:
        return ""
    return f"<small>({price(front, item.price / VAT)} {say(front, 'net')})</small>"


def links(pairs: Sequence[Link], separator: str = " ") -> str:
    """Anchors in a row."""
    return separator.join(f'<a href="{escape(href)}">{escape(text)}</a>' for href, text in pairs)


def script_json(value: Any) -> str:
    """JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")


def image(front: Storefront, item: Item, size: str = "") -> str:
    """A picture of the item."""
    return f'<img src="{front.urls.image(item, size)}" alt="{escape(item.title) if not size else ""}">'


def stock(front: Storefront, item: Item) -> str:
    """In stock or not, in words."""
    return say(front, "in_stock" if item.available else "out_of_stock")


def condition(front: Storefront, item: Item) -> str:
    """New or used, in words."""
    return f"{say(front, 'condition')}: {say(front, 'used' if item.used else 'new')}"


def brand(front: Storefront, item: Item) -> str:
    """The brand with its label; many shops print none."""
    if item.brand_shown is None or front.chance("no brand line", 0.3):
        return ""
    return f"<p>{say(front, 'brand')}: {escape(item.brand_shown)}</p>"


def sku(front: Storefront, item: Item) -> str:
    """The article number with its label; many shops print none."""
    return "" if front.chance("no number", 0.25) else f"<p>{say(front, 'sku')}: {escape(item.sku)}</p>"


def sizes(front: Storefront, item: Item) -> str:
    """A choice of sizes where the thing has some."""
    known = SIZES.get(item.category, ())
    choices = "".join(f"<option>{size}</option>" for size in known)
    return f'<label>{say(front, "size")} <select name="size">{choices}</select></label>' if known else ""


def buy_form(front: Storefront, item: Item) -> str:
    """What more pieces cost, and the form that puts an item into the cart; no crawler may send it."""
    if not item.available or item.price is None:
        return ""
    return f"""{tiers(front, item)}
<form action="/cart/add" method="post"><input type="hidden" name="item" value="{item.id}">
{sizes(front, item)}<label>{say(front, "quantity")} <input name="qty" value="1" size="2"></label>
<button>{say(front, "add")}</button></form>"""


def tiers(front: Storefront, item: Item) -> str:
    """What more pieces cost, in shops that sell by the box: prices that are not the price."""
    if item.price is None or not front.chance("tiers", 0.2):
        return ""
    form = front.voice.pick("tiers")
    rows = (form.format(count=count, price=shown(front, item.price * part)) for count, part in TIERS)
    return "<ul>" + "".join(f"<li>{escape(row)}</li>" for row in rows) + "</ul>"


def customers(front: Storefront, item: Item) -> str:
    """What two customers said; one of them names a price that is not the shop's."""
    rng = front.rng(f"said/{item.id}")
    if item.price is None or rng.random() < 0.6:
        return ""
    elsewhere = shown(front, item.price * Decimal("1.3"))
    names = rng.sample(("Ottilie W.", "Marek P.", "Sunniva", "J. Caldera", "Tomaso B."), 2)
    said = zip(names, rng.sample(front.voice.all("said"), 2), strict=True)
    rows = "".join(f"<li><b>{name}</b> {escape(text.format(price=elsewhere))}</li>" for name, text in said)
    return f"<ul>{rows}</ul>"
