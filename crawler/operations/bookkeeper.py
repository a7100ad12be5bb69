"""Keeps the books of a crawl: per storefront what was asked for, what came of it, and why it ended.

In memory only since the last write, every few seconds; what the workers add up stands in the collection ``crawls``,
and ``scrapy report`` shows it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pymongo.errors import PyMongoError
from redis.exceptions import RedisError
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.extract.offers import LEFT
from crawler.fetching.blocks import WALL
from crawler.fetching.robots import SharedRobotsMiddleware
from crawler.frontier.run import Run
from crawler.frontier.scheduler import Scheduler
from crawler.items import Capture
from crawler.store import crawls
from crawler.store.crawls import Tally
from crawler.store.database import connect
from crawler.urls import storefront_key

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


logger = logging.getLogger(__name__)

FORBIDDEN = "robots_txt"  # what requests are called that robots.txt forbade
UNREAD = ("price.", "prices.")  # what problems of a page begin with where a thing is offered and its price was not read
JAVASCRIPT = "javascript."  # what such problems of a page begin with (crawler.extract.scripted)
EVERY = 5.0  # seconds between two writes: what a killed worker takes with it
WITHIN = 8.0  # seconds that the last write may delay a worker's leave
AWAY = (PyMongoError, RedisError, OSError, TimeoutError)


class Bookkeeper:
    """Listens to the crawl's signals. A failure to write is logged, and tried again with the next write."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.store = connect(settings["MONGO_URI"], settings["MONGO_DATABASE"])
        self.budget = settings.getint("MAX_PAGES_PER_STOREFRONT"), settings.getint("MAX_SECONDS_PER_STOREFRONT")
        self.tallies: dict[str, Tally] = {}
        self.touched: set[str] = set()
        self._refused: dict[str, Counter[str]] = {}
        self._run: Run | None = None
        self._name = ""
        self._pages = settings.getint("MAX_PAGES")
        self._cut = False
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Bookkeeper:
        """Called by Scrapy; needs our frontier and a store."""
        if "crawler.frontier" not in str(crawler.settings["SCHEDULER"]) or not crawler.settings.get("MONGO_URI"):
            raise NotConfigured("no frontier of ours, or no MONGO_URI")
        keeper = cls(crawler)
        for receiver, signal in (
            (keeper.spider_opened, signals.spider_opened),
            (keeper.spider_closed, signals.spider_closed),
            (keeper.requested, signals.request_reached_downloader),
            (keeper.downloaded, signals.response_downloaded),
            (keeper.received, signals.response_received),
            (keeper.captured, signals.item_scraped),
        ):
            crawler.signals.connect(receiver, signal=signal)
        return keeper

    # --- what happened --------------------------------------------------------------------------------------------
    def requested(self, request: Request) -> None:
        """A request goes to the wire: pages, robots.txt, sitemaps, retries and redirect hops alike."""
        tally = self._tally(request.url)
        tally.counts["", "requests"] += 1
        if request.meta.get("case"):
            tally.cases.add(str(request.meta["case"]))

    def downloaded(self, response: Response, request: Request) -> None:
        """A response came from the wire."""
        self._tally(request.url).counts["responses", str(response.status)] += 1

    def received(self, response: Response, request: Request) -> None:
        """A response passed the middlewares: with the name of the wall that it is, if it is one."""
        wall = request.meta.get(WALL)
        if wall:
            self._tally(response.url).counts["walls", f"{wall['kind']}/{wall['name']}"] += 1

    def captured(self, item: object) -> None:
        """A page was read and is durable; what another spider yields is not counted."""
        if not isinstance(item, Capture):
            return
        counts = self._tally(item.observation.url).counts
        counts["pages", item.page_kind or "other"] += 1
        counts["", "sightings"] += len(item.offers)
        for name, count in item.rejected.items():
            if name.startswith(JAVASCRIPT):
                counts["javascript", name.removeprefix(JAVASCRIPT)] += count
            elif name.startswith(UNREAD):
                counts["unread", name] += count
            elif name == LEFT:
                counts["", "cards"] += count

    def _tally(self, url: str) -> Tally:
        now = datetime.now(UTC)
        tally = self.tallies.setdefault(storefront_key(url), Tally(now, now))
        tally.last = now
        return tally

    def _scheduler(self) -> Scheduler:
        scheduler = self.crawler.engine.scheduler if self.crawler.engine else None
        assert isinstance(scheduler, Scheduler)
        return scheduler

    # --- writing --------------------------------------------------------------------------------------------------
    def spider_opened(self) -> None:
        """Begin to write."""
        self._run = Run(self._scheduler().worker)
        self._scheduler().finish.before_cleaning = self._last_write
        self._task = asyncio.get_running_loop().create_task(self._rounds())

    async def _rounds(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self._write()

    async def _last_write(self) -> None:
        """While Redis still knows the run's budgets and blocked hosts."""
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task})
        try:
            async with asyncio.timeout(WITHIN):
                await self._write()
                if self._run and self._scheduler().finish.over:
                    self._cut = await self._run.cut(self._pages)
                    await self._run.end(self._name)
        except AWAY:
            logger.warning("the last counts of this worker could not be written in %.0f s", WITHIN)

    async def spider_closed(self, reason: str) -> None:
        """Say how it ended."""
        try:
            async with asyncio.timeout(WITHIN):
                if self._name and self._scheduler().finish.over:
                    await crawls.finish(self.store, self._name, datetime.now(UTC), self._cut)
                elif self._name:
                    await crawls.leave(self.store, self._name, reason, self.touched)
                await self.store.close()
        except AWAY as error:
            logger.warning("how this crawl ended could not be written down: %s", error)

    async def _write(self) -> None:
        assert self._run is not None
        self._take_refused()
        self._take_forbidden()
        taken, self.tallies = self.tallies, {}
        try:
            self._name = self._name or await self._run.name()
            await self._complete(taken)
            await crawls.add(self.store, self._name, taken, self.budget)
            self.touched |= taken.keys()
        except (*AWAY, asyncio.CancelledError) as error:
            self._put_back(taken)
            if isinstance(error, asyncio.CancelledError):
                raise
            logger.warning("counts for the report could not be written, they are kept: %s", error)

    async def _complete(self, taken: dict[str, Tally]) -> None:
        """Add what Redis knows: budgets spent, and hosts that ended."""
        assert self._run is not None
        names = list(taken)
        for name, pages in zip(names, await self._run.spent(names), strict=True):
            taken[name].spent = pages
        for host, why in (await self._run.blocked()).items():
            tally = taken.get(storefront_key(f"http://{host}/"))
            if tally:
                tally.blocked[host] = why

    def _take_refused(self) -> None:
        """What the economy refused since the last write, and the parameters that it dropped."""
        shops: Any = getattr(self.crawler.spider, "shops", None)
        before, self._refused = self._refused, {}
        for name, shop in shops.known().items() if shops else ():
            self._refused[name] = Counter(shop.refused)
            tally = self.tallies.get(name)
            if tally is None:  # refusals without a request: they are written with the next
                self._refused[name] = before.get(name, Counter())
                continue
            tally.dropped = shop.known.dropped()
            for why, count in (shop.refused - before.get(name, Counter())).items():
                tally.counts["refused", why] += count

    def _take_forbidden(self) -> None:
        """What robots.txt forbade since the last write."""
        robots = self.crawler.get_downloader_middleware(SharedRobotsMiddleware)
        if robots is None:
            return
        counted, robots.forbidden = robots.forbidden, Counter()
        for name, count in counted.items():
            self._tally(f"http://{name}/").counts["refused", FORBIDDEN] += count

    def _put_back(self, taken: dict[str, Tally]) -> None:
        for name, tally in taken.items():
            mine = self.tallies.setdefault(name, tally)
            if mine is not tally:
                mine.first = tally.first
                mine.counts.update(tally.counts)
                mine.cases |= tally.cases
