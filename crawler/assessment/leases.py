"""Which storefronts wait for the assessor, and who has one in hand. Times are the server's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument, UpdateOne
from pymongo.database import Database

from crawler.store.database import Document

LEASE_MS = 30_000  # judged in milliseconds, 100,000 offers in seconds; a killed assessor blocks a storefront so long
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Lease:
    """The right to judge one storefront, until it runs out."""

    storefront: Document
    """As stored when it was taken."""
    fence: int
    """Grows with every lease of this storefront: a holder whose lease ran out is recognised by its smaller number."""
    mark: Any
    """The change that was seen; a later one leaves another, and the storefront waits again."""


def mark_all(database: Database[Document]) -> int:
    """Have every storefront flagged and judged again; returns how many. Who is killed leaves the rest marked."""
    return database["storefronts"].update_many({}, {"$set": {"unassessed": ObjectId(), "again": True}}).matched_count


def mark(database: Database[Document], ids: list[str]) -> None:
    """Have these storefronts judged again."""
    database["storefronts"].update_many({"_id": {"$in": ids}}, {"$set": {"unassessed": ObjectId()}})


def take(database: Database[Document], owner: str, among: list[str] | None = None) -> Lease | None:
    """Lease the storefront that has waited longest, or None when nothing waits that nobody else has in hand."""
    wanted: Document = {"unassessed": {"$exists": True}}
    if among is not None:
        wanted["_id"] = {"$in": among}
    wanted["$expr"] = {"$lt": [{"$ifNull": ["$lease.until", LONG_AGO]}, "$$NOW"]}
    lease: Document = {"owner": {"$literal": owner}, "until": {"$add": ["$$NOW", LEASE_MS]}}
    taken = database["storefronts"].find_one_and_update(
        wanted,
        [{"$set": {"lease": lease, "fence": {"$add": [{"$ifNull": ["$fence", 0]}, 1]}}}],
        sort=[("unassessed", 1), ("_id", 1)],
        return_document=ReturnDocument.AFTER,
    )
    return Lease(taken, taken["fence"], taken["unassessed"]) if taken else None


def extend(database: Database[Document], lease: Lease) -> bool:
    """Hold a storefront longer: reading a hundred thousand offers again takes minutes. False if it is another's."""
    until = {"$add": ["$$NOW", LEASE_MS]}
    wanted = {"_id": lease.storefront["_id"], "fence": lease.fence}
    return database["storefronts"].update_one(wanted, [{"$set": {"lease.until": until}}]).matched_count == 1


def flagged(database: Database[Document], lease: Lease, version: str) -> None:
    """Note that the flags are those of ``version``, unless a page was written meanwhile."""
    wanted = {"_id": lease.storefront["_id"], "fence": lease.fence, "unassessed": lease.mark}
    database["storefronts"].update_one(wanted, {"$set": {"flagged_with": version}, "$unset": {"again": ""}})


def settle(database: Database[Document], lease: Lease) -> None:
    """Give the storefront back, assessed; if it changed meanwhile, it goes on waiting."""
    _id = lease.storefront["_id"]
    database["storefronts"].bulk_write(
        [
            UpdateOne(
                {"_id": _id, "unassessed": lease.mark, "fence": lease.fence},
                {"$unset": {"unassessed": ""}, "$currentDate": {"assessed_at": True}},
            ),
            UpdateOne({"_id": _id, "fence": lease.fence}, {"$unset": {"lease": ""}}),
        ]
    )
