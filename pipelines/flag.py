"""Fifth step: the register's indicators look at each offer; each flag says what it saw and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.indicators.context import Context
from crawler.indicators.flags import flag_offer
from crawler.register.loading import load

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture


class FlagPipeline:
    """Flags offers, in the light of the storefront they stand in. Loads the register once."""

    def __init__(self, register: str, stats: StatsCollector) -> None:
        self.context = Context.build(load(Path(register) if register else None))
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FlagPipeline:
        """Called by Scrapy; raises ``RegisterError`` when the register of ``REGISTER`` breaks its schema."""
        assert crawler.stats is not None
        return cls(crawler.settings["REGISTER"], crawler.stats)

    def process_item(self, item: Capture) -> Capture:
        """Return the same capture, its offers flagged."""
        storefronts = {storefront.id: storefront for storefront in item.storefronts}
        for offer in item.offers:
            storefront = storefronts.get(offer.storefront)
            context = self.context.at(storefront.key if storefront else offer.storefront, storefront)
            offer.flags = flag_offer(offer, context)
            for flag in offer.flags:
                self.stats.inc_value(f"flags/{flag.state}/{flag.code}")
        return item
