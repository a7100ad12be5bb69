"""A shop whose first page shows nothing: it fails, or sends visitors to another name of the shop.

The goods may be there all the same: behind the sitemap, behind the menu of the error page, behind ``/`` where a seed
stood further in, and under the name that visitors are sent to.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.discovery.economy.plan import Candidate, step
from crawler.discovery.pointers import official_domains
from crawler.discovery.suspicion import HOW
from crawler.extract.outside import irrelevant, within
from crawler.extract.page import read
from crawler.fetching.arrival import FETCHED_AT
from crawler.fetching.blocks import WALL
from crawler.fetching.limits import ResponseRefused
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.fetching.robots import SITEMAPS
from crawler.register.loading import load
from crawler.urls import host, same_storefront, storefront_key
from spiders.base import INHERITED, MOVED, content_type
from spiders.revisiting import asked_for
from spiders.sitemaps import SitemapSpider

if TYPE_CHECKING:
    from twisted.python.failure import Failure

    from crawler.discovery.revisits.visit import Visit
    from crawler.discovery.seeds import Seed
    from crawler.extract.model import Page

MOVES = 4  # names that one crawl follows a shop through; a chain of redirects between hosts may be endless
HOME = "home"
"""Kind of a first page that is asked for again."""


class ClosedDoor(SitemapSpider):
    """The part of the storefront spider that looks for a shop behind a first page that shows nothing."""

    def request(self, seed: Seed) -> Request:
        """The first request of a storefront."""
        return self.adapt(super().request(seed))

    def adapt(self, request: Request) -> Request:
        """A first request whose failure is looked into; called for seeds of Redis too."""
        return request.replace(errback=self.missed)

    async def behind(self, failure: Failure) -> AsyncIterator[Request]:
        """Where the goods may be although the first page could not be had; nothing where its host cannot be reached."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]
        if "kind" in request.meta or not _is_up(error, request):
            return
        first = error.response if isinstance(error, HttpError) else request
        first.meta.setdefault(FETCHED_AT, time.time())
        key = storefront_key(first.url)
        await self.shared.join(self.shops[key])
        for found in self._inside(first, await self.visit(key, first)):
            yield found

    def elsewhere(self, response: Response, visit: Visit | None) -> Iterator[Request]:
        """Where the goods may be when a page is a redirect out of the shop or a wall."""
        kind, target = response.meta.get("kind", ""), response.meta.get(REDIRECT_OUT)
        if not kind:
            yield from self._inside(response, visit)
        if target and kind in ("", HOME):
            yield from self._moved(response, target)
        elif target and urlsplit(response.url).path == urlsplit(target).path:  # a page leads to itself elsewhere
            yield from self._first_page_again(response, target)

    def sent_on(self, response: Response, page: Page) -> Iterator[Request]:
        """Where the script of a first page sends its visitors: further into the shop, or to another name of it."""
        if page.sends_to and same_storefront(page.sends_to, response.url):
            shop = self.shops[storefront_key(response.url)]
            with shop.marks.of(asked_for(response)):
                steps = shop.steps([Candidate(page.sends_to, "list", 1.0)])
            yield from (self.step(one, response.meta) for one in steps)
        elif page.sends_to:
            yield from self._moved(response, page.sends_to)

    def _inside(self, first: Request | Response, visit: Visit | None) -> Iterator[Request]:
        """The sitemaps, the shop's first page if it is another, what the menu of an error page leads to, and of a known
        shop the pages whose turn it is."""
        yield from self.sitemaps_of(first, None)
        shop, links = self.shops[storefront_key(first.url)], [Candidate(urljoin(first.url, "/"), "list", 1.0)]
        if isinstance(first, TextResponse) and WALL not in first.meta and REDIRECT_OUT not in first.meta:
            page = read(first.body, first.url, content_type=content_type(first))
            links += [Candidate(link.url, link.kind, link.score, link.where) for link in page.links]
        asked = (first.meta.get("redirect_urls") or [first.url])[0]
        shop.marks.read_anew(asked)
        with shop.marks.of(asked):
            shop.steps([Candidate(asked)])  # it was asked for: not once more
            steps = shop.steps(links)
        for one in steps:
            yield self.step(one, first.meta)
        for seen in visit.plan(asked) if visit else ():
            yield self.again(seen, "turn", first, visit)

    def _first_page_again(self, response: Response, target: str) -> Iterator[Request]:
        """A shop may move while it is read: does its first page lead there as well? Asked once for each new name."""
        marks = self.shops[storefront_key(response.url)].marks
        with marks.of(asked_for(response)):
            if marks.add("handed_on", f"moved to {storefront_key(target)}"):
                first = step(urljoin(response.url, "/"), HOME)
                yield self.step(first._replace(again=True), response.meta)

    def _moved(self, response: Response, target: str) -> Iterator[Request]:
        """The first page under the new name, for a shop that somebody asked for; others wait for their rank."""
        own, key = storefront_key(response.url), storefront_key(target)
        left = [*response.meta.get(MOVED, ()), own]
        pointed = str(response.meta.get("source", "")).partition(":")[0] in HOW
        good = irrelevant(target) or within(host(target) or "", _official(self.settings["REGISTER"]))
        if pointed or good or key in left or len(left) > MOVES:
            self.count("moved/not_followed")
            return
        self.count("moved/followed")
        meta = {name: response.meta[name] for name in INHERITED if response.meta.get(name)} | {MOVED: left}
        yield self.adapt(Request(target, self.parse, meta=meta))


def _is_up(error: BaseException | None, request: Request) -> bool:
    """Whether a host that did not give its first page may give others: it said no, said too much, or sent us in a
    circle; robots.txt keeps that page closed; or it timed out and robots.txt named sitemaps before."""
    if isinstance(error, IgnoreRequest) and not isinstance(error, (HttpError, ResponseRefused)):
        return type(error) is IgnoreRequest and error.__cause__ is None and SITEMAPS in request.meta
    return isinstance(error, (HttpError, ResponseRefused)) or bool(request.meta.get(SITEMAPS))


@cache
def _official(register: str) -> frozenset[str]:
    """The domains of the register's brands and of those who may sell: a shop that was seized often leads there."""
    return official_domains(load(Path(register) if register else None))
