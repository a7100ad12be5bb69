"""What is done without an assessor: a list of words, and prices below half, as somebody would write them in a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from crawler.items import Offer
from crawler.register.loading import Register

WORDS = re.compile(
    r"\b(?:replicas?|replikas?|repliken|répliques?|réplicas?|repliche|repliki|fakes?|cop(?:y|ies)|kopien?|copies?|copias?|copie|"
    r"kopi[ai]|imitations?|imitationen|imitazion[ei]|imitaci(?:ón|ones)|imitacj[ae]|knock-?offs?|contrefaçons?|"
    r"fälschung(?:en)?|podróbk[ai]|fals[oi]s?|super ?clones?|mirror quality|AAA|1:1)\b",
    re.IGNORECASE,
)
HALF = Decimal("0.5")
SHARE = 0.3  # of the offers that can be compared


def keyword(offers: Iterable[Offer]) -> bool:
    """Whether any title or description has a word of the list."""
    return any(WORDS.search(f"{offer.title} {offer.description or ''}") for offer in offers)


def half_price(offers: Iterable[Offer], register: Register) -> bool:
    """Whether a third of the offers that name a brand and a product cost less than half of its lowest price."""
    ratios = [ratio for offer in offers if (ratio := _ratio(offer, register)) is not None]
    return bool(ratios) and sum(ratio < HALF for ratio in ratios) >= SHARE * len(ratios)


def _ratio(offer: Offer, register: Register) -> Decimal | None:
    title = offer.title.casefold()
    if offer.converted is None:
        return None
    for entry in register.entries.values():
        if entry.name.casefold() not in title:
            continue
        for line in entry.brand.lines:
            if line.name.split()[0].casefold() in title and "EUR" in line.price:
                return offer.converted.amount / line.price["EUR"].low
    return None
