"""One page's documents into the store: in few round trips, safe to repeat, safe beside other writers.

The order is what makes a crash harmless. Everything is keyed by what it is, so that a repeat meets its own first half:

1. pages, identifiers and posts, while the offers' present state is read;
2. flags, and observations for offers whose price, availability or title changed;
3. offers, each only if its ``revision`` is still the one that was read, else again from the reading;
4. storefronts, with a fresh ``unassessed`` token: the assessor sees a change only when all of it is there.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pymongo import InsertOne
from pymongo.errors import BulkWriteError, OperationFailure

from crawler.errors import ServerUnavailable
from crawler.items import Capture
from crawler.store import documents
from crawler.store.database import Document, Store
from crawler.store.flags import replace_flags
from crawler.store.indexes import ensure_indexes
from crawler.store.look import Operation
from crawler.store.offers import PRESENT, Plan, Sight, late_observation, plan, superseded
from crawler.store.retry import PATIENCE, patiently, transient

DUPLICATE_KEY = 11000
ROUNDS = 8  # tries for an offer that others write at the same moment; two workers need 2, sixteen needed 5
HISTORY = {"offer": 1, "fetched_at": 1, "view": 1, "said": 1}


@dataclass(frozen=True)
class Sent:
    """What became of a bulk of writes."""

    complete: bool
    """Whether every one of them found what it expected."""
    refused: frozenset[int] = frozenset()
    """Which of them, by position, met a document that was there."""


class Writer:
    """Writes captures. One per process; any number of ``write`` calls may be under way at once."""

    def __init__(self, store: Store, patience: float = PATIENCE) -> None:
        self.store = store
        self.patience = patience
        self.prepared = False
        """Whether indexes and rules are known to be there."""

    async def write(self, capture: Capture) -> Counter[str]:
        """Make everything a page gave durable; returns what happened, by name, for the stats.

        Repeating it changes nothing. Names: ``offers/new``, ``offers/changed``, ``offers/same``, ``offers/late``,
        ``cut/KIND`` for what was too long, too deep or too many.

        Raises:
            ServerUnavailable: not everything is durable; the page must not be settled, and may be written again.
        """
        return await patiently(lambda: self._write(capture), self.patience)

    async def _write(self, capture: Capture) -> Counter[str]:
        if not self.prepared:
            await ensure_indexes(self.store)
            self.prepared = True
        cut: Counter[str] = Counter()
        batch = documents.batch(capture, cut)
        done, *_ = await asyncio.gather(
            self._offers(batch.sights),
            self._bulk("pages", batch.pages),
            self._bulk("identifiers", batch.identifiers),
            self._bulk("posts", batch.posts),
            self._bulk("pointers", batch.pointers),
        )
        await self._bulk("storefronts", batch.storefronts)
        return done + Counter({f"cut/{name}": count for name, count in cut.items()})

    async def _offers(self, sights: Sequence[Sight]) -> Counter[str]:
        """Write offers and their observations until each one stands, whoever else writes them."""
        names: dict[str, str] = {}
        for _ in range(ROUNDS):
            if not sights:
                break
            plans, standing = await self._plan(sights)
            for item in plans:
                names.setdefault(item.sight.id, item.name)
            fresh = {item.sight.id for item in plans if item.name == "new"}
            await asyncio.gather(self._flag(standing, fresh), self._observe(plans))
            if await self._bulk("offers", [item.update for item in plans if item.update]):
                return Counter(f"offers/{name}" for name in names.values())
        if sights:
            raise ServerUnavailable(f"{len(sights)} offers kept changing under the writer; write the page again")
        return Counter()

    async def _plan(self, sights: Sequence[Sight]) -> tuple[list[Plan], list[Sight]]:
        """What to write for each offer, and the looks whose flags are the newest."""
        found = self.store["offers"].find({"_id": {"$in": [sight.id for sight in sights]}}, PRESENT)
        present = {document["_id"]: document async for document in found}
        plans = [plan(sight, present.get(sight.id)) for sight in sights]
        late = [item for item in plans if item.name == "late"]
        standing = [sight for sight in sights if not superseded(sight, present.get(sight.id))]
        return [item for item in plans if item.name != "late"] + await self._late(late), standing

    async def _late(self, plans: list[Plan]) -> list[Plan]:
        """Looks that arrive after newer ones: kept as history where the history does not tell them already."""
        if not plans:
            return []
        wanted = {"offer": {"$in": [item.sight.id for item in plans]}}
        history: dict[str, list[Document]] = defaultdict(list)
        async for seen in self.store["observations"].find(wanted, HISTORY).sort([("fetched_at", 1), ("_id", 1)]):
            history[seen["offer"]].append(seen)
        return [replace(item, observation=late_observation(item.sight, history[item.sight.id])) for item in plans]

    async def _flag(self, sights: Sequence[Sight], fresh: set[str]) -> None:
        """Replace the flags of these offers. Those of offers just met are new, unless a crash left some: inserts."""
        known = [sight for sight in sights if sight.id not in fresh]
        met = [sight for sight in sights if sight.id in fresh]
        inserts = [InsertOne(new) for sight in met for new in sight.flags]
        if not await self._bulk("flags", inserts):
            known = list(sights)
        await self._bulk("flags", replace_flags(known))

    async def _observe(self, plans: list[Plan]) -> None:
        """Store the observations; remember which of them are ours, in case the offer's update has to be tried again."""
        fresh = [(item.sight, item.observation) for item in plans if item.observation]
        refused = (await self._send("observations", [InsertOne(observation) for _, observation in fresh])).refused
        for index, (sight, observation) in enumerate(fresh):
            if index not in refused:
                sight.stored = observation["_id"]

    async def _bulk(self, collection: str, operations: Sequence[Operation]) -> bool:
        """Write all of it; False when one met a newer or an equal document, which stays."""
        return (await self._send(collection, operations)).complete

    async def _send(self, collection: str, operations: Sequence[Operation]) -> Sent:
        if not operations:
            return Sent(complete=True)
        try:
            result = await self.store[collection].bulk_write(operations, ordered=False)
        except BulkWriteError as error:
            return _met_others(collection, error)
        return Sent(result.inserted_count + result.matched_count + result.upserted_count >= len(operations))


def _met_others(collection: str, error: BulkWriteError) -> Sent:
    """Duplicate keys are others who were faster; anything else is raised, without the documents.

    The driver's own message quotes them: megabytes of scraped text.
    """
    others = [item for item in error.details["writeErrors"] if item["code"] != DUPLICATE_KEY]
    if transient(error):
        raise error
    if others:
        refused = f"MongoDB refused {len(others)} of {collection}: {others[0]['errmsg'][:200]}"
        raise OperationFailure(refused, others[0]["code"]) from None
    return Sent(complete=False, refused=frozenset(item["index"] for item in error.details["writeErrors"]))
