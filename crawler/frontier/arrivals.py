"""How many pages may be durable without Redis knowing: what a killed worker makes others repeat."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from crawler.frontier.gate import LeaseOver

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.frontier.page import Leased

LOOK = 0.5  # seconds between looks at whether the page is still ours
PATIENCE_AT_CLOSE = 2.0  # seconds that a closing worker waits for its acks before it lets a response go


class Arrivals:
    """Lets responses in to their callbacks: ``limit`` at most between their arrival and their confirmed ack.

    A response that must wait keeps its place among the concurrent requests, so that fetching slows down by itself.
    """

    def __init__(self, limit: int, unsettled: Callable[[], int], closing: Callable[[], bool]) -> None:
        self.limit, self._unsettled, self._closing = limit, unsettled, closing
        self.inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self, page: Leased) -> None:
        """Wait for a place; ``LeaseOver`` when the page is no longer ours, or the worker closes without Redis."""
        if page.arrived:
            return
        if self._waiting or not self._room():
            await self._turn(page)
        else:
            self.inside += 1
        page.arrived = True
        if page.stale:
            self.leave(page)
            raise LeaseOver(f"{page.host}: its lease ended")

    def leave(self, page: Leased) -> None:
        """The page is settled (and counted as such until Redis confirms), given back, or taken from us."""
        if page.arrived:
            page.arrived = False
            self.inside -= 1

    def wake(self) -> None:
        """Give free places to those who wait, first come first served."""
        while self._waiting and self._room():
            waiter = self._waiting.popleft()
            if not waiter.done():
                self.inside += 1
                waiter.set_result(None)

    def _room(self) -> bool:
        return self.inside + self._unsettled() < self.limit

    async def _turn(self, page: Leased) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        at_close = 0.0
        try:
            while not waiter.done():
                await asyncio.wait({waiter}, timeout=LOOK)
                at_close += LOOK if self._closing() else 0.0
                if not waiter.done() and (page.stale or at_close >= PATIENCE_AT_CLOSE):
                    page.unfetched = True
                    raise LeaseOver(f"{page.host}: its response came too late")
        except BaseException:
            if waiter.done():
                self.inside -= 1
            else:
                self._waiting.remove(waiter)
            raise
