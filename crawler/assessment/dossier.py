"""What the store holds of one storefront, read in a handful of queries. What it means is decided elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pymongo.database import Database

from crawler.indicators.whole import Registration
from crawler.store.database import Document

OFFER_SAMPLE = 5_000
"""Offers read; the quarters of a larger shop's reductions and the words of its titles do not move any more."""
OFFER = {"title": 1, "price": 1, "list_price": 1, "availability": 1, "condition": 1, "category": 1}
READABLE = range(200, 400)  # statuses that brought a page
LINKING = ("email", "phone", "messenger", "company_number", "vat", "iban", "wallet", "merchant_id", "analytics",
           "pixel", "tag_manager", "favicon", "template", "boilerplate", "certificate")  # fmt: skip
LINKS = 200  # identifiers of one storefront that are looked up; a shop has a few dozen
HUB = 12
"""Storefronts that share a value from which it ties nobody together: a provider's address, a common theme. Judged by
single links; a network room that weighs rarity may reach further."""


@dataclass(frozen=True)
class Shared:
    """A value that other storefronts show too."""

    kind: str
    value: str
    others: int
    suspected: tuple[str, ...] = ()
    """Those that are suspected on their own evidence, without links."""


@dataclass(frozen=True)
class Dossier:
    """Everything that is read of a storefront; the judge of a generated world fills it without a store."""

    storefront: Document
    offers: tuple[Document, ...] = ()
    """Fields of ``OFFER``, at most ``OFFER_SAMPLE``."""
    count: int = 0
    """All offers."""
    flags: tuple[Document, ...] = ()
    """One row per offer, code, brand and state that stands: ``_id`` (these four), ``sentence``, ``reasons``,
    ``allegation``, ``flag`` (an ``_id``), ``register_versions``, ``references`` (versions)."""
    identifiers: tuple[Document, ...] = ()
    """``kind``, ``value``."""
    pages: int = 0
    unreadable: int = 0
    shared: tuple[Shared, ...] = ()
    registration: Registration | None = None


def read(database: Database[Document], storefront: Document, registration: Registration | None = None) -> Dossier:
    """Read one storefront's offers, flags, pages and identifiers."""
    owner = storefront["_id"]
    offers = database["offers"].find({"storefront": owner}, OFFER).sort("_id", 1).limit(OFFER_SAMPLE)
    identifiers = list(database["identifiers"].find({"storefront": owner}, {"kind": 1, "value": 1}).sort("_id", 1))
    pages = database["pages"].count_documents({"storefronts": owner})
    readable = {"storefronts": owner, "status": {"$gte": READABLE.start, "$lt": READABLE.stop}}
    found = tuple(offers)
    return Dossier(
        storefront=storefront,
        offers=found,
        count=len(found) if len(found) < OFFER_SAMPLE else database["offers"].count_documents({"storefront": owner}),
        flags=tuple(database["flags"].aggregate(_flags_by_offer(owner))),
        identifiers=tuple(identifiers),
        pages=pages,
        unreadable=pages - database["pages"].count_documents(readable),
        shared=_shared(database, owner, identifiers),
        registration=registration,
    )


def _flags_by_offer(owner: str) -> list[Document]:
    """One row per offer, code and brand: seen on a list and on its own page, a flag is still one flag."""
    group: Document = {
        "_id": {"subject": "$subject", "code": "$code", "brand": "$brand", "state": "$state"},
        "sentence": {"$first": "$sentence"},
        "reasons": {"$addToSet": "$values.reason"},
        "allegation": {"$first": "$allegation"},
        "flag": {"$first": "$_id"},
        "register_versions": {"$addToSet": "$register_version"},
        "references": {"$addToSet": "$values.market_version"},
    }
    return [
        {"$match": {"storefront": owner, "ended_at": None}},
        {"$sort": {"subject": 1, "_id": 1}},  # so that the same store always gives the same example
        {"$group": group},
        {"$sort": {"_id": 1}},
    ]


def _shared(database: Database[Document], owner: str, identifiers: list[Document]) -> tuple[Shared, ...]:
    """The values that few others show, and who of those is suspected on evidence of their own."""
    wanted = [{"kind": item["kind"], "value": item["value"]} for item in identifiers if item["kind"] in LINKING][:LINKS]
    sharing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in wanted:
        found = database["identifiers"].find(item, {"storefront": 1}).limit(HUB + 2)
        others = {other["storefront"] for other in found} - {owner}
        if others and len(others) <= HUB:
            sharing[item["kind"], item["value"]] = others
    everybody = sorted(set().union(*sharing.values())) if sharing else []
    known = database["assessments"].find({"_id": {"$in": everybody}, "own_verdict": "suspected"}, {"_id": 1})
    bad = {item["_id"] for item in known}
    return tuple(
        Shared(kind, value, len(others), tuple(sorted(others & bad)))
        for (kind, value), others in sorted(sharing.items())
    )


def siblings(database: Database[Document], storefront: str) -> list[str]:
    """The storefronts whose verdict may rest on this one's: those that share a value with it."""
    identifiers = database["identifiers"].find(
        {"storefront": storefront, "kind": {"$in": list(LINKING)}}, {"kind": 1, "value": 1}
    )
    found: set[str] = set()
    for item in identifiers.limit(LINKS):
        same = {"kind": item["kind"], "value": item["value"]}
        others = {other["storefront"] for other in database["identifiers"].find(same, {"storefront": 1}).limit(HUB + 2)}
        found |= others if len(others) <= HUB + 1 else set()
    return sorted(found - {storefront})
