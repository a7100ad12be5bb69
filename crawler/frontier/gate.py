"""Entering and leaving a host: the one place where a transfer is allowed to begin."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from crawler.frontier.lines import REST_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.frontier.lines import Line
    from crawler.frontier.page import Leased
    from crawler.frontier.worker import Worker

logger = logging.getLogger(__name__)
LONG_REST = 30.0  # seconds; from here on an operator wonders what a run waits for
RECHECK = 0.05  # seconds between looks while Redis does not confirm our leases


class LeaseOver(Exception):
    """The transfer may not begin any more: the lease ended, the worker closes, or an operator forbids it."""


class Gate:
    """What the host clock asks before and tells after each transfer."""

    def __init__(self, worker: Worker, closing: Callable[[], bool] = lambda: False) -> None:
        self.worker = worker
        self._closing = closing

    async def enter(self, host: str, page: Leased | None) -> float:
        """Wait until a transfer to ``host`` may begin; returns when it began, on the worker's clock.

        ``page`` is the leased page that the transfer is for, if it is one. ``LeaseOver`` if it may not begin.
        """
        self._arrive(host, page)
        while True:
            self._check(host, page)
            line = self.worker.line(host)
            if self._may_begin(line):
                line.transferring += 1
                return self.worker.now()
            await self._wait(line)

    def look_again(self, host: str, page: Leased | None) -> None:
        """Whether a transfer that has begun may still be sent; ``LeaseOver`` if not: then its page goes back."""
        line = self.worker.lines.get(host)
        if not (line and line.held and self.worker.fresh()) or (page and page.stale):
            if page:
                page.unfetched = True
            raise LeaseOver(f"{host}: this worker was away too long to ask it now")

    def _arrive(self, host: str, page: Leased | None) -> None:
        """A page that was handed out has come as far as the clock."""
        if page and page.host == host and not page.reached_clock:
            page.reached_clock = True
            line = self.worker.lines.get(host)
            if line and line.handed:
                line.handed -= 1

    def _check(self, host: str, page: Leased | None) -> None:
        reason = self.worker.orders.forbid(host)
        if page and page.stale:
            reason = "its lease ended"
        elif self._closing() or self.worker.draining:
            reason = "the worker closes"
        elif blocked := self.worker.blocked(host):
            reason = f"blocked: {blocked}"
        if reason:
            if page:
                page.unfetched = not reason.startswith("blocked")
            raise LeaseOver(f"{host}: {reason}")

    def _may_begin(self, line: Line) -> bool:
        return (line.held and line.transferring < line.concurrency and line.ready_at <= self.worker.now()
                and self.worker.fresh())  # fmt: skip

    async def _wait(self, line: Line) -> None:
        """Wait for news of the host, or for its clock; whoever waits longest is woken first."""
        if not line.held:
            self.worker.nudge()
        until = line.ready_at - self.worker.now()
        if line.held and until <= 0 and line.transferring < line.concurrency:
            until = RECHECK  # held and ready: only Redis' confirmation is missing
        elif not line.held or line.transferring >= line.concurrency:
            until = self.worker.options.beat
        waiter = asyncio.get_running_loop().create_future()
        line.wanting.append(waiter)
        try:
            async with asyncio.timeout(min(max(until, 0.0), self.worker.options.beat)):
                await waiter
        except TimeoutError:
            pass
        finally:
            if waiter in line.wanting:
                line.wanting.remove(waiter)

    def leave(self, host: str, started: float, *, trouble: str | None = None, wait: float = 0.0) -> None:
        """A transfer to ``host`` has ended, with what ``trouble``, if it failed; ``wait`` is what the server asked for
        (Retry-After), in seconds."""
        line = self.worker.lines.get(host)
        if line is None or line.transferring == 0:
            return
        now = self.worker.now()
        line.finished(
            now, now - started, failed=trouble is not None, wait=wait, rest_limit=self.worker.options.rest_limit
        )
        if line.hopeless(self.worker.options.failures_max) and not line.blocked:
            self.worker.block(host, f"failed {line.failures} times in a row, at last: {trouble}")
            logger.warning("%s failed %d times in a row, at last: %s; left alone for this run",
                           host, line.failures, trouble)  # fmt: skip
        elif line.failures == REST_AFTER or (trouble is not None and line.ready_at - now >= LONG_REST):
            again, most = line.ready_at - now, self.worker.options.failures_max
            logger.warning("%s failed %d times in a row, at last: %s; asked again in %.0f s (HOST_FAILURES_MAX is %d)",
                           host, line.failures, trouble, again, most)  # fmt: skip
        line.wake()
        self.worker.lines.queue(line)
        if line.idle() or line.resting:
            self.worker.nudge()
