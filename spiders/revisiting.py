"""A shop that is known already: what its pages show to have changed, and whose turn it is to be looked at again.

``docs/decisions/revisits.md`` says what is asked for, and what can be missed for how long.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.discovery.revisits.book import AGAIN, SINCE, VisitBook
from crawler.discovery.revisits.validators import NOT_MODIFIED
from crawler.discovery.revisits.visit import Visit
from crawler.extract.sitemap import Sitemap
from crawler.fetching.arrival import FETCHED_AT
from crawler.items import storefront_id
from crawler.store.visits import Seen
from crawler.urls import storefront_key
from spiders.base import SeededSpider, header

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.discovery.economy.shops import Shops
    from crawler.items import Capture

PASSING = frozenset({408, 425, 429})
"""Refusals (4xx) that say nothing about the page."""


class Revisiting(SeededSpider):
    """The part of the storefront spider that spares a known shop."""

    shops: Shops
    revisits: VisitBook

    @abstractmethod
    def sitemap(self, url: str, home: str, language: str | None, meta: Mapping[str, Any], depth: int = 0) -> Request:
        """A request for a sitemap file."""

    @abstractmethod
    def missed(self, failure: Failure) -> AsyncIterator[Request]:
        """A page could not be had."""

    async def visit(self, key: str, response: Request | Response) -> Visit | None:
        """The visit that a page belongs to, None at the first one; a shop's known pages are no news to its economy."""
        since = response.meta.get(SINCE) if "kind" in response.meta else response.meta.get(FETCHED_AT)
        if since is None:
            return None
        before = self.revisits.opened(key, since)
        visit = await self.revisits.of(key, storefront_id(key), since)
        if visit is None:
            return None
        response.meta[SINCE] = since
        if visit is not before:
            pages = visit.earlier.pages
            self.shops[key].remember((page.url for page in pages), (p.url for p in pages if p.kind == "product"))
        return visit

    async def unchanged(self, visit: Visit | None, response: Response) -> AsyncIterator[Request]:
        """The server says that the page is as it was: so are its offers, and the products on its cards."""
        asked, at = asked_for(response), fetched_at(response)
        offers = await self.revisits.visits.seen_again(asked, at)
        self.count("revisits/not_modified")
        known = visit.known(asked) if visit else None
        if visit and known:
            await self.looked(visit, asked, known.said, response.meta.get(AGAIN, ""))
            _, same = visit.compare(asked, known.cards)
            offers += await self.revisits.visits.offers_seen(same, at)
        self.count("revisits/offers_seen_again", offers)
        if visit and "kind" not in response.meta:
            for page in visit.plan(asked):
                yield self.again(page, "turn", response, visit)

    async def compared(self, visit: Visit, response: Response, capture: Capture) -> AsyncIterator[Request]:
        """What a page of a known shop shows to have changed, and at its start whose turn it is."""
        asked, why = asked_for(response), response.meta.get(AGAIN, "")
        changed = await self.looked(visit, asked, capture.said, why)
        if changed and why == "turn" and capture.page_kind == "product":
            for page in visit.more():
                yield self.again(page, "surprise", response, visit)
        if capture.page_kind == "product":
            visit.met(asked)
        others, same = visit.compare(asked, capture.cards)
        for page in others:
            yield self.again(page, "card", response, visit)
        self.count("revisits/offers_seen_again", await self.revisits.visits.offers_seen(same, fetched_at(response)))
        if "kind" not in response.meta:
            for page in visit.plan(asked):
                yield self.again(page, "turn", response, visit)

    async def looked(self, visit: Visit, url: str, said: str, why: str) -> bool:
        """Take in a known page; whether it changed. Dates that lied are not believed on later visits either."""
        lied = visit.dates_lie()
        changed = visit.looked(url, said, why)
        if visit.dates_lie() and not lied:
            self.count("revisits/dates_lie")
            await self.revisits.visits.distrust(storefront_id(storefront_key(url)))
        return changed

    def dated(self, response: Response, entries: Iterable[tuple[str, str | None]]) -> Iterator[Request]:
        """The known pages that a sitemap calls changed since they were seen."""
        visit = self._visit_of(response.meta, response.url)
        for page in visit.dated(entries) if visit else ():
            yield self.again(page, "dated", response, visit)

    def new_files(self, response: Request | Response, urls: list[str]) -> list[str]:
        """Of a sitemap's further files those that are not known; the known ones have turns of their own."""
        visit = self._visit_of(response.meta, response.url)
        return [url for url in urls if visit.known(url) is None] if visit else urls

    def again(self, page: Seen, why: str, response: Request | Response, visit: Visit | None) -> Request:
        """A request for a known page."""
        self.count(f"revisits/asked/{why}")
        if page.kind == "sitemap" and visit:
            home = response.meta.get("home") or response.url
            return self.sitemap(page.url, home, visit.earlier.language, response.meta)
        meta = {name: response.meta[name] for name in ("case", "source", SINCE) if response.meta.get(name)}
        kind = page.kind if page.kind in ("product", "legal", "list") else "other"
        meta |= {"kind": kind, "storefront": storefront_key(page.url), AGAIN: why}
        return Request(page.url, errback=self.missed, priority=int(kind == "product"), meta=meta)

    def is_due(self, request: Request) -> bool:
        """Whether a page is still worth a request when its turn has come: dates may lie, curiosity may be spent."""
        visit, why = self._visit_of(request.meta, request.url), request.meta[AGAIN]
        due = visit is None or not ((why == "dated" and visit.dates_lie()) or (why == "new" and not visit.is_curious()))
        if not due:
            self.shops[storefront_key(request.url)].refused[f"revisit_{why}"] += 1
        return due

    # --- what gives no capture ------------------------------------------------------------------------------------
    async def note_sitemap(self, response: Response, found: Sitemap) -> None:
        """Remember a sitemap file, and whether it dates its entries."""
        asked, at = asked_for(response), fetched_at(response)
        if response.status == NOT_MODIFIED:
            await self.revisits.visits.seen_again(asked, at)
            return
        who = storefront_id(storefront_key(response.meta["home"]))
        await self.revisits.visits.note(
            asked, who, at, "sitemap", etag=header(response, "ETag"), last_modified=header(response, "Last-Modified"),
            lastmods=any(entry.modified for entry in found.pages),
        )  # fmt: skip

    async def note_missing(self, request: Request, failure: Failure) -> None:
        """Remember a page that is not there, so that no visit asks for it only because it is linked."""
        error = failure.value
        if (
            isinstance(error, HttpError)
            and 400 <= error.response.status < 500
            and (error.response.status not in PASSING)
        ):
            who = storefront_id(storefront_key(request.meta.get("home") or request.url))
            await self.revisits.visits.note(
                asked_for(error.response), who, fetched_at(error.response), "missing", status=error.response.status
            )

    async def no_sitemap(self, failure: Failure) -> None:
        """A sitemap that could not be had."""
        await self.note_missing(failure.request, failure)  # type: ignore[attr-defined]

    def _visit_of(self, meta: Mapping[str, Any], url: str) -> Visit | None:
        since = meta.get(SINCE)
        return self.revisits.opened(storefront_key(url), since) if since else None


def asked_for(response: Response) -> str:
    """The address that was asked for first, before any redirect: the one that the store knows."""
    asked: str = (response.meta.get("redirect_urls") or [response.request.url if response.request else response.url])[0]
    return asked


def fetched_at(response: Response) -> datetime:
    """When the response had arrived."""
    at = response.meta.get(FETCHED_AT)
    return datetime.fromtimestamp(at, UTC) if at else datetime.now(UTC)
