"""Second step: what people wrote becomes comparable: text in one form, prices in the register's currency.

The value as read stays in the offer's provenance; a price without a rate stays unconverted and is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.normalised import normalise
from crawler.money import Rates

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture


class NormalisePipeline:
    """Composes Unicode (NFC), folds white space, converts prices with a rate of the day of the fetch."""

    def __init__(self, stats: StatsCollector, currency: str) -> None:
        self.stats = stats
        self.currency = currency
        self.rates = Rates()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NormalisePipeline:
        """Called by Scrapy."""
        assert crawler.stats is not None
        return cls(crawler.stats, crawler.settings["REFERENCE_CURRENCY"])

    def process_item(self, item: Capture) -> Capture:
        """Return the same capture with its offers normalised in place."""
        seen_on = item.observation.fetched_at.date()
        for offer in item.offers:
            if not normalise(offer, self.currency, seen_on, self.rates) and offer.price:
                self.stats.inc_value(f"prices/unconverted/{offer.price.currency or 'no_currency'}")
        return item
