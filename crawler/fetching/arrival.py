"""The moment a response arrived, noted in its meta before anything else looks at it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crawler.fetching.certificates import certificate_problems
from crawler.fetching.connecting import Gate

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

FETCHED_AT = "fetched_at"
"""Response meta key: when the response had arrived, in seconds since 1970 (a plain number survives any queue)."""
CERTIFICATE_PROBLEMS = "certificate_problems"
"""Response meta key: what is wrong with the server's certificate, a list of names; absent when nothing is."""


class ArrivalMiddleware:
    """Notes time and certificate problems of every response, redirects and failures included."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArrivalMiddleware:
        """Build the middleware. Raises ``ConfigurationError`` when the guard's settings cannot be read."""
        Gate.from_settings(crawler.settings)  # Scrapy only logs what a download handler raises at its start
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the arrival."""
        request.meta[FETCHED_AT] = time.time()
        request.meta.pop(CERTIFICATE_PROBLEMS, None)  # of the hop before, copied by a redirect
        if response.certificate is not None:
            self._note_problems(request, response)
        return response

    def _note_problems(self, request: Request, response: Response) -> None:
        problems = certificate_problems(response.certificate, response.url)
        if problems:
            request.meta[CERTIFICATE_PROBLEMS] = list(problems)
        for problem in problems:
            if self._stats:
                self._stats.inc_value(f"fetching/certificate/{problem}")
