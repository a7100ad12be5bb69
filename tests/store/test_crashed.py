"""A worker dies between any two of the writer's steps; another one fetches the page again and repairs what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from crawler.store.database import Document, Store
from crawler.store.writer import Sent, Writer
from tests.store.build import SHOP, capture, email, flag, offer, shop


class CrashError(Exception):
    """The worker is gone."""


class Dying(Writer):
    """A writer whose process ends before the write with the given number, whatever is under way then."""

    steps = 0

    async def _send(self, collection: str, operations: Sequence[Any]) -> Sent:
        if operations:
            self.steps -= 1
            if self.steps < 0:
                raise CrashError
        return await super()._send(collection, operations)


def dying(store: Store, steps: int) -> Dying:
    writer = Dying(store)
    writer.prepared, writer.steps = True, steps
    return writer


def look(at: float, price: str, *codes: str) -> Any:
    flags = tuple(flag(code) for code in codes)
    seller = shop(identifiers=(email("a@b.test"),), facts={"hosts": ["a"]})
    return capture(*(offer(n, price, flags=flags) for n in range(3)), at=at, storefronts=[seller])


async def content(store: Store) -> dict[str, list[Document]]:
    """All that a reader sees, without what names the moment of a first look that a crash may have moved."""
    unsteady = {"_id", "unassessed", "changed_at", "first_seen", "last_seen", "fetched_at", "ended_at", "seen"}
    unsteady |= {"revision", "views", "observation", "provenance", "body_sha256"}
    found = {}
    for name in ("offers", "observations", "flags", "storefronts", "identifiers", "pages"):
        documents = [item async for item in store[name].find().sort([("offer", 1), ("fetched_at", 1), ("_id", 1)])]
        found[name] = [{k: v for k, v in item.items() if k not in unsteady} for item in documents]
        found[name] += [
            {"standing": item["ended_at"] is None, "code": item["code"]} for item in documents if name == "flags"
        ]
    return found


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("known", [False, True], ids=["new offers", "known offers"])
async def test_a_crash_anywhere_is_repaired(store: Store, writer: Writer, steps: int, known: bool) -> None:
    if known:
        await writer.write(look(0, "100", "a", "b"))
    with pytest.raises(CrashError):
        await dying(store, steps).write(look(1, "50", "b", "c"))
    await writer.write(look(2, "50", "b", "c"))
    repaired = await content(store)
    prices = store["observations"].find({"offer": f"{SHOP}/0"}).sort("fetched_at", 1)
    assert [str(item["price"]["amount"]) async for item in prices] == ["100", "50"][not known :]
    waiting = await store["storefronts"].find_one({"unassessed": {"$exists": True}})
    assert waiting, "the assessor hears of it"

    await store.client.drop_database(store.database.name)
    if known:
        await writer.write(look(0, "100", "a", "b"))
    await writer.write(look(2, "50", "b", "c"))
    assert repaired == await content(store)
