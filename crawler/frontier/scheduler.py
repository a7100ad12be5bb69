"""Scrapy's scheduler on the shared frontier.

``SCHEDULER = "crawler.frontier.scheduler.Scheduler"``. It joins the parts: ``inbox`` takes in, ``worker`` speaks to
Redis, ``settling`` says what became of a page, ``finish`` when all is done. Spiders hand links over with ``offer``,
which builds no Request; a plain ``yield Request(…)`` works as well.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.defer import deferred_from_coro

from crawler.frontier import options as read_options
from crawler.frontier.connection import Server, parameters_from
from crawler.frontier.entry import ForeignEntry, host_of, unpack_request
from crawler.frontier.finish import Finish
from crawler.frontier.gate import Gate
from crawler.frontier.inbox import Inbox
from crawler.frontier.options import frontier_name
from crawler.frontier.seeds import Seeds
from crawler.frontier.settling import Settling
from crawler.frontier.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

    from crawler.frontier.lines import Line
    from crawler.frontier.page import Leased

logger = logging.getLogger(__name__)

PUSHES_AHEAD = 5_000  # pushes that may wait for Redis (memory full, away) before no new page is begun
CLOSE_WITHIN = 20.0  # seconds for the last words to Redis; then the lease runs out by itself and nothing is lost


class Scheduler(BaseScheduler):
    """Hands out leased requests, takes in new ones, and settles what the engine has finished."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.settings = crawler.settings
        self.stats = crawler.stats
        self.options = read_options.from_settings(crawler.settings)
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self.open_for_work = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the settings; Redis is first spoken to in ``open``."""
        return cls(crawler)

    # --- Scrapy's interface ------------------------------------------------------------------------------------
    def open(self, spider: Spider) -> Deferred[None]:
        """Connect, and begin to lease."""
        self.spider = spider
        return deferred_from_coro(self._open())

    async def _open(self) -> None:
        self.server = Server(parameters_from(self.settings))
        name = frontier_name(self.settings, self.spider.name)
        slots = self.settings.getint("CONCURRENT_REQUESTS") or 16
        self.worker = Worker(self.server, name, self.options, wake=self._wake, slots=lambda: slots)
        self.settling = Settling(self.crawler, self.worker, self._is_closing)
        self.inbox = Inbox(self.crawler, self.worker, self.settling)
        self.gate = Gate(self.worker, self._is_closing)
        self.finish = Finish(self)
        self.seeds = Seeds(self)
        self.worker.on_restart = self.inbox.recent.forget
        self.worker.holding.on_stale = self.settling.forget
        self.worker.on_stop = self._ordered_to_stop
        self.worker.on_outlived = self.finish.ended_without_us
        self.worker.between = self.seeds.top_up
        self.open_for_work = True
        self._task = asyncio.ensure_future(self.worker.run())
        self._task.add_done_callback(self._stopped)

    def close(self, reason: str) -> Deferred[None]:
        """Settle what is settled, give the rest back in its order, and leave."""
        return deferred_from_coro(self._close(reason))

    async def _close(self, reason: str) -> None:
        self.open_for_work = False
        if self._timer:
            self._timer.cancel()
        self.worker.ending = True
        self.worker.nudge(urgent=True)
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                if self._task:
                    await asyncio.wait({self._task})
                await self.finish.leave(reason)
        except TimeoutError:
            logger.warning("Redis does not answer: leases run out by themselves in %g s", self.options.lease)
            if self._task:
                self._task.cancel()
        self.stats.set_value("frontier/round_trips", sum(shard.trips for shard in self.worker.shards))
        await self.server.close()

    def has_pending_requests(self) -> bool:
        """True until the run is over for all workers: the engine closes the spider when this says no."""
        return not self.finish.over

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request, unless it was seen or cannot be queued."""
        return self.inbox.take(request)

    def next_request(self) -> Request | None:
        """A leased request whose host may be asked now, or None."""
        if not self.open_for_work or not self._may_fetch():
            return None
        now = self.worker.now()
        while line := self.worker.lines.next_ready(now):
            if request := self._next_of(line):
                return request
        self._wake_when_ready()
        return None

    def _next_of(self, line: Line) -> Request | None:
        number, entry = line.entries.popleft()
        line.open.add(number)
        try:
            request = unpack_request(entry, line.host, self.spider)
        except ForeignEntry as error:
            self.stats.inc_value("frontier/poisoned")
            self.worker.settle(line.host, number, f"foreign entry: {error}")
            self.worker.lines.queue(line)
            return None
        line.handed += 1
        self.worker.lines.queue(line)
        self.stats.inc_value("scheduler/dequeued/redis")
        return self.settling.hand_out(request, line, number)

    # --- what spiders and middlewares ask ------------------------------------------------------------------------
    def offer(self, links: Iterable[tuple[str, int]], *, depth: int = 0, callback: str | None = None,
              meta: dict[str, Any] | None = None) -> int:  # fmt: skip
        """Queue the links of a page, ``(absolute address, priority)``; returns how many were not known here.

        They are durable before the page's own ack. ``depth`` is that of the links; ``callback`` names a method of the
        spider; ``meta`` may hold ``storefront`` and ``case`` and whatever msgpack carries.
        """
        return self.inbox.offer(links, depth, callback, meta or {})

    def page_of(self, request: Request) -> Leased | None:
        """The leased page that a request or one of its copies belongs to."""
        return self.settling.page_of(request)

    def block(self, url: str, reason: str) -> None:
        """The host of an address has ended for this run."""
        self.stats.inc_value("frontier/hosts_blocked")
        self.worker.block(host_of(url), reason)

    # --- closing ------------------------------------------------------------------------------------------------
    def _is_closing(self) -> bool:
        slot = self.crawler.engine._slot
        return slot is None or slot.closing is not None or not self.open_for_work

    def _ordered_to_stop(self) -> None:
        logger.warning("stopped by an operator: %s", self.worker.orders.stop)
        self._closing = asyncio.ensure_future(self._close_spider("stopped"))

    async def _close_spider(self, reason: str) -> None:
        """Close the spider once the engine runs: a close in the middle of its start would leave it waiting."""
        engine = self.crawler.engine
        while self.open_for_work and not engine.running:
            await asyncio.sleep(0.05)
        if self.open_for_work and engine.spider is not None:
            await engine.close_spider_async(reason=reason)

    # --- waking -------------------------------------------------------------------------------------------------
    def _may_fetch(self) -> bool:
        worker = self.worker
        return (not worker.draining and worker.now() >= self.settling.hold_until
                and worker.pending_pushes() < PUSHES_AHEAD and worker.fresh())  # fmt: skip

    def _wake_when_ready(self) -> None:
        at = self.worker.lines.next_time()
        if at is None:
            return
        loop = asyncio.get_running_loop()
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_later(max(0.0, at - self.worker.now()), self._wake)

    def _wake(self) -> None:
        slot = self.crawler.engine._slot
        if slot is None:
            return
        self.settling.arrivals.wake()
        if not slot.closing:
            self.finish.check()
            slot.nextcall.schedule()

    def _stopped(self, task: asyncio.Task[None]) -> None:
        """The exchange task ended: only an error that does not pass does that, and then the run must not go on."""
        if task.cancelled() or task.exception() is None:
            return
        logger.error("the frontier stops: %s", task.exception())
        self.stats.set_value("frontier/error", str(task.exception()))
        self._closing = asyncio.ensure_future(self._close_spider("frontier_error"))
