"""Fourth step: the body is kept at first sight, before anything that rests on it is stored. Shops vanish."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from crawler.evidence.bodies import open_bodies
from crawler.store.database import connect

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.items import Capture


class KeepBodyPipeline:
    """Puts each body into the content-addressed store of ``EVIDENCE_URI`` and awaits it."""

    def __init__(self, mongo_uri: str, database: str, evidence_uri: str) -> None:
        self.store = connect(mongo_uri, database)
        self.bodies = open_bodies(evidence_uri, self.store.database)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepBodyPipeline:
        """Called by Scrapy."""
        settings = crawler.settings
        return cls(settings["MONGO_URI"], settings["MONGO_DATABASE"], settings["EVIDENCE_URI"])

    async def process_item(self, item: Capture) -> Capture:
        """Return the same capture once its body is durable; raise when it is not, so that the page is not settled."""
        await self.bodies.put(item.observation.body_sha256, item.body, item.content_type)
        if item.received is not None:  # of a rendered page both are kept: what was sent, and what values point into
            await self.bodies.put(hashlib.sha256(item.received).hexdigest(), item.received, item.content_type)
        return item

    async def close_spider(self) -> None:
        """Give the connections back."""
        await self.store.close()
