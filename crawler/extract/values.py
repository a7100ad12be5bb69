"""Raw words of a field to the values of an offer: availability, condition, codes, currency, image addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from stdnum import ean

if TYPE_CHECKING:
    from crawler.extract.document import Document

_AVAILABILITY = {
    "instock": "InStock",
    "in_stock": "InStock",
    "in stock": "InStock",
    "available": "InStock",
    "instoreonly": "InStoreOnly",
    "availablefororder": "InStock",
    "available for order": "InStock",
    "onlineonly": "InStock",
    "madetoorder": "InStock",
    "outofstock": "OutOfStock",
    "out_of_stock": "OutOfStock",
    "out of stock": "OutOfStock",
    "oos": "OutOfStock",
    "unavailable": "OutOfStock",
    "soldout": "SoldOut",
    "sold out": "SoldOut",
    "preorder": "PreOrder",
    "pre-order": "PreOrder",
    "pre order": "PreOrder",
    "presale": "PreOrder",
    "pending": "PreOrder",
    "backorder": "BackOrder",
    "reserved": "LimitedAvailability",
    "discontinued": "Discontinued",
    "limitedavailability": "LimitedAvailability",
    "limited availability": "LimitedAvailability",
}
"""schema.org, OpenGraph and Google-feed spellings; the words of people are in ``data/labels.yaml``."""
_CONDITION = {
    "newcondition": "new",
    "new": "new",
    "usedcondition": "used",
    "used": "used",
    "refurbishedcondition": "refurbished",
    "refurbished": "refurbished",
    "damagedcondition": "damaged",
    "damaged": "damaged",
}
_CODE_LIMIT = 64  # characters; a longer "SKU" is a sentence
_NO_CODE = frozenset({"n/a", "na", "none", "null", "-", "--", "undefined", "false", "true", "nan", "sku", "tbd", "0",
                      "n/d", "nd", "n/b", "n.v.", "n. v.", "k.a.", "k. a.", "m/d", "i/t", "н/д", "brak", "yok", "нет",
                      "غير محدد", "nincs", "není k dispozici", "ei saatavilla", "nicht verfügbar"})  # fmt: skip
"""What stands for no article code: among others WooCommerce's "N/A" in the languages that translate it."""
_PICTURE = re.compile(r"^(?:https?:)?//|^/|^[\w%.-]{1,200}/|\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.I)


def availability(raw: str) -> str | None:
    """A schema.org ItemAvailability name from its address or short word; ``None`` when it is neither."""
    word = raw.strip()[:80].rsplit("/", 1)[-1].lower()
    return _AVAILABILITY.get(word) or _AVAILABILITY.get(word.replace("_", " "))


def condition(raw: str) -> str | None:
    """``new``, ``used``, ``refurbished`` or ``damaged`` from the schema.org address or word."""
    return _CONDITION.get(raw.strip()[:80].rsplit("/", 1)[-1].lower())


def code(raw: str) -> str | None:
    """An article code, or ``None`` when the text cannot be one."""
    text = raw.strip().strip(":#").strip()
    if not text or len(text) > _CODE_LIMIT or text.lower() in _NO_CODE:
        return None
    return text


def gtin(raw: str) -> str | None:
    """A GTIN-8/12/13/14 (or ISBN-10 as printed) whose check digit is right."""
    digits = re.sub(r"[\s-]", "", raw[:40])
    if digits.isdigit() and digits.isascii() and set(digits) != {"0"} and len(digits) in (8, 12, 13, 14):
        return digits if ean.is_valid(digits) else None
    return None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(Locale("en").currencies)


def currency(raw: str) -> str | None:
    """An ISO 4217 code that babel knows, from a field that should hold one."""
    text = raw.strip().upper()
    if len(text) == 3 and text in _currencies():  # the length of an ISO code
        return text
    return {"€": "EUR", "£": "GBP", "RMB": "CNY", "EURO": "EUR", "₽": "RUB", "₹": "INR", "₩": "KRW"}.get(text)


def category(raw: str) -> tuple[str, ...]:
    """The levels of a category that is written in one line."""
    if "/" in raw and raw.startswith("http"):
        return ()
    return tuple(part for part in (piece.strip() for piece in re.split(r"\s*(?:>|»|›|/)\s*", raw[:500])) if part)


def image(raw: str, document: Document) -> str | None:
    """Absolute address of a picture; ``None`` for data, icons and what is no address."""
    raw = raw.strip()
    if not raw or len(raw) > 2000 or raw.startswith("data:") or not _PICTURE.search(raw):  # no address
        return None
    return document.resolve(raw)
