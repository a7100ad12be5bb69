"""What people wrote becomes comparable: text in one form, prices in one currency beside the price as read."""

from __future__ import annotations

import unicodedata
from datetime import date

from crawler.items import Offer
from crawler.money import Rates, convert

TEXT_FIELDS = ("title", "brand", "sku", "mpn", "seller", "pack")


def normalise(offer: Offer, currency: str, seen_on: date, rates: Rates) -> bool:
    """Normalise ``offer`` in place; False when its price stays unconverted: currency or rate unknown, not guessed."""
    for name in TEXT_FIELDS:
        value = getattr(offer, name)
        if value:
            setattr(offer, name, tidy(value))
    offer.converted = convert(offer.price, currency, seen_on, rates) if offer.price else None
    return offer.converted is not None or offer.price is None


def tidy(text: str) -> str:
    """One line in NFC. Compatibility forms are kept: full-width or circled letters are evidence of a disguise."""
    return " ".join(unicodedata.normalize("NFC", text).split())
