"""What the workers of a run learn about a shop, shared through one Redis hash per shop.

Counts are added up (``HINCRBY``); runs of barren pages are overwritten by whoever wrote last, which is good enough for
a number that only says when to stop looking. A lost exchange loses nothing but a little thrift.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crawler.discovery.economy.shops import Shop

if TYPE_CHECKING:
    from redis.asyncio import Redis

EVERY = 8  # pages of a shop between two exchanges: an eighth of a round trip a page
IDLE_SECONDS = 7 * 24 * 3600  # a shop that nobody asked for in a week starts anew


class SharedShops:
    """Exchanges what one worker learned with what the others did."""

    def __init__(self, redis: Redis, name: str) -> None:
        self.redis = redis
        self.name = name
        self._pages: dict[str, int] = {}

    async def exchange(self, shop: Shop) -> None:
        """Count a page of the shop; every eighth (and the first) hands on the changes and takes the others'."""
        pages = self._pages.get(shop.key, 0)
        self._pages[shop.key] = pages + 1
        if pages % EVERY:
            return
        key = f"{{{self.name}}}:economy:{shop.key}"
        added, barren = shop.known.changes()
        pipe = self.redis.pipeline(transaction=False)
        for name, count in added.items():
            pipe.hincrby(key, f"n|{name}", count)
        if barren:
            pipe.hset(key, mapping={f"b|{name}": run for name, run in barren.items()})
        pipe.expire(key, IDLE_SECONDS)
        pipe.hgetall(key)
        counts, runs = _read((await pipe.execute())[-1])
        shop.known.absorb(counts, runs)


def _read(stored: Mapping[bytes, bytes]) -> tuple[dict[str, int], dict[str, int]]:
    """Counts and runs from a hash; a field that is none of ours is left alone."""
    counts: dict[str, int] = {}
    runs: dict[str, int] = {}
    for field, value in stored.items():
        kind, _, name = field.decode("utf-8", "replace").partition("|")
        target = {"n": counts, "b": runs}.get(kind)
        if target is not None and value.lstrip(b"-").isdigit() and len(value) < 12:  # fewer than 10^11 pages
            target[name] = int(value)
    return counts, runs
