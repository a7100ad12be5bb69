"""The data behind an empty page, asked for instead of running its scripts: one request where a browser makes ten."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.extract import behind
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.urls import storefront_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.crawler import Crawler
    from scrapy.http import Response, TextResponse

logger = logging.getLogger(__name__)

OK = 200
IN_VAIN = 4  # requests of one shop that gave no data, and none that did, after which no more are made
SHOPS_LIMIT = 10_000  # shops of which that is remembered


class DataBehind:
    """Fetches over the guarded path: robots.txt, host clock, address guard, limits, as for any page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._in_vain: Counter[str] = Counter()

    async def joined(self, response: TextResponse, addresses: Iterable[str]) -> bytes | None:
        """The page in UTF-8 with the data that belong to it, None where none could be had."""
        key = storefront_key(response.url)
        for address in addresses:
            if self._in_vain[key] >= IN_VAIN:
                break
            data = await self._fetch(address)
            page = behind.joined(response.text, data, address) if data else None
            self._count("gave" if page else "nothing")
            if page:
                self._in_vain[key] = -SHOPS_LIMIT
                return page
            if len(self._in_vain) < SHOPS_LIMIT:
                self._in_vain[key] += 1
        return None

    async def _fetch(self, url: str) -> bytes:
        assert self.crawler.engine is not None
        meta = {"handle_httpstatus_all": True, "dont_retry": True}
        headers = {"Accept": "application/json"}
        request = Request(url, headers=headers, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:  # refused by robots.txt, guard or limits, or broken transport
            logger.info("data of a page could not be had: %s", type(error).__name__)
            return b""
        return b"" if REDIRECT_OUT in response.meta or response.status != OK else response.body

    def _count(self, name: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"rendering/data/{name}")
