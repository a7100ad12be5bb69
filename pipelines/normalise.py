"""Second step: what people wrote becomes comparable: text in one form, prices in the register's currency.

The value as read stays in the offer's provenance; a price without a rate stays unconverted and is counted.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from itemadapter import ItemAdapter

from crawler.money import Conversion, Money, Rates, convert

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture, Offer

TEXT_FIELDS = ("title", "brand", "sku", "mpn", "seller", "pack")


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
            self._text(offer)
            offer.converted = self._convert(offer.price, seen_on)
        return item

    def _text(self, offer: Offer) -> None:
        fields = ItemAdapter(offer)
        for name in TEXT_FIELDS:
            value = fields[name]
            if value:
                fields[name] = tidy(value)

    def _convert(self, price: Money | None, seen_on: date) -> Conversion | None:
        """The price in the register's currency, or None: not guessed when the currency or its rate is unknown."""
        if price is None:
            return None
        converted = convert(price, self.currency, seen_on, self.rates)
        if converted is None:
            self.stats.inc_value(f"prices/unconverted/{price.currency or 'no_currency'}")
        return converted


def tidy(text: str) -> str:
    """One line in NFC. Compatibility forms are kept: full-width or circled letters are evidence of a disguise."""
    return " ".join(unicodedata.normalize("NFC", text).split())
