"""The last gate before a connection: no request of any kind begins before its host's clock allows it.

Pages, redirect hops, retries, robots.txt and images all pass through here, because every download of Scrapy does,
also those that go round the scheduler. The clock itself is the frontier's: one for all workers.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured

from crawler.fetching.blocks import WallMiddleware
from crawler.fetching.rate_limits import wait_asked
from crawler.fetching.resolver import NoSuchName, Resolver
from crawler.frontier.entry import LEASE, host_of
from crawler.frontier.gate import LeaseOver
from crawler.frontier.scheduler import Scheduler
from crawler.urls import host

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.frontier.page import Leased

logger = logging.getLogger(__name__)
STARTED = "host_clock_started"
"""Request meta key: when the transfer began, on the frontier's monotonic clock; absent when none is under way."""
ADDRESS = "host_clock_address"
"""Request meta key: the key of the machine whose clock was entered beside the host's."""
NAMELESS_AFTER = 6  # failures in a row, with 14 seconds of rests between them: a resolver may stumble
TROUBLE = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
"""Statuses by which a host says that it is in trouble, or that we ask too often."""


class HostClockMiddleware:
    """Waits for the host's clock before a transfer, and sets it on when the transfer has ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._ended: set[str] = set()
        per_address = crawler.settings.getbool("HOST_PER_ADDRESS")
        self._resolver = Resolver.from_settings(crawler.settings) if per_address else None
        crawler.signals.connect(self._end_walled_hosts, signals.response_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostClockMiddleware:
        """Build the middleware; not needed without our frontier."""
        if "crawler.frontier" not in str(crawler.settings["SCHEDULER"]):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host; ``IgnoreRequest`` when the page's lease ended meanwhile."""
        scheduler = self._scheduler()
        request.meta.pop(STARTED, None)
        request.meta.pop(ADDRESS, None)
        address = await self._address_of(request)
        try:
            started = await scheduler.gate.enter(host_of(request.url), self._page(request))
            if address:
                started = await self._enter_address(request, address)
        except LeaseOver as error:
            raise IgnoreRequest(str(error)) from error
        request.meta[STARTED] = started

    def look_again(self, request: Request) -> None:
        """The last look before a request's bytes leave; ``IgnoreRequest`` when the host is no longer ours.

        Between the clock and the wire lie a connection and some milliseconds, in which the process may be halted until
        another worker has the host. A host has no means to fence us, so the look is as late as it can be.
        """
        scheduler = self._scheduler()
        try:
            scheduler.gate.look_again(host_of(request.url), self._page(request))
        except LeaseOver as error:
            raise IgnoreRequest(str(error)) from error

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response has ended, headers and body; its page waits until enough others are acked."""
        trouble = f"status {response.status}" if response.status in TROUBLE else None
        self._leave(request, trouble, wait=wait_asked(response))
        settling = self._scheduler().settling
        page = settling.page_of(request)
        if page:
            try:
                await settling.arrivals.enter(page)
            except LeaseOver as error:
                raise IgnoreRequest(str(error)) from error
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """The transfer failed; a request that we ignored ourselves says nothing about the host."""
        trouble = None if isinstance(exception, IgnoreRequest) else f"{type(exception).__name__}: {exception}"[:300]
        self._leave(request, trouble)
        if isinstance(exception, NoSuchName):
            self._end_nameless(request, exception)

    def _end_nameless(self, request: Request, exception: NoSuchName) -> None:
        """A host whose name does not exist is not waited for as a machine is that is down."""
        scheduler = self._scheduler()
        line = scheduler.worker.lines.get(host_of(request.url))
        if line is not None and line.failures >= NAMELESS_AFTER and not line.blocked:
            logger.warning("%s does not exist in DNS: left alone for this run", host(request.url))
            scheduler.block(request.url, f"its name does not exist: {exception}"[:300])

    def _page(self, request: Request) -> Leased | None:
        """The page of a request, None for robots.txt and images; ``LeaseOver`` when it was one and others have it now.

        Such a request must not pass for one without a page: it would wait for the host, and fetch what they fetched.
        """
        page = self._scheduler().page_of(request)
        if page is None and LEASE in request.meta:
            raise LeaseOver("others have the page")
        return page

    def _leave(self, request: Request, trouble: str | None, wait: float = 0.0) -> None:
        scheduler = self._scheduler()
        page = scheduler.page_of(request)
        if page and host_of(request.url) == page.host:
            page.trouble = trouble
        started = request.meta.pop(STARTED, None)
        if started is not None:
            scheduler.gate.leave(host_of(request.url), started, trouble=trouble, wait=wait)
            address = request.meta.pop(ADDRESS, None)
            if address:
                scheduler.gate.leave(address, started)

    async def _address_of(self, request: Request) -> str:
        """The key of the machine behind a host, where the clock is kept per address as well; empty otherwise."""
        if self._resolver is None:
            return ""
        name, port = host_of(request.url).rsplit(":", 1)
        targets = await self._resolver.targets(name.strip("[]"), int(port))
        return f"address:{targets[0].address}" if targets else ""

    async def _enter_address(self, request: Request, address: str) -> float:
        """Wait for the machine, with the host already entered: no other order could wait in a circle."""
        gate = self._scheduler().gate
        try:
            started = await gate.enter(address, None)
        except BaseException:
            gate.leave(host_of(request.url), gate.worker.now())
            raise
        request.meta[ADDRESS] = address
        return started

    def _end_walled_hosts(self, response: Response) -> None:
        """A host that a wall ended here is ended for all workers."""
        wall = self.crawler.get_downloader_middleware(WallMiddleware)
        name = host(response.url) or ""
        if isinstance(wall, WallMiddleware) and name in wall.ended and name not in self._ended:
            self._ended.add(name)
            self._scheduler().block(response.url, wall.ended[name])

    def _scheduler(self) -> Scheduler:
        scheduler = self.crawler.engine.scheduler
        assert isinstance(scheduler, Scheduler)
        return scheduler
