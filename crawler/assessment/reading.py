"""Storefronts' dossiers from the store, some at a time: one query a collection, however many are judged together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pymongo.database import Database

from crawler.assessment import leads
from crawler.assessment.dossier import OFFER, OFFER_SAMPLE, READABLE, Dossier, Said, Shared, Ties
from crawler.assessment.sharing import ties, verdicts
from crawler.indicators.whole import Registration
from crawler.store.database import Document

FLAG = ("subject", "code", "brand", "state", "sentence", "allegation", "register_version", "values.reason",
        "values.market_version", "values.of_middle")  # fmt: skip
BRANDLESS = ""  # sorts before every brand
Told = Callable[[str], Registration | None]
"""Key of a storefront → what the registry says of its domain."""


def read(database: Database[Document], storefront: Document, registration: Registration | None = None) -> Dossier:
    """Read all of one storefront, with what it shares with others."""
    (found,) = read_some(database, [storefront], lambda _: registration)
    return shared_by(found, *together(database, [found]))


def together(database: Database[Document], dossiers: Sequence[Dossier]) -> tuple[dict[str, Ties], dict[str, Said]]:
    """What these share with others, by storefront, and what the others are."""
    found = ties(database, {item.storefront["_id"]: item.identifiers for item in dossiers})
    sent = leads.ties(database, {item.storefront["_id"]: item.storefront.get("key") or "" for item in dossiers})
    found = {owner: own | sent.get(owner, {}) for owner, own in found.items()}
    others = set().union(*(who for own in found.values() for who in own.values())) if found else set()
    return found, verdicts(database, others)


def shared_by(dossier: Dossier, found: Mapping[str, Ties], said: Mapping[str, Said]) -> Dossier:
    """The dossier with what it shares, given what others are."""
    own = sorted(found.get(dossier.storefront["_id"], {}).items())
    return replace(dossier, shared=tuple(Shared.by(value, others, said) for value, others in own))


def weighed(database: Database[Document], storefronts: Sequence[Document]) -> Iterator[list[Document]]:
    """Storefronts in groups whose offers fit into memory together: large shops come alone."""
    counts = _counts(database, [item["_id"] for item in storefronts])
    group: list[Document] = []
    size = 0
    for item in storefronts:
        offers = counts.get(item["_id"], 0)
        if group and size + offers > OFFER_SAMPLE:
            yield group
            group, size = [], 0
        group.append(item)
        size += offers
    if group:
        yield group


def read_some(database: Database[Document], storefronts: Sequence[Document], told: Told) -> list[Dossier]:
    """Read offers, flags, pages and identifiers of storefronts of one group (``weighed``); not yet what they share."""
    owners = [item["_id"] for item in storefronts]
    offers = _by_owner(_offers(database, owners))
    counts = {owner: len(found) for owner, found in offers.items()}
    if len(owners) == 1 and counts.get(owners[0]) == OFFER_SAMPLE:
        counts = _counts(database, owners)
    flags, pages = _flags(database, owners), _pages(database, owners)
    identifiers = _by_owner(_identifiers(database, owners))
    return [
        Dossier(
            storefront=item,
            offers=tuple(offers.get(item["_id"], ())),
            count=counts.get(item["_id"], 0),
            flags=tuple(flags.get(item["_id"], ())),
            identifiers=tuple(identifiers.get(item["_id"], ())),
            pages=sum(pages.get(item["_id"], (0, 0))),
            unreadable=pages.get(item["_id"], (0, 0))[1],
            registration=told(item.get("key") or ""),
        )
        for item in storefronts
    ]


def _among(owners: Sequence[str]) -> Any:
    return owners[0] if len(owners) == 1 else {"$in": list(owners)}


def _counts(database: Database[Document], owners: Sequence[str]) -> dict[str, int]:
    """Owner → offers, from the index alone."""
    counted = database["offers"].aggregate(
        [{"$match": {"storefront": _among(owners)}}, {"$group": {"_id": "$storefront", "offers": {"$sum": 1}}}]
    )
    return {item["_id"]: item["offers"] for item in counted}


def _offers(database: Database[Document], owners: Sequence[str]) -> Iterable[Document]:
    fields = dict.fromkeys(("storefront", *OFFER), 1)
    found = database["offers"].find({"storefront": _among(owners)}, fields).sort([("storefront", 1), ("_id", 1)])
    return found.limit(OFFER_SAMPLE) if len(owners) == 1 else found


def _identifiers(database: Database[Document], owners: Sequence[str]) -> Iterable[Document]:
    found = database["identifiers"].find({"storefront": _among(owners)}, {"storefront": 1, "kind": 1, "value": 1})
    return sorted(found, key=lambda item: str(item["_id"]))


def _by_owner(found: Iterable[Document]) -> dict[str, list[Document]]:
    owned: dict[str, list[Document]] = defaultdict(list)
    for item in found:
        owned[item["storefront"]].append(item)
    return owned


def _pages(database: Database[Document], owners: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Owner → pages that were read, and pages that were not."""
    readable: Document = {"$and": [{"$gte": ["$status", READABLE.start]}, {"$lt": ["$status", READABLE.stop]}]}
    counted = database["pages"].aggregate(
        [
            {"$match": {"storefronts": _among(owners)}},
            {"$project": {"_id": 0, "storefronts": 1, "good": {"$cond": [readable, 1, 0]}}},
            {"$unwind": "$storefronts"},
            {"$match": {"storefronts": _among(owners)}},
            {"$group": {"_id": "$storefronts", "pages": {"$sum": 1}, "good": {"$sum": "$good"}}},
        ]
    )
    return {item["_id"]: (item["good"], item["pages"] - item["good"]) for item in counted}


def _flags(database: Database[Document], owners: Sequence[str]) -> dict[str, list[Document]]:
    """Owner → one row per offer, code, brand and state: seen on a list and on its own page, a flag is still one flag.

    Ordered, so that the same store always gives the same example.
    """
    fields = dict.fromkeys(("storefront", *FLAG), 1)
    found = list(database["flags"].find({"storefront": _among(owners), "ended_at": None}, fields))
    found.sort(
        key=lambda item: (item["subject"], item["code"], item.get("brand") or BRANDLESS, item["state"], item["_id"])
    )
    rows: dict[str, list[Document]] = defaultdict(list)
    last: Any = None
    for item in found:
        if last != (last := _same(item)):
            rows[item["storefront"]].append(_row(item))
        _add(rows[item["storefront"]][-1], item)
    return rows


def _same(flag: Document) -> tuple[str, ...]:
    return flag["subject"], flag["code"], flag.get("brand") or BRANDLESS, flag["state"]


def _row(flag: Document) -> Document:
    key = {"subject": flag["subject"], "code": flag["code"], "brand": flag.get("brand"), "state": flag["state"]}
    return {"_id": key, "sentence": flag.get("sentence"), "reasons": [], "allegation": flag.get("allegation"),
            "flag": flag["_id"], "register_versions": [], "references": [], "of_middle": []}  # fmt: skip


def _add(row: Document, flag: Document) -> None:
    """Unite what the views of one flag rest on."""
    values = flag.get("values") or {}
    told = {"reasons": values.get("reason"), "references": values.get("market_version"),
            "register_versions": flag.get("register_version"), "of_middle": values.get("of_middle")}  # fmt: skip
    for name, value in told.items():
        if value is not None and value not in row[name]:
            row[name].append(value)
