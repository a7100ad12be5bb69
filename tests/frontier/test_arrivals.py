"""Between a response and its confirmed ack there are never more pages than a kill may repeat."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from crawler.frontier import arrivals
from crawler.frontier.arrivals import Arrivals
from crawler.frontier.gate import LeaseOver
from crawler.frontier.page import Leased

if TYPE_CHECKING:
    from collections.abc import Callable


def page(number: int = 1) -> Leased:
    return Leased("a.example:80", number)


def made(unsettled: Callable[[], int] = lambda: 0, *, closing: bool = False) -> Arrivals:
    return Arrivals(2, unsettled, lambda: closing)


async def test_those_who_wait_are_let_in_in_their_order() -> None:
    gate, pages = made(), [page(n) for n in range(5)]
    tasks = [asyncio.ensure_future(gate.enter(each)) for each in pages]
    await asyncio.sleep(0.01)
    assert [each.arrived for each in pages] == [True, True, False, False, False]
    gate.leave(pages[1])
    gate.wake()
    await asyncio.sleep(0.01)
    assert [each.arrived for each in pages] == [True, False, True, False, False]
    assert gate.inside == 2
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    gate.wake()
    assert gate.inside == 2, "who was cancelled takes no place"


async def test_a_page_that_waits_for_its_ack_still_counts() -> None:
    waiting = 2
    gate = made(lambda: waiting)
    task = asyncio.ensure_future(gate.enter(page()))
    await asyncio.sleep(0.01)
    gate.wake()
    assert not task.done()
    waiting = 1
    gate.wake()
    await asyncio.wait_for(task, 1)


async def test_a_page_that_others_have_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "LOOK", 0.01)
    gate, late = made(lambda: 2), page()
    task = asyncio.ensure_future(gate.enter(late))
    await asyncio.sleep(0.02)
    late.stale = True
    with pytest.raises(LeaseOver):
        await task
    assert gate.inside == 0
    stale = page()
    stale.stale = True
    with pytest.raises(LeaseOver):
        await made().enter(stale)


async def test_a_worker_that_closes_without_redis_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "LOOK", 0.01)
    monkeypatch.setattr(arrivals, "PATIENCE_AT_CLOSE", 0.05)
    late = page()
    with pytest.raises(LeaseOver):
        await asyncio.wait_for(made(lambda: 2, closing=True).enter(late), 1)
    assert late.unfetched, "it goes back to its place"


async def test_a_page_enters_once_however_often_its_requests_do() -> None:
    gate, once = made(), page()
    for _ in range(3):
        await gate.enter(once)
    assert gate.inside == 1
