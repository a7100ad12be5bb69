"""Entering and leaving a host: the one place where a transfer is allowed to begin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from crawler.frontier.lines import Line

if TYPE_CHECKING:
    from crawler.frontier.scheduler import Leased
    from crawler.frontier.worker import Worker

RECHECK = 0.05  # seconds between looks while Redis does not confirm our leases


class LeaseOver(Exception):  # noqa: N818 - an event, not a mistake
    """A leased page's host belongs to another worker by now; that worker fetches the page."""


class Gate:
    """What the host clock asks before and tells after each transfer."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker

    async def enter(self, host: str, page: Leased | None) -> float:
        """Wait until a transfer to ``host`` may begin; returns when it began, on the worker's clock.

        ``page`` is the leased page that the transfer is for, if it is one; ``LeaseOver`` if its lease ended.
        """
        lines = self.worker.lines
        if page and page.host == host and not page.reached_clock:
            line = lines.get(host)
            page.reached_clock = True
            if line:
                line.handed -= 1
        while True:
            line = lines.get(host)
            if page and page.stale:
                raise LeaseOver(f"the lease of {host} ended")
            if line is None:
                line = lines.by_host[host] = Line(
                    host, delay=self.worker.options.delay, concurrency=self.worker.options.concurrency
                )
            if not line.held and not line.taking:
                line.taking = True
            if self._may_begin(line):
                line.transferring += 1
                return self.worker.now()
            await self._wait(line)

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
            await asyncio.wait_for(waiter, max(until, 0.0))
        except TimeoutError:
            pass
        finally:
            if waiter in line.wanting:
                line.wanting.remove(waiter)

    def leave(self, host: str, started: float, *, failed: bool, wait: float = 0.0) -> None:
        """A transfer to ``host`` has ended; ``wait`` is what the server asked for (Retry-After), in seconds."""
        line = self.worker.lines.get(host)
        if line is None or line.transferring == 0:
            return
        now = self.worker.now()
        line.finished(now, now - started, failed=failed, wait=wait, rest_limit=self.worker.options.rest_limit)
        if line.wanting and not line.wanting[0].done():
            line.wanting[0].set_result(None)
        self.worker.lines.queue(line)
        if line.idle() or line.resting:
            self.worker.nudge()
