"""The second judgement of a link: when a queued request's turn has come, is it still worth making?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class Judge(Protocol):
    """A spider that can say so."""

    async def worth(self, request: Request) -> bool:
        """Whether the request is worth making now."""


class EconomyMiddleware:
    """Asks the spider before a fetch; what is no longer worth it is dropped and counted, never silently."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EconomyMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise ``IgnoreRequest``."""
        worth = getattr(self.crawler.spider, "worth", None)
        if worth is not None and "kind" in request.meta and not await worth(request):
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("economy/not_worth_it")
            raise IgnoreRequest(f"no longer worth a request: {request.meta['kind']}")
