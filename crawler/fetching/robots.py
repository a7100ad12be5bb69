"""robots.txt: fetched once for all workers, on the host's own clock, and obeyed as RFC 9309 says.

A file that is not there (4xx) allows everything. One that cannot be had (5xx, no connection) forbids everything until
it can: its pages go back into the frontier and count an attempt. ``Crawl-delay`` feeds the host's delay.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from itertools import islice
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from typing_extensions import override

from crawler.fetching.authority import load_authority
from crawler.fetching.guard import AddressRefused
from crawler.fetching.resolver import NotAHostName
from crawler.frontier.entry import host_of
from crawler.frontier.gate import LeaseOver
from crawler.frontier.scheduler import Scheduler
from crawler.urls import storefront_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)
LIFETIME = 86_400  # seconds; RFC 9309 asks not to use a file for longer than a day
SIZE = 512_000  # bytes; RFC 9309 asks for at least 500 KiB
LONGEST_CRAWL_DELAY = (
    60.0  # seconds; a larger one is a wish to be left alone, and would hold a worker's place for hours
)
ORIGINS = 5_000  # parsers that one worker keeps, a few KB each
AGAIN_AFTER = 30.0  # seconds until a file that could not be had is asked for again
SITEMAPS = "robots_sitemaps"
"""Request meta key: the addresses of the robots.txt's ``Sitemap:`` lines, for a request without a kind."""
MOST_SITEMAPS = 200
FORBIDS_ALL = b"\0unreachable"
NOT_ASKED = b"\0refused"
"""Its name led nowhere, or the guard refused its address: its pages fare alike, and its wishes are not known."""


class Unreachable(IgnoreRequest):
    """robots.txt could not be had, so nothing of its host may be fetched now."""


class SharedRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with a memory that all workers share."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if "crawler.frontier" not in str(crawler.settings["SCHEDULER"]):
            raise NotConfigured("robots.txt is shared through the frontier")
        self._robotstxt_useragent = self._robotstxt_useragent or crawler.settings["BOT_NAME"]  # our product token
        self.forbidden: Counter[str] = Counter()
        """Storefront → requests that its robots.txt forbade, since somebody took them out."""
        self._known: OrderedDict[str, asyncio.Future[RobotParser]] = OrderedDict()
        self._authority = load_authority(crawler.settings.get("AUTHORITY") or "")
        if self._authority is not None:
            self._stats.set_value("authority", self._authority.sentence())
            logger.warning("robots.txt is overridden by a recorded authority: %s", self._authority.sentence())

    @override
    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Forbid what the file forbids, unless a recorded authority covers it: then count that it did."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            if self._authority is None or not self._authority.covers(request.url):
                self.forbidden[storefront_key(request.url)] += 1
                raise
            self._stats.inc_value("robotstxt/overridden_by_authority")

    @override
    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request's origin; ``Unreachable`` when they cannot be had."""
        origin = "/".join(request.url.split("/", 3)[:3])
        known = self._known.get(origin)
        if known is None:
            known = self._known[origin] = asyncio.ensure_future(self._load(origin, request))
            while len(self._known) > ORIGINS:
                self._known.popitem(last=False)
        try:
            parser = await asyncio.shield(known)
        except Unreachable:
            self._send_back(request)
            raise
        except (IgnoreRequest, RedisError, OSError) as error:  # the worker closes, or Redis is away
            self._known.pop(origin, None)
            page = self._scheduler().page_of(request)
            if page:
                page.unfetched = True
            raise IgnoreRequest(f"robots.txt could not be asked for: {error}") from error
        self._slow_down(request, parser)
        if "kind" not in request.meta:  # a storefront's first page: its spider asks for the sitemaps
            rules = getattr(parser, "rp", None)
            request.meta[SITEMAPS] = list(islice(rules.sitemaps, MOST_SITEMAPS)) if rules else []
        return parser

    async def _load(self, origin: str, request: Request) -> RobotParser:
        scheduler = self._scheduler()
        key = f"{scheduler.worker.tag_of(host_of(request.url))}:robots:{origin}"
        body: bytes | None = await scheduler.server.redis.get(key)  # type: ignore[assignment]
        if body is None:
            body = await self._fetch(origin)
            lifetime = AGAIN_AFTER if body in (FORBIDS_ALL, NOT_ASKED) else LIFETIME
            await scheduler.server.redis.set(key, body, ex=int(lifetime))
        if body in (FORBIDS_ALL, NOT_ASKED):
            asyncio.get_running_loop().call_later(AGAIN_AFTER, self._known.pop, origin, None)
        if body == FORBIDS_ALL:
            raise Unreachable(f"{origin}/robots.txt cannot be had: nothing is fetched there for now")
        parser: RobotParser = self._parserimpl.from_crawler(self.crawler, b"" if body == NOT_ASKED else body)
        return parser

    async def _fetch(self, origin: str) -> bytes:
        """The file as bytes: empty when there is none, ``FORBIDS_ALL`` when the host does not say, or ``NOT_ASKED``."""
        meta = {"dont_obey_robotstxt": True, "handle_httpstatus_all": True}
        self._stats.inc_value("robotstxt/request_count")
        try:
            response: Response = await self.crawler.engine.download_async(
                Request(f"{origin}/robots.txt", priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
            )
        except IgnoreRequest as error:
            if isinstance(error.__cause__, LeaseOver):
                raise
            if isinstance(error, (AddressRefused, NotAHostName)):
                return NOT_ASKED
            return b""  # redirects without an end: RFC 9309 lets us take it for absent
        except Exception as error:
            self._stats.inc_value(f"robotstxt/exception_count/{type(error).__name__}")
            return FORBIDS_ALL
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == 429:
            return FORBIDS_ALL
        return response.body[:SIZE] if response.status == 200 else b""

    def _send_back(self, request: Request) -> None:
        """The page is not lost: it goes back to its place, and counts an attempt."""
        page = self._scheduler().page_of(request)
        if page:
            page.failed = True
        self._stats.inc_value("robotstxt/unreachable")

    def _slow_down(self, request: Request, parser: RobotParser) -> None:
        """Take the file's ``Crawl-delay`` for our agent, which Scrapy's parser interface does not show."""
        rules = getattr(parser, "rp", None)
        asked = rules.crawl_delay(self._robotstxt_useragent) if rules is not None else None
        pace = getattr(self.crawler.spider, "pace", None)  # a profile's own, which only slows down
        delay = max(float(asked or 0.0), pace(request.url) if pace else 0.0)
        line = self._scheduler().worker.lines.get(host_of(request.url))
        if delay and line:
            line.crawl_delay = min(delay, LONGEST_CRAWL_DELAY)

    def _scheduler(self) -> Scheduler:
        scheduler = self.crawler.engine.scheduler
        assert isinstance(scheduler, Scheduler)
        return scheduler
