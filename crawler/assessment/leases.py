"""Which storefronts wait for the assessor, and who has some in hand. Times are the server's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne
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

    @property
    def id(self) -> str:
        """Of the storefront."""
        return str(self.storefront["_id"])


def mark_all(database: Database[Document]) -> int:
    """Have every storefront flagged and judged again; returns how many. Who is killed leaves the rest marked."""
    return database["storefronts"].update_many({}, {"$set": {"unassessed": ObjectId(), "again": True}}).matched_count


def mark(database: Database[Document], ids: Iterable[str], *, again: bool = False) -> None:
    """Have these storefronts judged again; with ``again`` their offers are flagged again, too."""
    wanted, fresh = list(ids), {"unassessed": ObjectId()}
    if wanted:
        told = fresh | {"again": True} if again else fresh
        database["storefronts"].update_many({"_id": {"$in": wanted}}, {"$set": told})


def take(database: Database[Document], owner: str, among: Sequence[str] | None = None, most: int = 1) -> list[Lease]:
    """Lease up to ``most`` storefronts, those that have waited longest first; none when nothing waits that nobody
    else has in hand.
    """
    storefronts = database["storefronts"]
    while waiting := _waiting(database, among, most):
        mine = f"{owner}:{ObjectId()}"  # of this call alone, so that what it took can be found again
        free = {"_id": {"$in": waiting}, **_FREE}
        if storefronts.update_many(free, _taken(mine)).matched_count:
            taken = storefronts.find({"_id": {"$in": waiting}, "lease.owner": mine}).sort(_LONGEST)
            return [Lease(found, found["fence"], found.get("unassessed")) for found in taken]
    return []  # while others were always faster, something waited


_FREE: Document = {
    "unassessed": {"$exists": True},
    "$expr": {"$lt": [{"$ifNull": ["$lease.until", LONG_AGO]}, "$$NOW"]},
}
_LONGEST = [("unassessed", 1), ("_id", 1)]


def _waiting(database: Database[Document], among: Sequence[str] | None, most: int) -> list[str]:
    wanted = _FREE if among is None else {"_id": {"$in": list(among)}, **_FREE}
    return [found["_id"] for found in database["storefronts"].find(wanted, {"_id": 1}).sort(_LONGEST).limit(most)]


def _taken(owner: str) -> list[Document]:
    lease: Document = {"owner": {"$literal": owner}, "until": {"$add": ["$$NOW", LEASE_MS]}}
    return [{"$set": {"lease": lease, "fence": {"$add": [{"$ifNull": ["$fence", 0]}, 1]}}}]


def extend(database: Database[Document], leases: Iterable[Lease]) -> None:
    """Hold these longer: reading a hundred thousand offers again takes minutes. Those of others stay theirs."""
    until = {"$add": ["$$NOW", LEASE_MS]}
    found = [UpdateOne(_held(lease), [{"$set": {"lease.until": until}}]) for lease in leases]
    if found:
        database["storefronts"].bulk_write(found, ordered=False)


def held(database: Database[Document], leases: Iterable[Lease]) -> set[str]:
    """The storefronts of those leases that nobody else has taken since."""
    fences = {lease.id: lease.fence for lease in leases}
    now = database["storefronts"].find({"_id": {"$in": list(fences)}}, {"fence": 1})
    return {found["_id"] for found in now if found["fence"] == fences[found["_id"]]}


def flagged(database: Database[Document], lease: Lease, version: str) -> None:
    """Note that the flags are those of ``version``, unless a page was written meanwhile."""
    wanted = _held(lease) | {"unassessed": lease.mark}
    database["storefronts"].update_one(wanted, {"$set": {"flagged_with": version}, "$unset": {"again": ""}})


def owe(database: Database[Document], leases: Sequence[Lease]) -> None:
    """Note that others wait for these verdicts: whoever takes over after a crash tells them, too."""
    if leases:
        found = [UpdateOne(_held(lease), {"$set": {"owes": True}}) for lease in leases]
        database["storefronts"].bulk_write(found, ordered=False)


def settle(database: Database[Document], leases: Sequence[Lease]) -> None:
    """Give storefronts back, assessed; those that changed meanwhile go on waiting."""
    done: Document = {"$unset": {"unassessed": "", "again": ""}, "$currentDate": {"assessed_at": True}}
    found = [UpdateOne(_held(lease) | {"unassessed": lease.mark}, done) for lease in leases]
    found += [UpdateOne(_held(lease), {"$unset": {"lease": "", "owes": ""}}) for lease in leases]
    if found:
        database["storefronts"].bulk_write(found)


def give_back(database: Database[Document], leases: Sequence[Lease]) -> None:
    """Let others have storefronts that were not judged."""
    if leases:
        found = [UpdateOne(_held(lease), {"$unset": {"lease": ""}}) for lease in leases]
        database["storefronts"].bulk_write(found, ordered=False)


def _held(lease: Lease) -> Document:
    return {"_id": lease.storefront["_id"], "fence": lease.fence}
