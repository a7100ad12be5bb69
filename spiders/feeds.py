"""Catalogue feeds: products by the hundred in one request, where the platform publishes them and robots.txt lets us.

A product that a feed gave whole needs its own page only as evidence: ``FEED_PRODUCT_PAGES`` says for which.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.extract.feeds.known import FEEDS, read_feed
from crawler.extract.offers import to_offers
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.urls import storefront_key
from spiders.base import INHERITED, SeededSpider

if TYPE_CHECKING:
    from crawler.discovery.economy.plan import Step
    from crawler.discovery.economy.shops import Shops
    from crawler.extract.model import Page
    from crawler.items import Capture, Offer

OK = 200
FEED_PRIORITY = 1  # with products and sitemaps: it may save them all
PAGES_LIMIT = 400  # pages of one feed; 100,000 products of the largest shops
ALL = "all"


class FeedSpider(SeededSpider):
    """What a spider of shops needs to read feeds; mixed into it."""

    shops: Shops

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._cases: dict[str, dict[str, Any]] = {}
        """Storefront with a feed → the case and source that pages asked for as evidence inherit, where it has any."""

    def step(self, step: Step, meta: Any) -> Request:
        """A request for a page."""
        raise NotImplementedError

    def feeds(self, page: Page, url: str, meta: dict[str, Any]) -> Iterator[Request]:
        """The request for the first page of the platform's feed, if there is one to be read."""
        feed = FEEDS.get(page.platform or "")
        if feed is not None and (feed.states_currency or page.currency):
            yield self.feed({"name": page.platform, "number": 1, "home": url, "currency": page.currency}, meta)

    def feed(self, which: dict[str, Any], meta: dict[str, Any]) -> Request:
        """A request for one page of a feed."""
        inherited = {name: meta[name] for name in INHERITED if meta.get(name)}
        url = urljoin(which["home"], FEEDS[which["name"]].path.format(which["number"]))
        inherited |= {"kind": "feed", "feed": which, "storefront": storefront_key(url)}
        return Request(url, self.parse_feed, errback=self.without_feed, priority=FEED_PRIORITY, meta=inherited)

    async def parse_feed(self, response: Response) -> AsyncIterator[Capture | Request]:
        """A page of a feed: one capture with all its offers, and the next page behind a full one."""
        which = response.meta["feed"]
        page = read_feed(which["name"], response.body, which["home"], which["currency"])
        if REDIRECT_OUT in response.meta or response.status != OK or not page.products:
            self.count("feeds/gave_nothing")
            return
        key = storefront_key(response.url)
        capture = self.capture(response)
        capture.page_kind = page.kind
        capture.storefronts = [self.storefront(key, response, page)]
        capture.offers, capture.rejected = to_offers(page, storefront=capture.storefronts[0].id, url=response.url)
        self.count("feeds/pages")
        self.count("feeds/offers", len(capture.offers))
        asked = capture.observation.url
        self.shops[key].marks.read_anew(asked)
        self.had_whole(key, asked, capture.offers, response.meta)
        yield capture
        for request in self.evidence(key, asked, filter(self._needs_page, capture.offers)):
            yield request
        if len(page.products) >= FEEDS[which["name"]].size and which["number"] < PAGES_LIMIT:
            yield self.feed({**which, "number": which["number"] + 1}, response.meta)

    def had_whole(self, key: str, asked: str, offers: Iterable[Offer], meta: dict[str, Any]) -> None:
        """Take in offers that a page told in full: their own pages are only asked for as evidence."""
        if inherited := {name: meta[name] for name in INHERITED if meta.get(name)}:
            self._cases[key] = inherited
        if self.settings["FEED_PRODUCT_PAGES"] != ALL:
            with self.shops[key].marks.of(asked):
                self.shops[key].in_feed(offer.url for offer in offers if offer.price is not None)

    def _needs_page(self, offer: Offer) -> bool:
        return offer.price is None or self.settings["FEED_PRODUCT_PAGES"] == ALL

    def evidence(self, key: str, asked: str, offers: Iterable[Offer]) -> list[Request]:
        """Requests for the own pages of offers that a page of this storefront told, a feed's or a list's."""
        shop = self.shops[key]
        with shop.marks.of(asked):
            steps = [step for offer in offers for step in shop.wanted(offer.url)]
        return [self.step(step, self._cases.get(key, {})) for step in steps]

    def without_feed(self, failure: Any) -> None:  # noqa: ARG002 - Scrapy passes it
        """A shop that keeps its feed closed is read page by page."""
        self.count("feeds/closed")
