"""What the workers of a run learn about a shop, shared through Redis: a hash of counts, and a set of marks.

Counts are added up (``HINCRBY``) and outlive the run; runs of barren pages are overwritten by whoever wrote last, which
is good enough for a number that only says when to stop looking. Marks (which addresses were handed on, dropped, told
by a feed) hold for one run. Redis away loses nothing of these but a little thrift; for a product's further addresses
(``others``) it is waited for.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from crawler.discovery.economy.others import IDLE_SECONDS, Others, patiently
from crawler.discovery.economy.plan import Step, step
from crawler.discovery.economy.shop import Shop

if TYPE_CHECKING:
    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

EVERY = 8  # pages of a shop between two exchanges: an eighth of a round trip a page …
TOGETHER = 2  # … and more often while another worker is at the same shop
NEWS = 16  # marks that do not wait for that: a list with five products
MANY = 20_000  # marks from which those of others are read at every eighth exchange only: a megabyte has 100,000
TIMEOUT = 5.0  # seconds for one exchange
AWAY = (RedisError, OSError, TimeoutError)


class SharedShops:
    """Exchanges what one worker learned with what the others did."""

    def __init__(self, redis: Redis, name: str, run: Callable[[], Awaitable[str]]) -> None:
        """``name``: what the keys of a shop begin with, before its own key."""
        self.redis = redis
        self.name = name
        self._name_of_run = run
        self._run = ""
        self.failed = 0
        """Exchanges that did not come about."""

    async def join(self, shop: Shop) -> None:
        """Take what other workers learned of a shop before its first request is judged here; once per shop."""
        if not shop.is_joined:
            shop.is_joined = True
            await self._patient(shop, whole=True)

    async def exchange(self, shop: Shop) -> None:
        """Count a page of the shop; every eighth (and the first) hands on the changes and takes the others'.

        More often where there is much to say, and where another worker is at the same shop.
        """
        shop.pages += 1
        every = TOGETHER if shop.has_company else EVERY
        if shop.pages % every == 1 or shop.marks.waiting() >= NEWS:
            whole = shop.marks.size() < MANY or shop.pages % (EVERY * EVERY) == 1
            await self._patient(shop, whole=whole)

    async def instead(self, shop: Shop, url: str, kind: str = "") -> list[Step]:
        """Take in that a page could not be had; the step to another address of the same product, if there is one.

        It is told at once: links to the same page under another dress were left out for it, and are not any more.
        """
        name = shop.failed(url, kind)
        other = await self._others(await self._key(shop)).after(name, url) if name else None
        if name and other is None:
            shop.marks.add("gone", name)
        other = other or shop.elsewhere(url)
        await self._patient(shop, whole=False)
        return [step(other, "product")] if other else []

    async def keep_others(self, shop: Shop) -> list[Step]:
        """Keep the further addresses of products that were seen, before their page is settled; the steps to those
        whose product could not be had meanwhile."""
        waiting, shop.others = shop.others, []
        if not waiting:
            return []
        late = await self._others(await self._key(shop)).keep(waiting)
        return [step(url, "product") for url in late]

    def _others(self, key: str) -> Others:
        return Others(self.redis, f"{key}:others")

    async def _key(self, shop: Shop) -> str:
        """What the keys of a shop in this run begin with."""
        self._run = self._run or await patiently(self._name_of_run)
        return f"{{{self.name}:{shop.key}}}:{self._run}"

    async def _patient(self, shop: Shop, *, whole: bool) -> None:
        try:
            await self._exchange(shop, whole=whole)
        except AWAY as error:
            self.failed += 1
            logger.info("what was learned of a shop could not be shared: %s", error)

    async def _exchange(self, shop: Shop, *, whole: bool) -> None:
        marks = await self._key(shop)
        key = marks.removesuffix(f":{self._run}")
        added, barren = shop.known.changes()
        news = shop.marks.news()
        pipe = self.redis.pipeline(transaction=False)
        for name, count in added.items():
            pipe.hincrby(key, f"n|{name}", count)
        if barren:
            pipe.hset(key, mapping={f"b|{name}": run for name, run in barren.items()})
        if news:
            pipe.sadd(marks, *news)
        for one in (key, marks):
            pipe.expire(one, IDLE_SECONDS)
        pipe.hgetall(key)
        pipe.scard(marks)
        *_, stored, total = await pipe.execute()
        shop.known.absorb(*_read(stored))
        shop.has_company = total != shop.marks.size()
        if whole and shop.has_company:
            shop.marks.absorb(one for one in await self.redis.smembers(marks) if isinstance(one, bytes))


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
