"""The texts of an offer that may name a brand, and where on the page each of them stood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from crawler.indicators.text.tokens import Tokens
from crawler.items import MATCHED_TEXT_LIMIT, Offer, Provenance

MAX_IMAGES = 10  # file names looked at: a gallery repeats itself


@dataclass(frozen=True)
class Place:
    """One text of an offer, and where it stood."""

    field: str
    text: str
    provenance: Provenance

    def proof(self, start: int, end: int) -> Provenance:
        """Return the provenance with the text around ``start:end``, at most MATCHED_TEXT_LIMIT characters."""
        room = max(0, MATCHED_TEXT_LIMIT - (end - start)) // 2
        a = max(0, start - room)
        return self.provenance.model_copy(update={"text": self.text[a : a + MATCHED_TEXT_LIMIT]})

    @cached_property
    def tokens(self) -> Tokens:
        """Its words."""
        return Tokens.of(self.text)


def places_of(offer: Offer) -> list[Place]:
    """Return the texts of the offer that may name a brand."""
    places: list[Place] = []
    for name in ("title", "brand", "description"):
        text = getattr(offer, name)
        if text and name in offer.provenance:
            places.append(Place(name, text, offer.provenance[name]))
    if offer.category and "category" in offer.provenance:
        places.append(Place("category", " / ".join(offer.category), offer.provenance["category"]))
    path = _path(offer.url)
    if path:
        places.append(Place("url", path, Provenance(extractor="url", path="url", text="")))
    for address in offer.images[:MAX_IMAGES]:
        name = _path(address).rsplit("/", 1)[-1]
        if name and "images" in offer.provenance:
            places.append(Place("image", name, offer.provenance["images"]))
    return places


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path[:2000]
