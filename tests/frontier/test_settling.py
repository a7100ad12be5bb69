"""A page is settled when the engine lets go of it, not when the engine next asks for work."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import redis
from scrapy import Request, signals
from scrapy.core.engine import _Slot
from scrapy.utils.request import RequestFingerprinter
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawler.frontier.entry import LEASE
from crawler.frontier.gate import Gate, LeaseOver
from crawler.frontier.inbox import Inbox
from crawler.frontier.lines import Line
from crawler.frontier.options import Options
from crawler.frontier.settling import Errback, Settling
from crawler.frontier.worker import Worker

HOST = "a.example:80"


@pytest.fixture
async def settling() -> Settling:
    """A worker that never speaks to Redis, and the engine's own slot."""
    crawler = get_crawler()
    slot = _Slot(False, SimpleNamespace(schedule=lambda: None), None)  # type: ignore[arg-type]
    crawler.engine = SimpleNamespace(_slot=slot)  # type: ignore[assignment]
    server: Any = SimpleNamespace(redis=SimpleNamespace(register_script=lambda _: None))
    worker = Worker(server, "f", Options(), wake=lambda: None, slots=lambda: 1)
    return Settling(crawler, worker, lambda: False)


def hand_out(settling: Settling, number: int = 1, **request: Any) -> Request:
    line = settling.worker.lines.get(HOST) or Line(HOST, held=True)
    settling.worker.lines.by_host[HOST] = line
    line.open.add(number)
    line.handed += 1
    made = settling.hand_out(Request(f"http://a.example/{number}", **request), line, number)
    settling.crawler.engine._slot.add_request(made)  # type: ignore[union-attr]
    return made


def leave(settling: Settling, request: Request) -> None:
    settling.crawler.engine._slot.remove_request(request)  # type: ignore[union-attr]


def test_a_page_is_acked_at_once_though_nobody_asks_for_the_next(settling: Settling) -> None:
    request = hand_out(settling)
    leave(settling, request)
    assert settling.worker.holding.settled[HOST].acked == [1]
    assert not settling.leased


async def test_its_place_goes_to_the_next_response_when_it_is_given_back(settling: Settling) -> None:
    page = settling.page_of(request := hand_out(settling))
    assert page
    await settling.arrivals.enter(page)
    page.unfetched = True
    leave(settling, request)
    assert settling.arrivals.inside == 0
    assert not settling.worker.holding.settled


def test_a_page_that_others_have_is_not_settled(settling: Settling) -> None:
    request = hand_out(settling)
    settling.forget(HOST)
    leave(settling, request)
    assert not settling.worker.holding.settled


def test_the_same_request_queued_again_still_settles_its_page(settling: Settling) -> None:
    request = hand_out(settling)
    request.meta.pop(LEASE)  # as the inbox does
    leave(settling, request)
    assert settling.worker.holding.settled[HOST].acked == [1]


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("why", ["retry_times", "redirect_times", "postponed"])
def test_the_next_try_of_a_page_that_others_have_is_theirs(settling: Settling, why: str, taken: bool) -> None:
    """Queued as well it would be fetched twice."""
    crawler = settling.crawler
    crawler.spider = crawler._create_spider("tests")
    crawler.request_fingerprinter = RequestFingerprinter(crawler)
    again = hand_out(settling).replace(dont_filter=True)
    again.meta[why] = 1
    if taken:
        settling.forget(HOST)
    inbox = Inbox(crawler, settling.worker, settling)
    assert inbox.take(again) is not taken
    assert settling.worker.pending_pushes() == (not taken)


@pytest.mark.parametrize("error", [redis.exceptions.ConnectionError("away"), redis.exceptions.OutOfMemoryError("full")])
def test_a_page_is_not_to_blame_for_a_redis_that_is_away(settling: Settling, error: Exception) -> None:
    request = hand_out(settling)
    response = SimpleNamespace(request=request)
    settling.crawler.signals.send_catch_log(signals.spider_error, response=response, failure=Failure(error))
    leave(settling, request)
    assert not settling.worker.holding.settled, "it goes back to its place"


@pytest.mark.parametrize("error", [KeyError("a defect"), MemoryError()])
def test_an_error_that_is_no_refusal_makes_a_dead_letter(settling: Settling, error: Exception) -> None:
    request = hand_out(settling)
    assert request.errback
    failure = Failure(error)
    assert request.errback(failure) is failure
    leave(settling, request)
    assert settling.worker.holding.settled[HOST].dead == [1, f"{type(error).__name__}: {error}"]


def test_the_requests_own_errback_is_called_and_comes_back_for_the_queue(settling: Settling) -> None:
    def own(failure: Failure) -> str:
        return "handled"

    request = hand_out(settling, errback=own)
    assert request.errback
    assert request.errback(Failure(OSError())) == "handled"
    copy = request.copy()
    Errback.taken_off(copy)
    assert copy.errback is own


def test_when_item_after_item_fails_the_store_is_blamed(settling: Settling) -> None:
    requests = [hand_out(settling, number) for number in (1, 2, 3)]
    for request in requests:
        response = SimpleNamespace(request=request)
        settling.crawler.signals.send_catch_log(signals.item_error, response=response)
        leave(settling, request)
    assert settling.worker.holding.settled[HOST].failed == [1]
    assert settling.hold_until > settling.worker.now()


@pytest.mark.parametrize(("held", "seconds", "sent"), [(True, 0.0, True), (False, 0.0, False), (True, 5.0, False)])
def test_a_request_is_looked_at_once_more_before_its_bytes_leave(
    settling: Settling, held: bool, seconds: float, sent: bool
) -> None:
    """A process halted between the clock and the wire would ask a host that another worker has by then."""
    page = settling.page_of(hand_out(settling))
    worker = settling.worker
    worker.lines.by_host[HOST].held = held
    worker.shards[0].confirmed_at = worker.now() - seconds
    gate = Gate(worker)
    if sent:
        gate.look_again(HOST, page)
        return
    with pytest.raises(LeaseOver):
        gate.look_again(HOST, page)
    assert page
    assert page.unfetched
