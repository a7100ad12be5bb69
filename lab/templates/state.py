"""A client-side shop: the data stand as state JSON in a script, the page itself repeats title and price."""

from __future__ import annotations

from typing import Any

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import bare, parts

card = bare.card


def data(front: Storefront, item: Item) -> dict[str, Any]:
    """The item as the shop's own program keeps it: amounts in cents, names of its own."""
    return {
        "id": int(item.id), "handle": item.slug, "name": item.title, "vendor": item.brand_shown, "code": item.sku,
        "money": {"cents": int(item.price * 100) if item.price else None, "iso": front.plan.currency},
        "compareAt": int(item.list_price * 100) if item.list_price else None,
        "inventory": {"sellable": item.available}, "body": item.text, "gallery": [front.urls.image(item)],
    }  # fmt: skip


def head(_front: Storefront, _item: Item) -> str:
    """Nothing in the head."""
    return ""


def product(front: Storefront, item: Item) -> str:
    """The item's content as the server rendered it, and the state for the client."""
    tree = {"route": "pdp", "props": {"pageProps": {"entity": data(front, item)}}, "cart": {"lines": [], "sum": 0}}
    state = f"<script>window.__STORE__={parts.script_json(tree)};</script>"
    if front.chance("state as data", 0.4):
        state = f'<script id="app-state" type="application/json">{parts.script_json(tree)}</script>'
    return f'<div id="app">{bare.product(front, item)}</div>\n{state}'
