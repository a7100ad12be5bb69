"""Judges storefronts while the crawl goes on, and once more when it has ended, beside the reactor and not in it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.assessment.assess import assess_changed
from crawler.assessment.means import load
from crawler.errors import TouchstoneError
from crawler.store.database import answering, open_database

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Assessor:
    """Every ``ASSESS_INTERVAL`` seconds, judges the storefronts that changed.

    A failure is logged and counted, never the end of a crawl: what was not judged stays marked for the next round,
    the next worker, or ``scrapy assess``.
    """

    def __init__(self, crawler: Crawler, interval: float, patience: float) -> None:
        self.crawler = crawler
        self.interval = interval
        self.patience = patience
        """Seconds by which the last round may delay the end of the crawl."""
        self._stopping = threading.Event()
        self._loop: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Assessor:
        """Called by Scrapy."""
        interval = crawler.settings.getfloat("ASSESS_INTERVAL")
        if interval <= 0 or not crawler.settings.get("MONGO_URI"):
            raise NotConfigured("ASSESS_INTERVAL is 0, or there is no MONGO_URI")
        extension = cls(crawler, interval, crawler.settings.getfloat("ASSESS_CLOSE_SECONDS", 10.0))
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start the rounds."""
        self._loop = asyncio.get_running_loop().create_task(self._rounds())

    async def spider_closed(self) -> None:
        """End the rounds, and judge what changed since the last, for at most ``patience`` seconds."""
        self._stopping.set()
        end = time.monotonic() + self.patience
        try:
            async with asyncio.timeout(self.patience):
                if self._loop:
                    await self._loop
                await self._round(lambda: time.monotonic() > end)
        except TimeoutError:
            logger.warning("the last storefronts were not judged in %.0f s; `scrapy assess` does it", self.patience)

    async def _rounds(self) -> None:
        while not self._stopping.is_set():
            await self._pause()
            if not self._stopping.is_set():
                await self._round(self._stopping.is_set)

    async def _pause(self) -> None:
        """Sleep for the interval, in steps short enough that the end of a crawl is not felt to wait."""
        end = time.monotonic() + self.interval
        while time.monotonic() < end and not self._stopping.is_set():
            await asyncio.sleep(min(0.2, self.interval))

    async def _round(self, stop: Callable[[], bool]) -> None:
        try:
            judged, suspected = await asyncio.to_thread(self._judge, stop)
        except TouchstoneError as error:
            logger.error("storefronts were not judged: %s", error)
            self._count("assess/failed", 1)
            return
        self._count("assess/judged", judged)
        self._count("assess/suspected", suspected)

    def _judge(self, stop: Callable[[], bool]) -> tuple[int, int]:
        """How many storefronts were judged, and how many of them became suspected. Runs in a thread of its own."""
        settings = self.crawler.settings
        database = open_database(settings["MONGO_URI"], settings["MONGO_DATABASE"])
        try:
            with answering():
                outcomes = list(assess_changed(database, load(settings["REGISTER"], settings["RDAP"]), stop=stop))
        finally:
            database.client.close()
        became = [item for item in outcomes if item.verdict == "suspected" and item.before != "suspected"]
        return len(outcomes), len(became)

    def _count(self, name: str, amount: int) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(name, amount)
