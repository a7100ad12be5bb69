"""A product whose price stands only in attributes that a script would show: ``data-price="189.00"`` around the heading.

Only amounts with a decimal point are read: a whole number may be in minor units, and nothing there confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject
from crawler.extract.model import Place, Reading
from crawler.money import Money

EXTRACTOR = "data_attributes"
_AMOUNT = re.compile(r"\d{1,9}\.\d\d")
_CURRENCIES = ("data-currency", "data-price-currency", "data-currency-code", "data-product-currency")
_FIELDS = {
    "price": ("data-price", "data-product-price", "data-item-price", "data-price-amount", "data-current-price"),
    "list_price": ("data-old-price", "data-list-price", "data-regular-price", "data-compare-price", "data-price-old"),
    "sku": ("data-sku", "data-product-sku", "data-item-sku", "data-article"),
}


def read(document: Document, around: Iterable[etree._Element]) -> Subject:
    """What the first element with a price among its attributes says; ``around``: the heading and its ancestors."""
    found = Subject(EXTRACTOR)
    for element in around:
        own = document.attributes.get(element)
        if element.tag in ("body", "html") or not own or not any(name in own for name in _FIELDS["price"]):
            continue
        code = next((values.currency(own[name]) for name in _CURRENCIES if name in own), None) or document.currency
        for field, names in _FIELDS.items():
            name = next((one for one in names if own.get(one)), "")
            value = _value(field, own[name].strip(), code) if name else None
            if value is not None:
                found.add(field, Reading(value, EXTRACTOR, Place(element, f"/@{name}"), own[name]))
        if "price" in found.readings:
            return found
    return Subject(EXTRACTOR)


def _value(field: str, raw: str, code: str | None) -> object:
    if field == "sku":
        return values.code(raw)
    if not _AMOUNT.fullmatch(raw) or not float(raw):
        return None
    reason = "declared by the page (data_attributes)" if code else ""
    return Money(amount=Decimal(raw), currency=code, reason=reason)
