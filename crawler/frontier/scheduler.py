"""Scrapy's scheduler on the shared frontier.

``SCHEDULER = "crawler.frontier.scheduler.Scheduler"``. A request is acked when the engine has let go of it: then its
callback or errback, its retries and redirects and all awaited pipelines are done. Spiders hand links over with
``offer``, which builds no Request; a plain ``yield Request(…)`` works as well.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.request import RequestFingerprinter

from crawler.frontier import options as read_options
from crawler.frontier import seen
from crawler.frontier.connection import Server, parameters_from
from crawler.frontier.entry import LEASE, ForeignEntry, band_of, host_of, pack, pack_request, unpack_request
from crawler.frontier.finish import Finish
from crawler.frontier.gate import Gate
from crawler.frontier.options import frontier_name
from crawler.frontier.seeds import Seeds
from crawler.frontier.worker import AGAIN, BACK, FRONT, Worker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

PUSHES_AHEAD = 5_000  # pushes that may wait for Redis (memory full, away) before no new page is begun
STORE_PAUSE, STORE_PAUSE_MAX = 0.25, 15.0  # seconds, doubled with each item in a row that was not stored
CLOSE_WITHIN = 20.0  # seconds for the last words to Redis; then the lease runs out by itself and nothing is lost


@dataclass(slots=True)
class Leased:
    """A page that Scrapy works on, and what is known to have gone wrong with it."""

    request: Request
    host: str
    number: int
    reached_clock: bool = False
    failed: bool = False
    stale: bool = False
    """Others have it: settling it means nothing any more."""
    unfetched: bool = False
    """Let go of before its fetch began: it goes back to its place."""
    continued: bool = False
    """Its next hop or try is queued."""
    trouble: str | None = None
    """How the last transfer failed, None after one that did not."""
    reason: str | None = None
    """Why it is a dead letter."""


class Scheduler(BaseScheduler):
    """Hands out leased requests, takes in new ones, and settles what the engine has finished."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.settings = crawler.settings
        self.stats = crawler.stats
        self.options = read_options.from_settings(crawler.settings)
        self.max_depth = crawler.settings.getint("MAX_DEPTH", 0)
        self.leased: dict[tuple[str, int], Leased] = {}
        self.recent = seen.Recent()
        self._plain_fingerprints = type(crawler.request_fingerprinter) is RequestFingerprinter
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self.open_for_work = False
        self.store_failures = 0
        """Items in a row that were not stored."""
        self._hold_until = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the settings; Redis is first spoken to in ``open``."""
        return cls(crawler)

    # --- Scrapy's interface ------------------------------------------------------------------------------------
    def open(self, spider: Spider) -> Deferred[None]:
        """Connect, and begin to lease."""
        self.spider = spider
        connect = self.crawler.signals.connect
        connect(self._item_error, signals.item_error)
        connect(self._item_stored, signals.item_scraped)
        connect(self._spider_error, signals.spider_error)
        return deferred_from_coro(self._open())

    async def _open(self) -> None:
        self.server = Server(parameters_from(self.settings))
        name = frontier_name(self.settings, self.spider.name)
        slots = self.settings.getint("CONCURRENT_REQUESTS") or 16
        self.worker = Worker(self.server, name, self.options, wake=self._wake, slots=lambda: slots)
        self.worker.on_restart = self.recent.forget
        self.worker.on_stale = self._stale
        self.worker.on_stop = self._ordered_to_stop
        self.gate = Gate(self.worker, self._is_closing)
        self.finish = Finish(self)
        self.seeds = Seeds(self)
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
        self.collect()
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
        """Queue a request: a link, or the next hop or try of a leased page, which goes before all others."""
        lease = request.meta.pop(LEASE, None)
        again = lease in self.leased and ("retry_times" in request.meta or "redirect_times" in request.meta)
        try:
            host = host_of(request.url)
        except ValueError as error:
            return self._refuse(request, "no_host", error)
        if self.max_depth and request.meta.get("depth", 0) > self.max_depth:
            self.stats.inc_value("frontier/too_deep")
            return False
        mark = seen.from_digest(self.crawler.request_fingerprinter.fingerprint(request))
        where = FRONT if again and request.dont_filter else AGAIN if request.dont_filter else BACK
        if where == BACK and self._plain_fingerprints and not self._is_new(request):
            return False
        try:
            entry = pack_request(request, host, self.spider)
        except (TypeError, ValueError, OverflowError) as error:
            return self._refuse(request, "unserializable", error)
        self.worker.push(host, band_of(request.priority), where, mark, entry)
        if again:
            self.leased[lease].continued = True
        self.worker.nudge()
        self.stats.inc_value("scheduler/enqueued/redis")
        return True

    def _is_new(self, request: Request) -> bool:
        return request.method != "GET" or bool(request.body) or self.recent.add(request.url)

    def _refuse(self, request: Request, name: str, error: Exception) -> bool:
        self.stats.inc_value(f"frontier/{name}")
        logger.error("cannot be queued: %s (%s)", request, error)
        return False

    def next_request(self) -> Request | None:
        """A leased request whose host may be asked now, or None."""
        self.collect()
        if not self.open_for_work or not self._may_fetch():
            return None
        now = self.worker.now()
        while line := self.worker.lines.next_ready(now):
            number, entry = line.entries.popleft()
            line.open.add(number)
            try:
                request = unpack_request(entry, line.host, self.spider)
            except ForeignEntry as error:
                self.stats.inc_value("frontier/poisoned")
                self.worker.settle(line.host, number, f"foreign entry: {error}")
                self.worker.lines.queue(line)
                continue
            line.handed += 1
            request.meta[LEASE] = (line.host, number)
            self.leased[line.host, number] = Leased(request, line.host, number)
            self.worker.lines.queue(line)
            self.stats.inc_value("scheduler/dequeued/redis")
            return request
        self._wake_when_ready()
        return None

    # --- links without requests ---------------------------------------------------------------------------------
    def offer(self, links: Iterable[tuple[str, int]], *, depth: int = 0, callback: str | None = None,
              meta: dict[str, Any] | None = None) -> int:  # fmt: skip
        """Queue the links of a page, ``(absolute address, priority)``; returns how many were not known here.

        They are durable before the page's own ack. ``depth`` is that of the links; ``callback`` names a method of the
        spider; ``meta`` may hold ``storefront`` and ``case`` and whatever msgpack carries.
        """
        if self.max_depth and depth > self.max_depth:
            self.stats.inc_value("frontier/too_deep")
            return 0
        meta = dict(meta or {})
        site, case = str(meta.pop("storefront", "") or ""), str(meta.pop("case", "") or "")
        for local in (LEASE, "depth", "download_slot", "download_latency"):
            meta.pop(local, None)
        others = {"meta": meta} if meta else None
        new = 0
        for url, priority in links:
            if not self.recent.add(url):
                continue
            try:
                host, band = host_of(url), band_of(priority)
                mark = seen.of_url(url) if self._plain_fingerprints else self._custom_fingerprint(url)
                entry = pack(host, url, band, depth=depth, priority=priority, site=site, case=case,
                             callback=callback, others=others)  # fmt: skip
            except ValueError:  # a hostile page's idea of an address
                self.stats.inc_value("frontier/no_host")
                continue
            self.worker.push(host, band, BACK, mark, entry)
            new += 1
        self.stats.inc_value("frontier/offered", new)
        if new and self.worker.pending_pushes() >= self.options.pushes_per_call:
            self.worker.nudge(urgent=True)
        elif new:
            self.worker.nudge()
        return new

    def _custom_fingerprint(self, url: str) -> seen.Fingerprint:
        return seen.from_digest(self.crawler.request_fingerprinter.fingerprint(Request(url)))

    # --- settling -----------------------------------------------------------------------------------------------
    def collect(self) -> None:
        """Settle every leased page that the engine has let go of."""
        slot = self.crawler.engine._slot
        if slot is None or not self.leased:
            return
        under_way = slot.inprogress
        for key in [key for key, page in self.leased.items() if page.request not in under_way]:
            self._let_go(self.leased.pop(key))

    def _let_go(self, page: Leased) -> None:
        line = self.worker.lines.get(page.host)
        if line and not page.reached_clock and line.handed:
            line.handed -= 1
            self.worker.lines.queue(line)
        if page.unfetched and not page.continued:
            self.worker.unsettled_end(page.host, page.number)
            return
        reason = page.reason or (None if page.continued else page.trouble)
        if reason:
            self.stats.inc_value("frontier/dead")
        self.worker.settle(page.host, page.number, reason, failed=page.failed)

    def page_of(self, request: Request) -> Leased | None:
        """The leased page that a request or one of its copies belongs to."""
        return self.leased.get(request.meta.get(LEASE, ("", -1)))

    def _item_error(self, response: Any) -> None:
        """An item was not stored: its page is not settled, and comes again.

        One page may be at fault, and counts an attempt. When page after page fails the store is: then nothing more is
        begun for a while, growing with each failure, and no page is blamed.
        """
        self.store_failures += 1
        self.stats.inc_value("frontier/item_failed")
        self._hold_until = self.worker.now() + min(STORE_PAUSE_MAX, STORE_PAUSE * 2.0 ** min(self.store_failures, 20))
        page = self.page_of(response.request) if getattr(response, "request", None) else None
        if page and self.store_failures > 1:
            page.unfetched = True
        elif page:
            page.failed = True

    def _item_stored(self) -> None:
        self.store_failures = 0

    def _spider_error(self, response: Any, failure: Failure) -> None:
        """A callback failed: trying again would fail again, so the page is kept as a dead letter."""
        request = getattr(response, "request", None)
        page = self.page_of(request) if request is not None else None
        if page and not isinstance(failure.value, IgnoreRequest):
            page.reason = f"callback: {type(failure.value).__name__}: {failure.value}"[:300]

    def _stale(self, host: str) -> None:
        """A host was taken from us: what is under way there may end, its settling means nothing any more."""
        for key in [key for key in self.leased if key[0] == host]:
            self.leased.pop(key).stale = True

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
        return (not worker.draining and worker.now() >= self._hold_until and worker.unsettled < self.options.ack_limit
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
        if slot is not None and not slot.closing:
            self.collect()
            self.finish.check()
            slot.nextcall.schedule()

    def _stopped(self, task: asyncio.Task[None]) -> None:
        """The exchange task ended: only an error that does not pass does that, and then the run must not go on."""
        if task.cancelled() or task.exception() is None:
            return
        logger.error("the frontier stops: %s", task.exception())
        self.stats.set_value("frontier/error", str(task.exception()))
        self._closing = asyncio.ensure_future(self._close_spider("frontier_error"))
