"""A storefront's icon, fetched once: the same picture ties shops under many names together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request

from crawler.extract import favicon
from crawler.extract.model import Page
from crawler.fetching.limits import MEDIA_WANTED
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.items import Capture, storefront_id
from crawler.urls import same_storefront, storefront_key
from spiders.base import content_type
from spiders.revisiting import Revisiting, asked_for, fetched_at

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

OK = 200
KIND = "favicon"
USUAL = "/favicon.ico"
MOST_BYTES = 500_000  # icons have 1 to 50 kB
LAST = -1  # after everything that may show an offer


class FaviconSpider(Revisiting):
    """The part of the storefront spider that fetches an icon."""

    def favicon(self, page: Page, url: str) -> str:
        """The address of the icon that a page names, on the shop's own hosts, else the usual one."""
        named = (one.value for one in page.identifiers if one.kind == KIND)
        return next((one for one in named if same_storefront(url, one)), urljoin(url, USUAL))

    def icon(self, address: str, inherited: dict[str, Any]) -> Iterator[Request]:
        """The request for an icon."""
        meta = inherited | {"storefront": storefront_key(address), MEDIA_WANTED: True, "download_maxsize": MOST_BYTES}
        yield Request(address, self.parse_icon, errback=self.without_icon, priority=LAST, meta=meta)

    async def parse_icon(self, response: Response) -> AsyncIterator[Capture]:
        """An icon: one capture with the identifier that it is."""
        found = favicon.identifier(response.body, content_type(response))
        if REDIRECT_OUT in response.meta or response.status != OK or found is None:
            self.count("favicons/none")
            key = storefront_key(response.url)
            await self.revisits.visits.note(
                asked_for(response), storefront_id(key), fetched_at(response), "missing", status=response.status
            )
            return
        self.count("favicons/read")
        capture = self.capture(response)
        capture.page_kind = KIND
        page = Page(url=response.url, identifiers=(found,))
        capture.storefronts = [self.storefront(storefront_key(response.url), response, page)]
        yield capture

    async def without_icon(self, failure: Failure) -> None:
        """A shop without an icon."""
        self.count("favicons/none")
        await self.note_missing(failure.request, failure)  # type: ignore[attr-defined]
