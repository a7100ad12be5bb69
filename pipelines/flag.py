"""Fifth step: the register's indicators look at each offer; each flag says what it saw and where.

Prices are compared with what other storefronts ask: a page's prices go into the market and references come out of it,
in one round trip (docs/decisions/market-references.md).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from redis.asyncio import Redis
from redis.exceptions import RedisError

from crawler.discovery.glances import context
from crawler.indicators import market
from crawler.indicators.flags import flag_reading
from crawler.indicators.reading.offer import Reading, read
from crawler.indicators.references import Product, Reference
from crawler.market.votes import Market

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture

logger = logging.getLogger(__name__)
INVENTED = (
    "no register is set: offers are compared with the invented brands of the sample, and nobody real will be "
    "suspected; set TOUCHSTONE_REGISTER to the folder of your rights holders' files (docs/register.md)"
)
TIMEOUT = 5.0  # seconds; a page waits no longer for references than the frontier waits for Redis


class FlagPipeline:
    """Flags offers, in the light of the storefront they stand in. Loads the register once."""

    def __init__(self, register: str, stats: StatsCollector, market: Market | None = None) -> None:
        self.context = context(register)
        self.stats = stats
        self.market = market

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FlagPipeline:
        """Called by Scrapy; raises ``RegisterError`` when the register of ``REGISTER`` breaks its schema."""
        assert crawler.stats is not None
        settings = crawler.settings
        if not settings["REGISTER"] and not settings["GUARD_ALLOW"]:  # the lab, on loopback, sells the sample's brands
            logger.warning("%s", INVENTED)
        redis = Redis.from_url(settings["REDIS_URL"], socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        return cls(settings["REGISTER"], crawler.stats, Market(redis, settings["FRONTIER_PREFIX"]))

    async def process_item(self, item: Capture) -> Capture:
        """Return the same capture, its offers flagged."""
        readings = list(self._readings(item))
        for storefront, own in _by_storefront(readings).items():
            references = await self._exchange(storefront, own, item.observation.fetched_at)
            for reading in own:
                view = replace(reading, context=replace(reading.context, references=references))
                reading.offer.flags = flag_reading(view)
                for flag in reading.offer.flags:
                    self.stats.inc_value(f"flags/{flag.state}/{flag.code}")
            await self._keep(own, references)
        return item

    async def close_spider(self) -> None:
        """Give the connection back."""
        if self.market is not None:
            await self.market.redis.aclose()

    def _readings(self, item: Capture) -> Iterator[Reading]:
        storefronts = {storefront.id: storefront for storefront in item.storefronts}
        for offer in item.offers:
            storefront = storefronts.get(offer.storefront)
            key = storefront.key if storefront else offer.storefront
            yield read(offer, self.context.at(key, storefront))

    async def _exchange(self, storefront: str, readings: list[Reading], at: datetime) -> dict[Product, Reference]:
        """The market's references for these offers; none when Redis does not answer: that costs the comparison."""
        votes: dict[Product, int] = {}
        for reading in readings:
            for product, step in market.votes(reading).items():
                votes[product] = max(step, votes.get(product, step))
        asked = {product for reading in readings for product in market.products(reading)}
        if self.market is None or not asked:
            return {}
        try:
            return await self.market.exchange(storefront, votes, at, also=sorted(asked))
        except RedisError as error:
            self._unreachable(error)
            return {}

    async def _keep(self, readings: list[Reading], references: dict[Product, Reference]) -> None:
        """Keep the references that flags rest on."""
        versions = {str(flag.values["market_version"]) for reading in readings for flag in reading.offer.flags
                    if flag.state == "raised" and "market_version" in flag.values}  # fmt: skip
        used = [known for known in references.values() if known.version in versions]
        if self.market is not None and used:
            try:
                await self.market.keep(used)
            except RedisError as error:
                self._unreachable(error)

    def _unreachable(self, error: RedisError) -> None:
        self.stats.inc_value("market/unreachable")
        logger.warning("market references could not be had: %s", error)


def _by_storefront(readings: list[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.context.storefront_key, []).append(reading)
    return found
