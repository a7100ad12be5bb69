"""The spider of marketplaces: searches for words of the register, within a budget, no query twice in a window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from redis.asyncio import Redis
from scrapy import Request, signals
from scrapy.http import Response

from crawler.discovery.keywords import Memory, Query, queries, ranked, yielded
from crawler.errors import ConfigurationError
from crawler.extract.profiles import loading
from crawler.extract.profiles.schema import Profile
from crawler.fetching.tokens import Credential
from crawler.items import Capture
from crawler.register.loading import load
from spiders.profiled import ProfiledSpider

REFUSED = (401, 403)


class MarketplaceSpider(ProfiledSpider):
    """Searches one marketplace: ``-a profile=NAME``, with words of the register or ``-a keywords=…``.

    An address without a profile (``-a url=…``) is read as any shop: its items' sellers are told by structure.
    """

    name = "marketplace"
    arguments = ProfiledSpider.arguments | {
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

    async def stored(self, item: Capture, response: Response) -> None:
        """A page is durable, its offers flagged: the words that led there are credited with what they found."""
        profile = self.profiles.get(response.meta.get("profile", "")) if response is not None else None
        if profile is not None and (words := response.meta.get("words")):
            looks = int(response.meta.get("role") == "results")
            await self.memory(profile).credit(words, yielded(item.offers), looks)

    async def closed(self, reason: str) -> None:
        """Give the connections back."""
        await self.redis.aclose()
        await super().closed(reason)
