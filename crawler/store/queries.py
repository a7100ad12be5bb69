"""Named queries: one function, one question. Commands and docs/store.md use these and no others.

All of them read; each takes the ``Database`` of ``crawler.store.database.open_database``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pymongo.database import Database

from crawler.store.database import Document

Store = Database[Document]
CLAUSES = 200  # of one $or


def review_queue(store: Store, verdicts: Sequence[str], limit: int = 0) -> Iterator[Document]:
    """The assessments with one of these verdicts, the highest score first; ``limit`` 0 gives all."""
    wanted = {"verdict": {"$in": list(verdicts)}}
    return iter(store["assessments"].find(wanted).sort([("score", -1), ("_id", 1)]).limit(limit))


def verdicts(store: Store) -> dict[str, int]:
    """How many storefronts have each verdict."""
    rows = store["assessments"].aggregate([{"$group": {"_id": "$verdict", "storefronts": {"$sum": 1}}}])
    return {row["_id"]: row["storefronts"] for row in rows}


def waiting(store: Store) -> int:
    """How many storefronts changed since they were judged."""
    return store["storefronts"].count_documents({"unassessed": {"$exists": True}})


def storefront(store: Store, name: str) -> Document | None:
    """The storefront with this id, else the latest tenure of this key."""
    found = store["storefronts"].find_one({"_id": name})
    return found or store["storefronts"].find_one({"key": name}, sort=[("tenure", -1), ("_id", -1)])


def storefront_names(store: Store, limit: int = 50_000) -> list[str]:
    """Known storefront keys, to suggest one for a mistyped name."""
    return [row["key"] for row in store["storefronts"].find({}, {"key": 1, "_id": 0}).limit(limit)]


def offer(store: Store, name: str) -> Document | None:
    """The offer with this id, or seen at this URL."""
    found = store["offers"].find_one({"_id": name})
    return found or store["offers"].find_one({"$or": [{"url": name}, {"aliases": name}]}, sort=[("_id", 1)])


def offers(store: Store, storefront: str, limit: int = 0) -> Iterator[Document]:
    """The offers of a storefront, in the order of their ids."""
    return iter(store["offers"].find({"storefront": storefront}).sort("_id", 1).limit(limit))


def flags(store: Store, subject: str) -> Iterator[Document]:
    """The flags of an offer that stand, raised ones first, heaviest first."""
    order = [("state", -1), ("weight", -1), ("_id", 1)]
    return iter(store["flags"].find({"subject": subject, "ended_at": None}).sort(order))


def flagged_offers(store: Store, storefront: str, limit: int = 10) -> list[Document]:
    """A storefront's offers with the most weight of raised flags: ``{_id, weight, flags, codes}``."""
    pipeline: list[Document] = [
        {"$match": {"storefront": storefront, "ended_at": None, "state": "raised"}},
        {"$group": {"_id": "$subject", "weight": {"$sum": "$weight"}, "codes": {"$addToSet": "$code"}}},
        {"$sort": {"weight": -1, "_id": 1}},
        {"$limit": limit},
    ]
    return list(store["flags"].aggregate(pipeline))


def history(store: Store, offer: str) -> Iterator[Document]:
    """What was seen of an offer, oldest first: one observation for each change of price, availability or title."""
    return iter(store["observations"].find({"offer": offer}).sort([("fetched_at", 1), ("_id", 1)]))


def identifiers(store: Store, storefront: str) -> Iterator[Document]:
    """What ties a storefront to others."""
    return iter(store["identifiers"].find({"storefront": storefront}).sort([("kind", 1), ("value", 1), ("_id", 1)]))


def sharing(store: Store, kind: str, value: str) -> list[str]:
    """The storefronts that show the same identifier."""
    found = store["identifiers"].find({"kind": kind, "value": value}, {"storefront": 1}).sort("storefront", 1)
    return [row["storefront"] for row in found]


def pages(store: Store, storefront: str) -> Iterator[Document]:
    """The last look at every page read of a storefront."""
    return iter(store["pages"].find({"storefronts": storefront}).sort("_id", 1))


def assessment(store: Store, storefront: str) -> Document | None:
    """The present assessment of a storefront."""
    return store["assessments"].find_one({"_id": storefront})


def assessment_history(store: Store, storefront: str) -> Iterator[Document]:
    """Earlier assessments, oldest first; one for each change."""
    return iter(store["assessment_history"].find({"storefront": storefront}).sort([("fence", 1), ("_id", 1)]))


def brand_flags(store: Store, brand: str) -> list[Document]:
    """The storefronts with raised flags about a brand: ``{_id, offers, codes}``, most offers first."""
    pipeline: list[Document] = [
        {"$match": {"brand": brand, "ended_at": None, "state": "raised"}},
        {"$group": {"_id": {"storefront": "$storefront", "offer": "$subject"}, "codes": {"$addToSet": "$code"}}},
        {"$unwind": "$codes"},
        {"$group": {"_id": "$_id.storefront", "found": {"$addToSet": "$_id.offer"}, "codes": {"$addToSet": "$codes"}}},
        {"$project": {"offers": {"$size": "$found"}, "codes": 1}},
        {"$sort": {"offers": -1, "_id": 1}},
    ]
    return list(store["flags"].aggregate(pipeline))


def crawls(store: Store, key: str) -> Iterator[Document]:
    """The crawls of a storefront key, newest first."""
    return iter(store["crawls"].find({"key": key}).sort([("started_at", -1), ("_id", 1)]))


def latest_crawls(store: Store, case: str = "", limit: int = 0) -> list[Document]:
    """The latest crawl of each storefront (of those that a case asked for), the most recent first; 0: all."""
    pipeline: list[Document] = [
        {"$match": {"cases": case} if case else {}},
        {"$sort": {"started_at": -1, "_id": 1}},
        {"$group": {"_id": "$key", "crawl": {"$first": "$$ROOT"}}},
        {"$replaceRoot": {"newRoot": "$crawl"}},
        {"$sort": {"last_at": -1, "_id": 1}},
    ]
    return list(store["crawls"].aggregate(pipeline + ([{"$limit": limit}] if limit else []), allowDiskUse=True))


def storefronts_of_case(store: Store, case: str) -> list[str]:
    """The storefronts that were crawled for a case, and the sellers on platforms that were."""
    keys = sorted(store["crawls"].distinct("key", {"cases": case}))
    owners = [{"_id": {"$gte": f"{key}{a}", "$lt": f"{key}{b}"}} for key in keys for a, b in ("#$", ":;")]
    groups = (owners[at : at + CLAUSES] for at in range(0, len(owners), CLAUSES))
    return sorted(item["_id"] for some in groups for item in store["storefronts"].find({"$or": some}, {"_id": 1}))


def offers_seen(store: Store, key: str, since: datetime) -> int:
    """How many offers of a storefront key, or of the sellers under it, were seen since a time."""
    owners = [{"storefront": {"$gte": f"{key}{a}", "$lt": f"{key}{b}"}} for a, b in ("#$", ":;")]
    return store["offers"].count_documents({"$or": owners, "last_seen": {"$gte": since}})


def counts(store: Store) -> dict[str, Any]:
    """How much there is of everything."""
    names = ("storefronts", "pages", "offers", "observations", "flags", "identifiers", "posts", "assessments")
    return {name: store[name].estimated_document_count() for name in names}


def pointers_to(store: Store, key: str) -> list[Document]:
    """Who pointed to a storefront, the first one first."""
    return list(store["pointers"].find({"target": key}).sort([("first_seen", 1), ("_id", 1)]))
