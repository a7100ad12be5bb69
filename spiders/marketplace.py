"""The spider of marketplaces: searches words of the register, reads results, items and sellers as a profile says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from redis.asyncio import Redis
from scrapy import Request, signals
from scrapy.http import Response

from crawler.discovery.keywords import Memory, Query, queries, ranked, yielded
from crawler.errors import ConfigurationError
from crawler.extract.profiles import loading, reading
from crawler.extract.profiles.offers import offer_of, seller_of
from crawler.extract.profiles.places import Found
from crawler.extract.profiles.reading import Reading, Row
from crawler.extract.profiles.schema import Profile
from crawler.extract.profiles.values import Value
from crawler.fetching.tokens import Credential
from crawler.items import Capture, Storefront
from crawler.register.loading import load
from crawler.urls import canonical, join
from spiders.base import content_type
from spiders.storefront import StorefrontSpider

REFUSED = (401, 403)
SELLER_PRIORITY, ITEM_PRIORITY = 5, 10
"""Above result pages: what was found is read before more is searched for, so that a cut run has whole offers."""


class MarketplaceSpider(StorefrontSpider):
    """Searches one marketplace: ``-a profile=NAME``, with words of the register or ``-a keywords=…``.

    An address without a profile (``-a url=…``) is read as any shop: its items' sellers are told by structure.
    """

    name = "marketplace"
    arguments = StorefrontSpider.arguments | {
        "profile": "which marketplace: a name of `scrapy profile list`, or a profile's file",
        "keywords": "words to search for instead of the register's, comma-separated; asked whatever the window",
        "queries": "searches of this run at most (setting MARKET_QUERIES)",
    }
    handle_httpstatus_list = REFUSED

    def __init__(
        self, profile: str | None = None, keywords: str | None = None, queries: str | None = None, **others: Any
    ) -> None:
        super().__init__(**others)
        self.wanted, self.budget = profile, queries
        self.words = [word.strip() for word in (keywords or "").split(",") if word.strip()]
        if (keywords or queries) and not profile:
            raise ConfigurationError("-a keywords and -a queries need -a profile=NAME")
        if queries is not None and not queries.isdecimal():
            raise ConfigurationError(f"-a queries={queries}: not a number")

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> MarketplaceSpider:
        """Called by Scrapy."""
        spider = cast("MarketplaceSpider", super().from_crawler(crawler, *args, **kwargs))
        settings = crawler.settings
        names = [spider.wanted] if spider.wanted else list(loading.files(settings["PROFILES"]))
        spider.profiles = {one.name: one for one in (loading.load(name, settings["PROFILES"]) for name in names)}
        tokens = [one.token for one in spider.profiles.values() if one.token]
        spider.credentials = tuple(Credential(one.host, one.environment, one.header, one.form) for one in tokens)
        spider.redis = Redis.from_url(settings["REDIS_URL"])
        spider.limit = int(spider.budget) if spider.budget else settings.getint("MARKET_QUERIES")
        crawler.signals.connect(spider.stored, signal=signals.item_scraped)
        return spider

    profiles: dict[str, Profile]
    credentials: tuple[Credential, ...]
    redis: Redis
    limit: int

    async def start(self) -> AsyncIterator[Any]:
        """The seeds, then the queries that are due, best first."""
        async for request in super().start():
            yield request
        if self.wanted:
            profile = next(iter(self.profiles.values()))
            due = await self.plan(profile)
            self.count("market/queries", len(due))
            self.logger.info("%s: %d queries: %s", profile.name, len(due), ", ".join(due[:20]))
            for number, words in enumerate(due):
                yield self.search(profile, words, profile.search.first, priority=-min(number, 90))

    async def plan(self, profile: Profile) -> list[str]:
        """The words to search for: an operator's, or those of the register that were not asked within the window."""
        if self.words:
            return self.words[: self.limit]
        register = load(Path(self.settings["REGISTER"]) if self.settings["REGISTER"] else None)
        languages = tuple(dict.fromkeys([profile.language or "en", "en"]))
        memory = self.memory(profile)
        due: list[Query] = ranked(await memory.due(queries(register, languages)), await memory.known())
        return [query.words for query in due[: self.limit]]

    def memory(self, profile: Profile) -> Memory:
        """What is known of a marketplace's queries."""
        window = self.settings.getfloat("MARKET_WINDOW")
        return Memory(self.redis, self.settings["FRONTIER_PREFIX"], profile.name, window)

    def pace(self, url: str) -> float:
        """The delay that a profile asks for on its hosts; asked by the middleware of robots.txt."""
        host = url.split("/", 3)[2].rpartition("@")[2]
        return max((one.delay for one in self.profiles.values() if host in one.hosts), default=0.0)

    def search(self, profile: Profile, words: str, page: int, priority: int = 0) -> Request:
        """A request for one page of results."""
        offset = (page - profile.search.first) * profile.search.per_page
        url = profile.search.url
        for place, value in (("keyword", quote(words)), ("page", str(page)), ("offset", str(offset))):
            url = url.replace("{" + place + "}", value)
        meta = {"profile": profile.name, "role": "results", "words": words, "page": page, "band": priority}
        return Request(url, headers=profile.headers, priority=priority, meta=meta)

    async def parse(self, response: Response) -> AsyncIterator[Capture | Request]:
        """A page of a profile by its role; any other page as a shop's."""
        profile = self.profiles.get(response.meta.get("profile", ""))
        if profile is None:
            if response.status in REFUSED:
                return
            async for one in super().parse(response):
                yield one
        elif response.status in REFUSED:
            self.refused(profile, response)
        elif response.meta["role"] == "results":
            for found in self.results(profile, response):
                yield found
            if "degraded" not in response.meta:
                await self.memory(profile).made(response.meta["words"])
        elif response.meta["role"] == "item":
            for found in self.item(profile, response):
                yield found
        else:
            for found in self.seller_page(profile, response):
                yield found

    def refused(self, profile: Profile, response: Response) -> None:
        """No access: the run is degraded, and says which token is missing."""
        self.count("profile/degraded")
        self.count(f"profile/degraded/{response.status}")
        wanted = f"; it wants a token in {profile.token.environment}" if profile.token else ""
        self.logger.error("%s refused %s (%s)%s", profile.name, response.url, response.status, wanted)

    def results(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """A page of results: its offers, requests for items and sellers, and for the next page."""
        before = (response.meta["page"] - profile.search.first) * profile.search.per_page
        found = reading.read_results(profile, response.body, response.url, content_type(response), before)
        yield self.kept(profile, response, found, "results")
        yield from self.visits(profile, found.rows)
        page, first = response.meta["page"], str(found.rows[0]["id"].value) if found.rows else ""
        if (
            not found.rows
            or page - profile.search.first + 1 >= profile.search.pages
            or first == response.meta.get("seen")
        ):
            return  # a page behind the last one may show the last one again
        asked = (page - profile.search.first + 1) * profile.search.per_page
        if found.total is None or asked < found.total:
            following = self.search(profile, response.meta["words"], page + 1, response.meta["band"])
            following.meta["seen"] = first
            yield following if not found.following else following.replace(url=found.following)

    def item(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """The page of an item: its offer, and a request for its seller."""
        found = reading.read_item(profile, response.body, response.url, content_type(response))
        number = response.meta["number"]
        found.one.setdefault("id", Value(number, Found(number, "url")))
        found.one.setdefault("url", Value(response.url, Found(response.url, "url")))
        found.rows = [found.one] if not found.alarms else []
        yield self.kept(profile, response, found, "item", own_page=True)
        yield from self.sellers(profile, found.rows)

    def seller_page(self, profile: Profile, response: Response) -> Iterator[Capture | Request]:
        """A seller's page, or one of his items'."""
        listing = response.meta["role"] == "items"
        read = reading.read_results if listing else reading.read_seller
        found = read(profile, response.body, response.url, content_type(response))
        if listing:
            found.alarms = []  # of one seller's items nobody says how many there are at least
        yield self.kept(profile, response, found, "seller")
        yield from self.visits(profile, found.rows, with_sellers=False)
        yield from self.more_items(profile, response, found, listing)

    def more_items(self, profile: Profile, response: Response, found: Reading, listing: bool) -> Iterator[Request]:
        """The next page of a seller's items."""
        meta = {"profile": profile.name, "role": "seller"}
        if found.following and found.following != response.url:
            yield Request(found.following, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta)
        form, number = profile.seller.lists if profile.seller else None, response.meta.get("number", "")
        if not form or form == "page" or not number:
            return
        page = response.meta.get("page", profile.search.first - 1) + 1
        asked = (page - profile.search.first) * profile.search.per_page
        if listing and (not found.rows or (found.total is not None and asked >= found.total)):
            return
        url = _filled(form, id=number, page=page, offset=asked)
        meta |= {"role": "items", "number": number, "page": page}
        yield Request(url, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta)

    def kept(
        self, profile: Profile, response: Response, found: Reading, kind: str, *, own_page: bool = False
    ) -> Capture:
        """The capture of a page. One that is not as the profile says is kept, and degrades the run."""
        capture = self.capture(response)
        capture.page_kind = "degraded" if found.alarms else f"market_{kind}"
        capture.rejected = {f"profile.{alarm}": 1 for alarm in found.alarms}
        sellers: dict[str, Storefront] = {}
        if kind == "seller" and (own := seller_of(profile, found.one)):
            sellers[own.id] = own
        for row in found.rows:
            self._add(profile, capture, row, found.one if kind == "seller" else {}, sellers, visited=not own_page)
        capture.storefronts = list(sellers.values())
        if found.alarms:
            response.meta["degraded"] = True
            self.count("profile/degraded")
            for alarm in found.alarms:
                self.count(f"profile/degraded/{alarm}")
            self.logger.error("%s is not as profile %s says: %s", response.url, profile.name, ", ".join(found.alarms))
        return capture

    def _add(
        self, profile: Profile, capture: Capture, row: Row, page: Row, sellers: dict[str, Storefront], visited: bool
    ) -> None:
        seller = seller_of(profile, row, page)
        if seller is not None:
            seller = sellers.setdefault(seller.id, seller)
        if visited and self.needs_visit(profile, row, seller):
            _count(capture, "offer.has_its_own_page")
        elif seller is None:
            _count(capture, "offer.without_seller")
        else:
            offer = offer_of(profile, row, seller, capture.observation.final_url)
            if isinstance(offer, str):
                _count(capture, offer)
            else:
                capture.offers.append(offer)

    def needs_visit(self, profile: Profile, row: Row, seller: Storefront | None) -> bool:
        """Whether the item's own page is asked for."""
        if profile.item is None or profile.visit == "never":
            return False
        return profile.visit == "always" or seller is None or any(n not in row for n in profile.item.required)

    def visits(self, profile: Profile, rows: list[Row], *, with_sellers: bool = True) -> Iterator[Request]:
        """Requests for the pages of items and sellers; the frontier drops what was asked for before."""
        for row in rows:
            number = str(row["id"].value)
            if self.needs_visit(profile, row, seller_of(profile, row)):
                url = _own_page(profile, row, number)
                meta = {"profile": profile.name, "role": "item", "number": number}
                if url:
                    yield Request(url, headers=profile.headers, priority=ITEM_PRIORITY, meta=meta)
        if with_sellers:
            yield from self.sellers(profile, rows)

    def sellers(self, profile: Profile, rows: list[Row]) -> Iterator[Request]:
        """Requests for the pages of the rows' sellers, each once."""
        if profile.seller is None:
            return
        found: dict[str, Request] = {}
        for row in rows:
            seller = seller_of(profile, row)
            if seller is not None:
                own = str(row["seller.id"].value)
                url = _filled(profile.seller.url, id=own) if profile.seller.url else seller.url
                meta = {"profile": profile.name, "role": "seller", "number": own}
                found.setdefault(url, Request(url, headers=profile.headers, priority=SELLER_PRIORITY, meta=meta))
        yield from found.values()

    async def stored(self, item: Capture, response: Response) -> None:
        """A page of results is durable, its offers flagged: its words are credited with what they found."""
        profile = self.profiles.get(response.meta.get("profile", "")) if response is not None else None
        if profile is not None and response.meta.get("role") == "results":
            await self.memory(profile).credit(response.meta["words"], yielded(item.offers))

    async def closed(self, reason: str) -> None:
        """Give the connections back."""
        await self.redis.aclose()
        await super().closed(reason)


def _own_page(profile: Profile, row: Row, number: str) -> str | None:
    assert profile.item is not None
    if profile.item.url:
        return _filled(profile.item.url, id=number)
    url = str(row["url"].value) if "url" in row else ""
    return join(url, url) if canonical(url) and url.split("/", 3)[2] in profile.hosts else None


def _filled(form: str, **values: object) -> str:
    for name, value in values.items():
        form = form.replace("{" + name + "}", quote(str(value), safe=""))
    return form


def _count(capture: Capture, reason: str) -> None:
    capture.rejected[reason] = capture.rejected.get(reason, 0) + 1
