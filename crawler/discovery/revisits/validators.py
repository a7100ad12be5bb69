"""Conditional requests: whoever knows a page asks whether it changed, and a 304 spares the body (RFC 9110, 13)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from crawler.discovery.revisits.book import SINCE
from crawler.errors import ServerUnavailable
from crawler.frontier.entry import LEASE
from crawler.frontier.ranked import GLANCED

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.discovery.revisits.book import VisitBook

NOT_MODIFIED = 304
MAY_BE_KNOWN = (SINCE, "depth_of_sitemap")
"""Meta keys of requests for pages that may be known; a storefront's first request has no ``kind``."""


class ValidatorsMiddleware:
    """Adds ``If-None-Match`` and ``If-Modified-Since`` for pages that the store knows, unless their bytes are old."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatorsMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Ask the store once for each page that may be known; a store that is away costs a body, nothing more."""
        meta = request.meta
        book: VisitBook | None = getattr(self.crawler.spider, "revisits", None)
        if (
            book is None
            or LEASE not in meta
            or GLANCED in meta
            or ("kind" in meta and not any(name in meta for name in MAY_BE_KNOWN))
        ):
            return
        try:
            known = await book.visits.validators(request.url)
        except ServerUnavailable:
            return
        if known and _is_young(known.get("fetched_at"), book.oldest.total_seconds()):
            self._condition(request, known)

    def _condition(self, request: Request, known: dict[str, Any]) -> None:
        for name, header in (("etag", "If-None-Match"), ("last_modified", "If-Modified-Since")):
            if known.get(name):
                request.headers[header] = known[name].encode("latin-1", "ignore")
                request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Count."""
        if response.status == NOT_MODIFIED and self.crawler.stats:
            self.crawler.stats.inc_value("fetching/not_modified")
        return response


def _is_young(read_at: datetime | None, oldest: float) -> bool:
    """Whether the bytes we have may still be relied on; a server may say 304 for ever."""
    return read_at is not None and time.time() - read_at.timestamp() < oldest
