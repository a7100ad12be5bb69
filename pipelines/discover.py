"""Sixth step: whom a page points to is ranked and waits in Redis; with a budget, the workers crawl the best first.

A page that is read again adds nothing twice. What is official, authorised or no seller's is counted and left out.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

from crawler.discovery.pointers import known_good, of_capture, official_domains
from crawler.discovery.suspicion import FROM_SUSPECT, ranked, seen
from crawler.frontier.ranked import Pointed, Ranked
from crawler.items import storefront_key_of
from crawler.register.loading import load
from crawler.register.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.crawler import Crawler

    from crawler.items import Capture, Pointer

T = TypeVar("T")
PATIENCE, PAUSE = 60.0, 0.5  # seconds; a Redis that restarts is back in one, a failover takes some ten


class DiscoverPipeline:
    """Ranks pointers and hands them to the frontier."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        assert crawler.stats is not None
        self.stats = crawler.stats
        register = load(Path(settings["REGISTER"]) if settings["REGISTER"] else None)
        self.matcher, self.official = Matcher(register), official_domains(register)
        self.redis = Redis.from_url(settings["REDIS_URL"])
        prefix = settings["FRONTIER_PREFIX"]
        self.waiting = {name: Ranked(self.redis, prefix, name) for name in ("storefront", "social")}
        self.steps, self.by_rank = settings.getint("DISCOVERY_DEPTH"), settings.getbool("DISCOVERY_RANKED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DiscoverPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Capture) -> Capture:
        """Return the same capture with its pointers ranked; they are durable in Redis when it returns."""
        found = [one for one in of_capture(item) if not self._is_known(one)]
        item.pointers = []
        if not found and not item.offers and not item.listed:
            return item
        most = FROM_SUSPECT if self.by_rank else 0
        heat = await self._patiently(lambda: self.waiting["storefront"].heat(seen(item), most))
        item.pointers = ranked(found, heat, self.matcher)
        by_spider: dict[str, list[Pointed]] = defaultdict(list)
        for pointer in item.pointers:
            by_spider["social" if pointer.how == "handle" else "storefront"].append(_pointed(pointer))
        for spider, pointed in by_spider.items():
            await self._add(self.waiting[spider], pointed)
        return item

    async def _add(self, waiting: Ranked, pointed: list[Pointed]) -> None:
        new, known, refused = await self._patiently(lambda: waiting.add(pointed, self.steps, ranked=self.by_rank))
        for name, count in (("new", new), ("known", known), ("refused", refused)):
            if count:
                self.stats.inc_value(f"discovery/{name}", count)

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """The call's answer; while Redis is away it is made again, for as long as the store would wait for MongoDB."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await call()
            except (RedisError, OSError):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(PAUSE)

    async def close_spider(self) -> None:
        """Give the connection back."""
        await self.redis.aclose()

    def _is_known(self, pointer: Pointer) -> bool:
        good = known_good(pointer, self.official)
        if good:
            self.stats.inc_value("discovery/official_or_irrelevant")
        return good


def _pointed(pointer: Pointer) -> Pointed:
    source = storefront_key_of(pointer.source)
    seed = {"url": pointer.url, "source": f"{pointer.how}: {source}"[:300]}
    return Pointed(source, pointer.target, pointer.suspicion, orjson.dumps(seed).decode())
