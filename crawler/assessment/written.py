"""Values that only the assessor knows of a storefront, written beside those that pages show, so that others find them.

What a page says was written when it was read. What all goods together say, and what a registry says, nobody knows
before the assessor has the storefront before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pymongo import DeleteOne, UpdateOne

from crawler.assessment import catalogue, registered
from crawler.assessment.dossier import CATALOGUE, NAME_SERVERS, REGISTRATION, WRITTEN, Dossier
from crawler.store.database import Document
from crawler.store.values import digest, identifier, text

Value = tuple[str, str]
"""Kind and value."""
PATHS = {CATALOGUE: "offers", NAME_SERVERS: "registration", REGISTRATION: "registration"}
"""Where what it rests on stands in a dossier."""


def values(dossier: Dossier) -> dict[Value, str]:
    """What is known of it now → on what that rests, in words."""
    goods = {(CATALOGUE, value): titles for value, titles in catalogue.values(dossier.offers).items()}
    return goods | registered.values(dossier.registration)


def told(dossier: Dossier) -> tuple[Dossier, list[UpdateOne | DeleteOne]]:
    """The dossier with its present values, and what to write so that others find them."""
    known = {(item["kind"], item["value"]) for item in dossier.identifiers if item["kind"] in WRITTEN}
    now = values(dossier)
    if known == now.keys():
        return dossier, []
    others = tuple(item for item in dossier.identifiers if item["kind"] not in WRITTEN)
    fresh = tuple({"kind": kind, "value": value} for kind, value in sorted(now))
    return replace(dossier, identifiers=others + fresh), list(_writes(dossier.storefront, known, now))


def _writes(storefront: Document, known: set[Value], now: dict[Value, str]) -> Iterator[UpdateOne | DeleteOne]:
    owner, seen = identifier(storefront["_id"]), storefront.get("last_seen")
    for kind, value in sorted(known - now.keys()):
        yield DeleteOne({"_id": digest(owner, kind, value)})
    for (kind, value), words in now.items():
        place = {"extractor": "assessment.written", "path": PATHS[kind], "text": text(words)}
        fields = {"storefront": owner, "kind": kind, "value": value, "provenance": place,
                  "url": storefront.get("url"), "first_seen": seen}  # fmt: skip
        yield UpdateOne(
            {"_id": digest(owner, kind, value)}, {"$setOnInsert": fields, "$set": {"last_seen": seen}}, upsert=True
        )
