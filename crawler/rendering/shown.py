"""What a page shows: as it was received, with the data that it names, or after its scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.extract.further import answer
from crawler.extract.page import read
from crawler.rendering.data import DataBehind
from crawler.rendering.renderer import WHEN_NEEDED, Renderer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import TextResponse

    from crawler.extract.model import Page

UTF8 = "text/html; charset=utf-8"  # what a completed page is written in
DATA = "data"
BEGIN, SPACES = 100, b"\xef\xbb\xbf \t\r\n"  # bytes in which JSON begins, and what may stand before it


class Shown(NamedTuple):
    """A page that was read, and the bytes that its values point into where these are not the ones received."""

    page: Page
    body: bytes | None = None
    how: str = ""
    """``data`` or ``when_needed`` (its scripts were run)."""


class Shower:
    """Completes pages that say nothing without their scripts: by their data where that serves, else in a browser."""

    def __init__(self, crawler: Crawler) -> None:
        self.data = DataBehind(crawler)
        self.renderer = Renderer.from_crawler(crawler)

    async def show(self, response: TextResponse, content_type: str) -> Shown:
        """Read a page, completed where that is needed and possible; an answer in JSON as the page that it makes."""
        if response.body[:BEGIN].lstrip(SPACES)[:1] in (b"{", b"["):
            html = answer.as_page(response.body, response.url)
            if html is not None:
                return Shown(read(html, response.url, content_type=UTF8), html, DATA)
        page = read(response.body, response.url, content_type=content_type)
        if not page.needs_javascript or page.products:
            return Shown(page)
        told = _completed(page, await self.data.joined(response, page.data_addresses), DATA)
        if self.renderer is None or (told is not None and told.page.products):
            return told or Shown(page)
        return _completed(page, await self.renderer.render(response), WHEN_NEEDED) or told or Shown(page)

    async def close(self) -> None:
        """End the browser, if there is one."""
        if self.renderer is not None:
            await self.renderer.close()


def _completed(page: Page, html: bytes | None, how: str) -> Shown | None:
    if html is None:
        return None
    after = read(html, page.url, content_type=UTF8)
    after.problems.pop(f"javascript.{after.needs_javascript}", None)
    after.problem(f"javascript.{page.needs_javascript}")
    after.needs_javascript = page.needs_javascript
    return Shown(after, html, how)
