"""Everything stored about one offer: values with their places, flags, and what was seen when."""

from __future__ import annotations

from typing import Any

from pymongo.database import Database
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.review.plain import plain, price
from crawler.review.show_storefront import said
from crawler.store import queries
from crawler.store.database import Document

INTERNAL = frozenset({"_id", "provenance", "revision", "state", "views", "own_page", "observation", "seen"})


def show_offer(database: Database[Document], offer: Document, console: Console) -> None:
    """Print the offer's values, flags and history."""
    console.print(Text(plain(offer["_id"]), style="bold"))
    console.print(_values(offer))
    flags = list(queries.flags(database, offer["_id"]))
    for flag in flags:
        console.print(_flag(flag))
    if not flags:
        console.print(Text("No flags."))
    console.print(_history(database, offer["_id"]))
    seen = offer["seen"]
    line = f"Last seen {said(offer['last_seen'])} at {plain(seen['final_url'])} in body {seen['body_sha256']}"
    console.print(Text(line))


def _values(offer: Document) -> Table:
    table = Table("Field", "Value", "Read by", "Stands in", "As")
    for name in sorted(offer.keys() - INTERNAL):
        value = offer[name]
        if value in (None, [], "", {}):
            continue
        place = offer.get("provenance", {}).get(name, {})
        where = f"{place['path']} of {place['body_sha256'][:12]}" if place else ""
        cells = (name, _said(value), place.get("extractor", ""), where, place.get("text", ""))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _flag(flag: Document) -> Text:
    mark = "!" if flag["state"] == "raised" else "?"
    text = Text(f"{mark} {plain(flag['code'])} ({flag['weight']:g}): {plain(flag['sentence'], 300)}")
    for place in flag["provenance"]:
        text.append(f"\n    {plain(place['path'])} of {place['body_sha256'][:12]}: {plain(place['text'])}", style="dim")
    return text


def _history(database: Database[Document], _id: str) -> Table:
    table = Table("Seen", "Price", "Availability", "Title", "Status", "Server", "Body")
    for item in queries.history(database, _id):
        seen = item["seen"]
        cells = (
            said(item["fetched_at"]),
            price(item["price"]) or item["price_problem"] or "",
            item["availability"] or "",
            item["title"],
            seen["status"],
            seen["server_address"] or "",
            seen["body_sha256"][:12],
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _said(value: Any) -> str:
    if isinstance(value, dict) and "amount" in value:
        return price(value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value[:10])
    return said(value)
