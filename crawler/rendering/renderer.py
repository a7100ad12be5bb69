"""Rendering for a spider: pages that need JavaScript go through a browser whose every request is one of ours."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import TextResponse
from scrapy.http.request import NO_CALLBACK

from crawler.errors import ConfigurationError
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.rendering.browser import Browser, check
from crawler.rendering.errors import NotRendered
from crawler.rendering.room import Answer, Limits, Room

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

NEVER, WHEN_NEEDED = "never", "when_needed"


class Renderer:
    """One page at a time in one browser. Sub-requests pass robots.txt, the host's clock, the guard and all limits."""

    def __init__(self, crawler: Crawler, path: str) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.browser = Browser(path)
        self.limits = Limits(settings.getfloat("RENDER_SECONDS"), settings.getint("RENDER_REQUESTS"),
                             settings.getint("DOWNLOAD_MAXSIZE"), settings.getint("RENDER_ELEMENTS"),
                             settings.getint("DOWNLOAD_MAXSIZE"))  # fmt: skip
        self._one = asyncio.Lock()
        self._downloads: set[asyncio.Task[Answer | None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Renderer | None:
        """None with ``RENDER = "never"``. ``ConfigurationError`` when a browser cannot be had, or not safely."""
        mode = crawler.settings.get("RENDER")
        if mode not in (NEVER, WHEN_NEEDED):
            raise ConfigurationError(f"RENDER must be {NEVER!r} or {WHEN_NEEDED!r}, not {mode!r}")
        return None if mode == NEVER else cls(crawler, check(crawler.settings))

    async def render(self, response: TextResponse) -> bytes | None:
        """The page's HTML in UTF-8 after its scripts, or None; counted as ``rendering/done`` or under the reason."""
        room = Room(response.url, response.text, self._fetch, self.limits)
        async with self._one:
            try:
                html = await room.render(self.browser)
            except NotRendered as error:
                self._count(error.reason)
                logger.warning("%s: %s", response.url[:200].encode("ascii", "backslashreplace").decode(), error)
                return None
            finally:
                for reason, count in room.refused.items():
                    self._count(f"refused/{reason}", count)
        self._count("done")
        return html.encode("utf-8", "replace")

    async def close(self) -> None:
        """End the browser, and what is still under way for it."""
        if self._downloads:
            await asyncio.wait(self._downloads, timeout=self.limits.seconds)
        await self.browser.close()

    async def _fetch(self, url: str, headers: dict[str, str]) -> Answer | None:
        """A sub-resource over our own path. Never cut off: a cancelled transfer would leave its host entered."""
        task = asyncio.ensure_future(self._download(url, headers))
        self._downloads.add(task)
        task.add_done_callback(self._downloads.discard)
        return await asyncio.shield(task)

    async def _download(self, url: str, headers: dict[str, str]) -> Answer | None:
        self._count("requests")
        assert self.crawler.engine is not None
        meta = {"handle_httpstatus_all": True, "dont_retry": True}  # a redirect of a sub-resource is not followed
        request = Request(url, headers=headers, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:  # refused by robots.txt, guard or limits, or broken transport
            logger.info("a sub-resource could not be had: %s", type(error).__name__)
            return None
        if REDIRECT_OUT in response.meta or 300 <= response.status < 400:
            return None
        kind = (response.headers.get("Content-Type") or b"application/octet-stream").decode("latin-1")
        return Answer(response.status, kind, response.body)

    def _count(self, name: str, amount: int = 1) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"rendering/{name}", amount)
