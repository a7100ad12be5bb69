"""What a crawl of one storefront cost and gave: one small document per storefront and run, added to by all workers.

For the operator, not for evidence: after an outage in the middle of a write some counts may have been added twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from pymongo import UpdateOne

from crawler.store.database import Document, Store
from crawler.store.values import identifier, key, text

KEPT_DAYS = 400  # a year's crawls can be compared; then MongoDB removes them by itself
NAMES_LIMIT = 50  # parameters, hosts and cases named in one document; more are only counted
IDS_AT_ONCE = 10_000  # named in one update, well below the 16 MB of a document
GROUPS = ("responses", "pages", "refused", "walls", "javascript", "unread")


@dataclass
class Tally:
    """What was added to one storefront's crawl since the last write."""

    first: datetime
    last: datetime
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(group, name) → how many; group ``""`` for plain numbers such as ``requests``."""
    cases: set[str] = field(default_factory=set)
    dropped: frozenset[str] = frozenset()
    """Parameters that were learned to change nothing."""
    blocked: dict[str, str] = field(default_factory=dict)
    """Host → why it ended for the run."""
    spent: int = 0
    """Pages of its budget that are spent."""


async def add(store: Store, run: str, tallies: dict[str, Tally], budget: tuple[int, int]) -> None:
    """Add what one worker counted; ``budget`` is pages and seconds for one storefront, 0: no limit."""
    if tallies:
        updates = [_update(run, name, tally, budget) for name, tally in tallies.items()]
        await store["crawls"].bulk_write(updates, ordered=False)


async def finish(store: Store, run: str, at: datetime, cut: bool = False) -> None:
    """The run came to its end for all storefronts; ``cut``: its own budget was spent, and pages were dropped."""
    ended = {"finished_at": at} | ({"cut": True} if cut else {})
    await store["crawls"].update_many({"run": run, "finished_at": None}, {"$set": ended})


async def leave(store: Store, run: str, reason: str, keys: set[str]) -> None:
    """A worker left before the end: what it worked on may be waiting for another."""
    ids = [_id(run, name) for name in sorted(keys)]
    for at in range(0, len(ids), IDS_AT_ONCE):
        wanted = {"_id": {"$in": ids[at : at + IDS_AT_ONCE]}, "finished_at": None}
        await store["crawls"].update_many(wanted, {"$set": {"left": text(reason, 100)}})


def _id(run: str, name: str) -> str:
    return identifier(f"{name}|{run}")


def _update(run: str, name: str, tally: Tally, budget: tuple[int, int]) -> UpdateOne:
    increments = {f"{group}.{key(what)}" if group else what: n for (group, what), n in tally.counts.items() if n}
    update: Document = {
        "$min": {"started_at": tally.first},
        "$max": {"last_at": tally.last, "spent": tally.spent},
        "$set": {"budget": {"pages": budget[0], "seconds": budget[1]}},
        "$setOnInsert": {"key": text(name), "run": run, "finished_at": None},
    }
    if increments:
        update["$inc"] = increments
    if tally.dropped:
        update["$set"]["dropped"] = [text(one, 100) for one in sorted(tally.dropped)[:NAMES_LIMIT]]
    if tally.blocked:
        update["$set"]["blocked"] = [text(f"{host}: {why}", 300) for host, why in list(tally.blocked.items())[:20]]
    if tally.cases:
        update["$addToSet"] = {"cases": {"$each": [text(case, 100) for case in sorted(tally.cases)[:NAMES_LIMIT]]}}
    return UpdateOne({"_id": _id(run, name)}, update, upsert=True)
