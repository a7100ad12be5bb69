"""First step: what a page gave but could not be taken is counted under its own name, so that a skip is never silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itemadapter import ItemAdapter

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture, Offer


class ValidatePipeline:
    """Keeps each offer of a page once, and turns the page's rejections into stats (``rejected/REASON``)."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatePipeline:
        """Called by Scrapy."""
        assert crawler.stats is not None
        return cls(crawler.stats)

    def process_item(self, item: Capture) -> Capture:
        """Return the same capture; never drops it: even a page without offers is an observation."""
        page = ItemAdapter(item)
        page["offers"] = self._once(page["offers"])
        for reason, count in page["rejected"].items():
            if count:
                self.stats.inc_value(f"rejected/{reason}", count)
        self.stats.inc_value(f"pages/{page['page_kind'] or 'unread'}")
        self.stats.inc_value("offers/seen", len(page["offers"]))
        return item

    def _once(self, offers: list[Offer]) -> list[Offer]:
        """One offer per id: a page may show the same thing twice; the first, which stood higher, stays."""
        kept: dict[str, Offer] = {}
        for offer in offers:
            if offer.id in kept:
                self.stats.inc_value("rejected/shown_twice")
            else:
                kept[offer.id] = offer
        return list(kept.values())
