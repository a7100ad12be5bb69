"""Between evidence and flags: a few pictures of an offer are fetched, hashed and forgotten; their hashes stay.

Off unless ``IMAGES_PER_STOREFRONT`` says how many. Pictures pass everything that pages pass: robots.txt, the address
guard, the host's clock, limits. docs/images.md says how unlawful pictures are handled.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from redis.asyncio import Redis
from redis.exceptions import RedisError
from scrapy.exceptions import NotConfigured

from crawler.images.hasher import Hasher
from crawler.images.index import Index
from crawler.images.look import Looker
from crawler.images.official import Official, load_official
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import read
from crawler.register.loading import load

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.items import Capture, Offer, Picture

logger = logging.getLogger(__name__)
PER_PAGE = 2  # pictures looked at for one page: a list must not cost a request per card
UNDER_WAY = 8  # pictures that a worker waits for at a time; a page that finds them taken goes on without
TIMEOUT = 5.0  # seconds for Redis


class ImagesPipeline:
    """Adds ``Offer.pictures``. A picture that cannot be had costs nothing but the comparison, and is counted."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.seconds = settings.getfloat("IMAGES_SECONDS")
        self.folder = Path(settings["REGISTER"]) if settings["REGISTER"] else None
        self.context = Context.build(load(self.folder))
        redis = Redis.from_url(settings["REDIS_URL"], socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        self.index = Index(redis, settings["FRONTIER_PREFIX"])
        self.hasher = Hasher()
        self.looker = Looker(
            self._download, self.index, self.hasher, self._count, budget=settings.getint("IMAGES_PER_STOREFRONT"),
            most_bytes=settings.getint("IMAGES_MAXSIZE"), seconds=self.seconds,
        )  # fmt: skip
        self._official: asyncio.Task[list[Official]] | None = None
        self._under_way: set[asyncio.Task[Picture | None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ImagesPipeline:
        """Called by Scrapy; not needed without a budget."""
        if crawler.settings.getint("IMAGES_PER_STOREFRONT") <= 0:
            raise NotConfigured  # without words: with them Scrapy warns of what is the default, in every crawl
        return cls(crawler)

    async def process_item(self, item: Capture) -> Capture:
        """Return the same capture; its offers carry what their pictures are."""
        for offer, storefront in self._chosen(item):
            if len(self._under_way) >= UNDER_WAY:
                self._count("skipped/busy")
                break
            task = asyncio.ensure_future(self._look(offer.images[0], storefront))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            # Waited for, not cancelled: a transfer that is cut off would leave its host entered.
            done, _ = await asyncio.wait({task}, timeout=self.seconds)
            picture = task.result() if done else None
            if picture is not None:
                offer.pictures = (picture,)
            elif not done:
                self._count("late")
        return item

    async def close_spider(self) -> None:
        """End what is under way, the hashing process and the connection."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self.seconds)
        if self._official is not None:
            self._official.cancel()
        self.hasher.close()
        await self.index.redis.aclose()

    def _chosen(self, item: Capture) -> list[tuple[Offer, str]]:
        """The offers whose first picture is looked at: brands' first, never an authorised seller's."""
        storefronts = {storefront.id: storefront for storefront in item.storefronts}
        ranked: list[tuple[bool, int, Offer, str]] = []
        for number, offer in enumerate(item.offers):
            if not offer.images or "images" not in offer.provenance:
                continue
            storefront = storefronts.get(offer.storefront)
            key = storefront.key if storefront else offer.storefront
            reading = read(offer, self.context.at(key, storefront))
            claimed = [entry for entry in reading.brands if reading.claims(entry)]
            if not any(reading.context.authorised(entry) for entry in claimed):
                ranked.append((not claimed, number, offer, key))
        return [(offer, key) for _, _, offer, key in sorted(ranked, key=lambda row: row[:2])[:PER_PAGE]]

    async def _look(self, url: str, storefront: str) -> Picture | None:
        try:
            return await self.looker.look(url, storefront, await self._officials())
        except RedisError as error:
            self._count("unreachable")
            logger.warning("pictures could not be compared: %s", error)
            return None

    async def _officials(self) -> list[Official]:
        """The register's reference pictures, hashed once, when the first picture asks for them."""
        if self.folder is None:
            return []  # the sample register has none
        if self._official is None:
            folder = self.folder if self.folder.is_dir() else self.folder.parent
            self._official = asyncio.ensure_future(load_official(self.context.register, folder, self.hasher))
        return await asyncio.shield(self._official)

    async def _download(self, request: Request) -> Response:
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(request)

    def _count(self, name: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"images/{name}")
