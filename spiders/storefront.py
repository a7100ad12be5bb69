"""The spider of shops: reads every page it is given, and follows what is worth a request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from redis.asyncio import Redis
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.discovery.economy import slugs
from crawler.discovery.economy.plan import Candidate, Step
from crawler.discovery.economy.shared import TIMEOUT, SharedShops
from crawler.discovery.economy.shops import Shops
from crawler.discovery.economy.slugs import LIKE
from crawler.discovery.glances import listed, put_back
from crawler.discovery.listings import Listings
from crawler.discovery.pointers import of_links
from crawler.discovery.revisits.book import AGAIN, SINCE, VisitBook
from crawler.discovery.revisits.cards import cards_of, said_of
from crawler.discovery.revisits.validators import NOT_MODIFIED
from crawler.discovery.revisits.visit import Visit
from crawler.discovery.sellers import seller_of
from crawler.extract.model import Page
from crawler.extract.offers import LEFT, to_offers
from crawler.fetching.blocks import WALL
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.frontier.ranked import GLANCED, RANK, Ranked
from crawler.frontier.run import Run
from crawler.frontier.scheduler import Scheduler
from crawler.items import Capture
from crawler.money import Hints
from crawler.rendering.shown import UTF8, Shower
from crawler.urls import same_storefront, storefront_key
from spiders.base import INHERITED, content_type
from spiders.closed_door import ClosedDoor
from spiders.favicons import FaviconSpider
from spiders.feeds import FeedSpider
from spiders.revisiting import asked_for

OK = 200
NO_PAGE = frozenset({"bot", "login", "denied", "absent"})
"""Walls behind which nothing of the page is seen; a question (cookies, age, country) has links that lead on."""


class StorefrontSpider(ClosedDoor, FaviconSpider, FeedSpider):
    """Crawls a shop from any of its pages: sitemaps, lists, products, each legal page once.

    A marketplace or a social page among the seeds gives a storefront for each seller or account that offers something.
    """

    name = "storefront"

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> StorefrontSpider:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.listings = Listings(None, spider.count)  # brands are named by the social spider
        spider.shower = Shower(crawler)
        spider.revisits = VisitBook(crawler.settings)
        spider.shops = Shops()
        redis = Redis.from_url(crawler.settings["REDIS_URL"], socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        prefix, name = crawler.settings["FRONTIER_PREFIX"], crawler.settings["FRONTIER_NAME"]
        spider.shared = SharedShops(redis, f"{prefix}:economy:{name}", spider.name_of_run)
        spider.ranked = Ranked(redis, prefix, "storefront")
        return spider

    listings: Listings
    shower: Shower
    shared: SharedShops
    ranked: Ranked

    async def parse(self, response: Response) -> AsyncIterator[Capture | Request]:
        """A page of a shop: one capture, and requests for what it links to."""
        key = storefront_key(response.url)
        await self.shared.join(self.shops[key])
        self.shops[key].marks.read_anew(asked_for(response))
        visit = None if GLANCED in response.meta else await self.visit(key, response)
        if response.status == NOT_MODIFIED:
            async for request in self.unchanged(visit, response):
                yield request
            return
        if REDIRECT_OUT in response.meta or response.status != OK or _wall(response) in NO_PAGE:
            yield self.turned_away(key, response)
            if "kind" in response.meta:
                for step in await self.shared.instead(self.shops[key], response.url, response.meta["kind"]):
                    yield self.step(step, response.meta)
            for request in self.elsewhere(response, visit):
                yield request
            return
        if not isinstance(response, TextResponse):
            self.count("pages/not_text")
            return
        page, capture = await self.captured(key, response)
        if "kind" in response.meta and self.shops[key].shows_the_same(response.url, page):
            capture.page_kind, capture.offers, capture.cards = "absent", [], {}
            yield capture
            for step in await self.shared.instead(self.shops[key], response.url, response.meta["kind"]):
                yield self.step(step, response.meta)
            return
        yield capture
        if await self.put_back(response, capture):
            return
        async for request in self.followed(key, response, page, capture, visit):
            yield request

    async def put_back(self, response: Response, capture: Capture) -> bool:
        """Whether a storefront that was pointed to shows so little that others are read before it."""
        settings = self.settings
        budget = settings.getint("DISCOVERY_BUDGET")
        if budget <= 0 or "kind" in response.meta or not settings.getbool("DISCOVERY_RANKED"):
            return False
        waits = await put_back(self.ranked, capture, response.meta, budget)
        self.count("discovery/put_back", int(waits))
        return waits

    async def captured(self, key: str, response: TextResponse) -> tuple[Page, Capture]:
        """What the page shows, and everything that is kept of it."""
        page, html, how = await self.shower.show(response, content_type(response))
        capture = self.capture(response if html is None else response.replace(body=html, encoding="utf-8"))
        if page.needs_javascript:
            capture.etag = capture.last_modified = None  # an unchanged shell says nothing about what its scripts show
        if html is not None:
            capture.received, capture.rendered, capture.content_type = response.body, how, UTF8
        capture.page_kind = page.kind
        leaves = "kind" not in response.meta and page.sends_to and not same_storefront(page.sends_to, response.url)
        facts = {"redirects_out": [page.sends_to]} if leaves else None
        capture.storefronts = [self.storefront(key, response, page, facts)]
        seller = seller_of(page)
        if seller is not None:
            capture.storefronts.append(self.seller(key, seller, page))
        told = self.shops[key].lists.tell()
        offers, rejected = to_offers(page, storefront=capture.storefronts[-1].id, url=response.url, cards=told)
        capture.offers, capture.said, capture.cards = offers, said_of(offers), cards_of(page)
        capture.rejected = {**page.problems, **rejected}
        capture.pointers = of_links(capture.storefronts[0].id, page.links, response.url)
        if capture.pointers or RANK in response.meta:
            capture.listed = listed(page, capture.storefronts[0].id, key, self.settings["REGISTER"])
        self.social(capture, key, page)
        return page, capture

    async def followed(
        self, key: str, response: Response, page: Page, capture: Capture, visit: Visit | None
    ) -> AsyncIterator[Request]:
        """The requests that a page leads to."""
        shop, is_home = self.shops[key], "kind" not in response.meta
        meta = response.meta | {LIKE: slugs.form(page) or response.meta.get(LIKE, "")}
        with shop.marks.of(asked := asked_for(response)):
            legal = list(shop.legal(page.legal_pages))
            offers = (offer.id for offer in capture.offers)
            left, kind = LEFT in capture.rejected, meta.get("kind", "")
            steps = shop.read(response.url, page, offers, kind, is_home=is_home, like=meta[LIKE], left=left)
        late = await self.shared.keep_others(shop)
        await self.shared.exchange(shop)
        if page.is_told:
            self.had_whole(key, asked, capture.offers, meta)
        if visit:
            async for request in self.compared(visit, response, capture):
                yield request
        if is_home:
            for request in (*self.from_home(response, page), *self.sent_on(response, page)):
                yield request
            with shop.marks.of(asked):  # a seed may stand further in
                legal = [*shop.steps([Candidate(urljoin(response.url, "/"), "list", 1.0)]), *legal]
        for step in (*legal, *steps, *late):
            yield self.step(step, meta)

    def from_home(self, response: Response, page: Page) -> Iterator[Request]:
        """What a shop is asked for once: its platform's feed and its sitemaps."""
        yield from self.feeds(page, response.url, response.meta)
        yield from self.sitemaps_of(response, page.language)
        for icon in self.new_files(response, [self.favicon(page, response.url)]):
            yield from self.icon(icon, {name: response.meta[name] for name in INHERITED if response.meta.get(name)})

    def turned_away(self, key: str, response: Response) -> Capture:
        """A redirect out of the shop, or a wall that ended it: a fact about the shop, and not a page of it."""
        target = response.meta.get(REDIRECT_OUT)
        if target:
            self.shops[key].left(response.url)
        capture = self.capture(response)
        capture.page_kind = "redirect_out" if target else "absent" if _wall(response) == "absent" else "wall"
        facts = {"redirects_out": [target]} if target else {"walls": _told(response)}
        capture.storefronts = [self.storefront(key, response, Page(url=response.url), facts)]
        return capture

    def social(self, capture: Capture, key: str, page: Page) -> None:
        """The posts of a social page: those that offer something, each under the account that wrote it."""
        if page.posts:
            capture.storefronts[0].identifiers = ()  # of whoever is named on the page; an offering post brings its own
            self.listings.add(capture, page.posts, key, Hints(language=page.language))

    def step(self, step: Step, meta: Mapping[str, Any]) -> Request:
        """A request for a page that is worth it; it inherits the case, and counts on the storefront's budget."""
        self.count(f"economy/steps/{step.kind}")
        inherited = {name: meta[name] for name in (*INHERITED, SINCE) if meta.get(name)}
        inherited |= {"kind": step.kind, "storefront": storefront_key(step.url)}
        inherited |= {LIKE: meta[LIKE]} if step.kind == "more" and meta.get(LIKE) else {}
        if SINCE in inherited and step.kind not in ("product", "legal"):
            inherited[AGAIN] = "new"
        return Request(step.url, errback=self.missed, priority=step.priority, meta=inherited, dont_filter=step.again)

    async def missed(self, failure: Failure) -> AsyncIterator[Request]:
        """A page that could not be had teaches what its shape is worth; one that was not asked for does not."""
        async for found in self.behind(failure):
            yield found
        if isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        await self.note_missing(request, failure)
        shop = self.shops[storefront_key(request.url)]
        for step in await self.shared.instead(shop, request.url, request.meta.get("kind", "")):
            yield self.step(step, request.meta)

    async def name_of_run(self) -> str:
        """What this run is called, the same for all its workers."""
        assert self.crawler.engine is not None
        scheduler = self.crawler.engine.scheduler
        assert isinstance(scheduler, Scheduler)
        return await Run(scheduler.worker).name()

    async def worth(self, request: Request) -> bool:
        """Asked by ``EconomyMiddleware`` when a request's turn has come."""
        if AGAIN in request.meta:
            return self.is_due(request)
        shop = self.shops[storefront_key(request.url)]
        await self.shared.join(shop)
        return shop.worth(request.url, request.meta["kind"])

    async def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy passes it
        """Say what was refused, and give the connection back."""
        for name, count in self.shops.refused().items():
            self.count(f"economy/refused/{name}", count)
        self.count("economy/not_shared", self.shared.failed)
        await self.shared.redis.aclose()
        await self.revisits.store.close()
        await self.shower.close()


def _wall(response: Response) -> str:
    """The kind of the wall that a response is, "" for a page."""
    return str((response.meta.get(WALL) or {}).get("kind", ""))


def _told(response: Response) -> list[str]:
    """The wall that says something of the shop: any shop has pages for customers only, and pages that are gone."""
    kind, wall = _wall(response), response.meta.get(WALL)
    tells = kind in ("bot", "denied") or (kind != "absent" and "kind" not in response.meta)
    return [wall["name"]] if wall and tells else []
