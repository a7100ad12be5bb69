"""The variations of a product that an element of its page carries as JSON, and choices as a reading."""

from __future__ import annotations

import re
from typing import Any

import orjson
from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.model import Place, Reading
from crawler.items import Availability, Variant
from crawler.money import Money, read_amount, read_prices

EXTRACTOR = "visible"
CHOICES_LIMIT = 250  # choices that are kept; shoes in all sizes and widths have about 60
JSON_LIMIT = 600_000  # characters of variations in an attribute
CARRIERS = ("data-product_variations", "data-variants", "data-product-json", "data-product")


def from_attributes(document: Document) -> Reading | None:
    """A JSON list of variations in an attribute, as the forms of WooCommerce, Tiendanube and InSales do."""
    for name in CARRIERS:
        if name not in document.attribute_names:
            continue
        for element in document.all("form", "div", "section"):
            raw = document.attributes[element].get(name, "")
            if not raw or raw[0] not in "[{" or len(raw) > JSON_LIMIT or document.outside(element):
                continue
            try:
                listed = orjson.loads(raw)
            except orjson.JSONDecodeError:
                continue
            listed = listed.get("variants") if isinstance(listed, dict) else listed
            if not isinstance(listed, list):
                continue
            found = [one for row in listed[:CHOICES_LIMIT] if isinstance(row, dict) and (one := _row(row, document))]
            if found:
                return reading_of(found, element, f"/@{name}", f"{len(found)} variations")
    return None


def _row(row: dict[str, Any], document: Document) -> Variant | None:
    number = row.get("variation_id") or row.get("id")
    if not isinstance(number, (int, str)):
        return None
    chosen = row.get("attributes")
    names = [str(value) for value in chosen.values() if value] if isinstance(chosen, dict) else _options(row)
    amount = read_amount(str(row.get("display_price") or row.get("price_number") or ""), document.hints())
    money = None if amount is None else Money(amount=amount, currency=document.currency, reason="")
    stock = row.get("is_in_stock", row.get("available"))
    return Variant(
        id=str(number)[:200],
        title=" ".join(names)[:200],
        price=money if money is None or money.currency else _shown(row.get("price_html"), document) or money,
        sku=values.code(str(row.get("sku") or "")),
        availability=_stock(stock) if isinstance(stock, bool) else None,
    )


def _options(row: dict[str, Any]) -> list[str]:
    return [str(row[name]) for name in ("option0", "option1", "option2", "option3") if row.get(name)]


def _shown(html: Any, document: Document) -> Money | None:
    """The price that a variation's own mark-up shows: there is a currency in it."""
    if not isinstance(html, str) or not html:
        return None
    text = " ".join(re.sub(r"<[^<>]{0,300}>", " ", html[:2000]).split()).replace("&#36;", "$")
    found = [one.money for one in read_prices(text, document.hints()) if one.money and one.role == "price"]
    return found[-1] if found else None


def _stock(there: bool) -> Availability:
    return "InStock" if there else "OutOfStock"


def reading_of(found: list[Variant], element: etree._Element, suffix: str, text: str) -> Reading:
    """Return the choices that an element shows, each id once."""
    unique = {one.id: one for one in reversed(found)}
    return Reading(tuple(reversed(unique.values())), EXTRACTOR, Place(element, suffix), text)
