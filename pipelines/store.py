"""Last step: everything a page gave becomes durable in MongoDB, in one awaited batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.store.database import connect
from crawler.store.writer import Writer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from crawler.items import Capture


class StorePipeline:
    """Awaits the write: when ``process_item`` returns, the page's documents survive any crash."""

    def __init__(self, mongo_uri: str, database: str, stats: StatsCollector) -> None:
        self.store = connect(mongo_uri, database)
        self.writer = Writer(self.store)
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Called by Scrapy."""
        assert crawler.stats is not None
        return cls(crawler.settings["MONGO_URI"], crawler.settings["MONGO_DATABASE"], crawler.stats)

    async def process_item(self, item: Capture) -> Capture:
        """Return the same capture; raises ``ServerUnavailable`` when it could not be stored."""
        for name, count in (await self.writer.write(item)).items():
            self.stats.inc_value(f"store/{name}", count)
        return item

    async def close_spider(self) -> None:
        """Give the connections back."""
        await self.store.close()
