"""From handed out to settled: which pages Scrapy has, what went wrong with them, and what is said of them at the end.

A page is acked when the engine has let go of it: then its callback or errback, its retries and redirects and all
awaited pipelines are done.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from redis import exceptions
from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from typing_extensions import override

from crawler.frontier.arrivals import Arrivals
from crawler.frontier.entry import LEASE
from crawler.frontier.page import Leased

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from crawler.frontier.lines import Line
    from crawler.frontier.worker import Worker

REDIS_AWAY = (exceptions.ConnectionError, exceptions.TimeoutError, exceptions.OutOfMemoryError)
STORE_PAUSE, STORE_PAUSE_MAX = 0.25, 15.0  # seconds, doubled with each item in a row that was not stored


class Errback(partial[Any]):
    """A request's errback while it is leased: notes the failure, then does what the request's own does."""

    @staticmethod
    def taken_off(request: Request) -> None:
        """Give a request (or its copy) its own errback back: ours cannot be queued."""
        if isinstance(request.errback, Errback):
            request.errback = request.errback.args[1]


class InProgress(set["Request"]):
    """The engine's set of requests under way, which says at once when one has left it.

    While all its places are taken the engine asks its scheduler for nothing: to look only then would be too late.
    """

    def __init__(self, requests: Iterable[Request], left: Callable[[Request], None]) -> None:
        super().__init__(requests)
        self._left = left

    @override
    def remove(self, request: Request) -> None:
        """Called by the engine when callback, errback and awaited pipelines are done."""
        super().remove(request)
        self._left(request)


class Settling:
    """The pages of one worker that Scrapy works on."""

    def __init__(self, crawler: Crawler, worker: Worker, closing: Callable[[], bool]) -> None:
        self.crawler, self.worker = crawler, worker
        assert crawler.stats is not None
        self.stats = crawler.stats
        self.leased: dict[tuple[str, int], Leased] = {}
        self._handed_out: dict[Request, Leased] = {}
        self.arrivals = Arrivals(worker.options.ack_limit, lambda: worker.unsettled, closing)
        self.hold_until = 0.0
        """Nothing is begun before this time, because the store is away."""
        self._store_failures = 0
        slot = crawler.engine._slot if crawler.engine else None
        assert slot is not None, "the engine has a slot before it opens its scheduler"
        slot.inprogress = InProgress(slot.inprogress, self._left_engine)
        for receiver, signal in (
            (self._item_error, signals.item_error),
            (self._item_stored, signals.item_scraped),
            (self._spider_error, signals.spider_error),
        ):
            crawler.signals.connect(receiver, signal)

    def hand_out(self, request: Request, line: Line, number: int) -> Request:
        """Remember a page that Scrapy is given."""
        page = self.leased[line.host, number] = self._handed_out[request] = Leased(line.host, number)
        request.meta[LEASE] = (line.host, number)
        request.errback = Errback(self._download_failed, page, request.errback)
        return request

    def page_of(self, request: Request) -> Leased | None:
        """The leased page that a request or one of its copies belongs to."""
        return self.leased.get(request.meta.get(LEASE, ("", -1)))

    def _left_engine(self, request: Request) -> None:
        page = self._handed_out.pop(request, None)
        if page and not page.stale:
            del self.leased[page.host, page.number]
            self._let_go(page)
            self.arrivals.wake()

    def _let_go(self, page: Leased) -> None:
        line = self.worker.lines.get(page.host)
        if line and not page.reached_clock and line.handed:
            line.handed -= 1
            self.worker.lines.queue(line)
        self.arrivals.leave(page)
        if page.unfetched and not page.continued:
            self.worker.give_back(page.host, page.number)
            return
        reason = page.reason or (None if page.continued else page.trouble)
        if reason:
            self.stats.inc_value("frontier/dead")
        self.worker.settle(page.host, page.number, reason, failed=page.failed)

    def forget(self, host: str) -> None:
        """A host was taken from us: what is under way there may end, its settling means nothing any more."""
        for key in [key for key in self.leased if key[0] == host]:
            page = self.leased.pop(key)
            page.stale = True
            self.arrivals.leave(page)

    # --- what goes wrong -----------------------------------------------------------------------------------------
    def _item_error(self, response: Any) -> None:
        """An item was not stored: its page is not settled, and comes again.

        One page may be at fault, and counts an attempt. When page after page fails the store is: then nothing more is
        begun for a while, growing with each failure, and no page is blamed.
        """
        self._store_failures += 1
        self.stats.inc_value("frontier/item_failed")
        pause = min(STORE_PAUSE_MAX, STORE_PAUSE * 2.0 ** min(self._store_failures, 20))
        self.hold_until = self.worker.now() + pause
        page = self.page_of(response.request) if getattr(response, "request", None) else None
        if page and self._store_failures > 1:
            page.unfetched = True
        elif page:
            page.failed = True

    def _item_stored(self) -> None:
        self._store_failures = 0

    def _spider_error(self, response: Any, failure: Failure) -> None:
        """A callback failed: trying again would fail again, so the page is kept as a dead letter.

        Unless Redis was away too long for it: then the page is not to blame, and comes again.
        """
        request = getattr(response, "request", None)
        page = self.page_of(request) if request is not None else None
        if page and isinstance(failure.value, REDIS_AWAY):
            page.unfetched = True
        elif page and not isinstance(failure.value, IgnoreRequest):
            page.reason = f"callback: {type(failure.value).__name__}: {failure.value}"[:300]

    def _download_failed(self, page: Leased, own: Callable[[Failure], Any] | None, failure: Failure) -> Any:
        """No response came out of the middlewares: deliberately, or by an error that must not pass for a page read."""
        if not isinstance(failure.value, IgnoreRequest):
            page.trouble = page.trouble or f"{type(failure.value).__name__}: {failure.value}"[:300]
        return own(failure) if own else failure
