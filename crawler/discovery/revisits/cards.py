"""What the cards of a list say, as digests: a card that says what it said last time needs no look at its product."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from crawler.extract.model import Page, Product
from crawler.items import Offer
from crawler.money import Money
from crawler.urls import canonical

SIZE = 12  # hexadecimal digits of a digest: one chance in 10^14 that a changed card passes for the same


def digest(*parts: str) -> str:
    """A short stable hash."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:SIZE]


def name_of(url: str) -> str:
    """What a product's address is called among cards and pages, whatever identifies the visit in it."""
    return digest(canonical(url) or url)


def cards_of(page: Page) -> dict[str, str]:
    """Name of a product's address → digest of title, price, struck-through price and availability on its card.

    The same product twice on a list (a teaser and its card) is one entry for both. Empty for what is no list.
    """
    if page.kind == "product":
        return {}
    own = canonical(page.url)
    said: dict[str, list[str]] = {}
    for product in page.products:
        url = product.value("url")
        if url and canonical(url) not in (None, own):
            said.setdefault(name_of(url), []).append(_said(product))
    return {name: digest(*sorted(texts)) for name, texts in said.items()}


def said_of(offers: Iterable[Offer]) -> str:
    """Digest of what a page says of its offers: price, availability, title. The same when nothing of it changed."""
    lines = [
        "\x1e".join((offer.id, _word(offer.price), _word(offer.availability), _word(offer.title))) for offer in offers
    ]
    return digest(*sorted(lines))


def _said(product: Product) -> str:
    return "\x1e".join(_word(product.value(name)) for name in ("title", "price", "list_price", "availability"))


def _word(value: Any) -> str:
    if isinstance(value, Money):
        return f"{value.amount.normalize()} {value.currency or '?'}" if value.amount is not None else ""
    return " ".join(str(value or "").split())
