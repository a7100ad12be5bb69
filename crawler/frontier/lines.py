"""The hosts a worker holds: their leased entries, and when each may be asked again.

Pure book-keeping without Redis or Scrapy; times are seconds of a monotonic clock that the caller passes in.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import Future

REST_AFTER = 3  # failures in a row before a host is rested: one or two are an accident
REST_BASE = 2.0  # seconds of the first rest; each further failure doubles it
LATENCY_SHARE = 1.0  # a host that needs a second to answer is given at least a second between requests
LATENCY_SMOOTHING = 0.3  # weight of the newest response time: follows a change within about five pages


@dataclass(slots=True, eq=False)
class Line:
    """One host: its entries in order, its clock, and what is under way."""

    host: str
    delay: float = 1.0
    concurrency: int = 1
    entries: deque[tuple[int, bytes]] = field(default_factory=deque)
    top: int = 0
    """The highest field that was leased, so that a repeated reply adds nothing twice."""
    ready_at: float = 0.0
    handed: int = 0
    """Pages given to Scrapy that have not reached the clock yet."""
    transferring: int = 0
    wanting: deque[Future[None]] = field(default_factory=deque)
    """Transfers that wait for this host, first come first served."""
    open: set[int] = field(default_factory=set)
    """Fields that were handed out and are not acked yet."""
    failures: int = 0
    latency: float = 0.0
    crawl_delay: float = 0.0
    held: bool = False
    """Whether Redis gave this host to this worker."""
    taking: bool = False
    blocked: str = ""
    dropped: bool = False
    resting: bool = False

    def pace(self) -> float:
        """Seconds between the end of a response and the next request: the longest of all that ask for one."""
        return max(self.delay, self.crawl_delay, min(self.latency * LATENCY_SHARE, 10 * max(self.delay, 0.1)))

    def free(self) -> bool:
        """Whether another page may be handed out as soon as the clock allows."""
        return self.held and not self.wanting and self.handed + self.transferring < self.concurrency

    def hopeless(self, most: int) -> bool:
        """Whether the host failed so often in a row that this run leaves it alone."""
        return 0 < most <= self.failures

    def idle(self) -> bool:
        """Nothing of this host is under way in this worker."""
        return not (self.entries or self.under_way())

    def under_way(self) -> bool:
        """Whether a page of this host has been begun and is not settled, or somebody waits to begin."""
        return bool(self.open or self.handed or self.transferring or self.wanting)

    def give_up(self) -> None:
        """Nothing more begins here: when what is under way has ended, the host goes back with all that is left."""
        self.resting = True
        self.entries.clear()

    def wake(self) -> None:
        """Wake whoever waits longest for this host."""
        for waiter in self.wanting:
            if not waiter.done():
                waiter.set_result(None)
                break

    def finished(
        self, now: float, seconds: float, *, failed: bool, wait: float = 0.0, rest_limit: float = 600.0
    ) -> None:
        """A response ended (or its attempt failed): set the clock on, from now."""
        self.transferring -= 1
        self.latency += LATENCY_SMOOTHING * (seconds - self.latency) if self.latency else seconds
        self.failures = self.failures + 1 if failed else 0
        rest = 0.0
        if self.failures >= REST_AFTER:
            self.resting = True
            rest = min(rest_limit, REST_BASE * 2.0 ** min(self.failures - REST_AFTER, 20))
        self.ready_at = max(self.ready_at, now + max(self.pace(), rest, wait))


class Lines:
    """All lines of a worker, and the order in which they become ready."""

    def __init__(self) -> None:
        self.by_host: dict[str, Line] = {}
        self._heap: list[tuple[float, int, Line]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self.by_host)

    def get(self, host: str) -> Line | None:
        """The line of a host, if this worker knows it."""
        return self.by_host.get(host)

    def queue(self, line: Line) -> None:
        """Put a line that has entries and a free place into the order."""
        if line.entries and line.free():
            heapq.heappush(self._heap, (line.ready_at, next(self._numbers), line))

    def next_ready(self, now: float) -> Line | None:
        """The line that has been ready longest, taken out of the order."""
        while self._heap:
            at, _, line = self._heap[0]
            if at > now:
                return None
            heapq.heappop(self._heap)
            if line.dropped or not line.entries or not line.free():
                continue
            if line.ready_at > now:
                self.queue(line)
                continue
            return line
        return None

    def next_time(self) -> float | None:
        """When the first line becomes ready."""
        return self._heap[0][0] if self._heap else None

    def runnable(self, until: float, enough: int) -> int:
        """How many pages could start before ``until``; counts no further than ``enough``."""
        total = 0
        for line in self.by_host.values():
            if line.entries and line.ready_at <= until and line.free():
                total += min(len(line.entries), line.concurrency)
                if total >= enough:
                    break
        return total

    def drop(self, line: Line) -> None:
        """Forget a line; whoever waits for it is woken and asks again."""
        line.dropped = True
        line.held = False
        if self.by_host.get(line.host) is line:
            del self.by_host[line.host]
        while line.wanting:
            waiter = line.wanting.popleft()
            if not waiter.done():
                waiter.set_result(None)
