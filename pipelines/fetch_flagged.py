"""After flags: what was told elsewhere than on its own page (a feed, a list's data) and an indicator flagged has its
own page fetched, as evidence of what buyers see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scrapy.exceptions import NotConfigured

from crawler.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.items import Capture, Offer

MODES = ("flagged", "all")
TOLD_ELSEWHERE = ("feed", "list")


class FeedReader(Protocol):
    """A spider that reads feeds."""

    def evidence(self, key: str, asked: str, offers: Iterable[Offer]) -> list[Request]:
        """Requests for the own pages of a storefront's offers, which the page that was asked for told."""


class FetchFlaggedPipeline:
    """Queues the pages of flagged offers of a feed; they are in the frontier before the feed's page is settled."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FetchFlaggedPipeline:
        """Called by Scrapy; not needed where all pages are fetched, and by spiders that read no feeds."""
        mode = crawler.settings["FEED_PRODUCT_PAGES"]
        if mode not in MODES:
            raise ValueError(f"FEED_PRODUCT_PAGES is {mode!r}: say one of {', '.join(MODES)}")
        if mode == "all" or not hasattr(crawler.spider, "evidence"):
            raise NotConfigured  # said by FETCH_FLAGGED_PAGES itself: no warning in every crawl of posts
        return cls(crawler)

    def process_item(self, item: Capture) -> Capture:
        """Return the same capture."""
        if item.page_kind in TOLD_ELSEWHERE and item.storefronts:
            spider: FeedReader = self.crawler.spider  # type: ignore[assignment]
            engine = self.crawler.engine
            assert engine is not None
            here = {canonical(url) for url in (item.observation.url, item.observation.final_url)}
            told = (offer for offer in item.offers if item.page_kind == "feed" or canonical(offer.url) not in here)
            flagged = [offer for offer in told if any(flag.state == "raised" for flag in offer.flags)]
            for request in spider.evidence(item.storefronts[0].key, item.observation.url, flagged):
                engine.crawl(request)
        return item
