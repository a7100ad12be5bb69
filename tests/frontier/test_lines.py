"""A worker's hosts: order, pace and rests, in a time that the test sets."""

from __future__ import annotations

import pytest

from crawler.frontier.lines import REST_AFTER, Line, Lines


def line(host: str, ready_at: float, entries: int = 2, **changes: float) -> Line:
    made = Line(host, delay=1.0, ready_at=ready_at, held=True)
    for number in range(1, entries + 1):
        made.entries.append((number, b""))
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_the_host_that_is_ready_longest_is_next() -> None:
    lines = Lines()
    for name, at in (("late", 9.0), ("second", 2.0), ("first", 1.0)):
        lines.by_host[name] = line(name, at)
        lines.queue(lines.by_host[name])
    assert [found.host for found in (lines.next_ready(5.0), lines.next_ready(5.0)) if found] == ["first", "second"]
    assert lines.next_ready(5.0) is None
    assert lines.next_time() == 9.0


@pytest.mark.parametrize(
    "busy", [{"transferring": 1}, {"handed": 1}, {"held": False}, {"resting": True, "held": False}]
)
def test_a_busy_host_is_not_offered(busy: dict[str, int]) -> None:
    lines = Lines()
    found = line("a", 0.0, **busy)
    lines.by_host["a"] = found
    lines.queue(found)
    assert lines.next_ready(1.0) is None


def test_a_clock_that_was_set_on_is_believed() -> None:
    lines = Lines()
    found = line("a", 0.0)
    lines.queue(found)
    found.ready_at = 3.0
    assert lines.next_ready(1.0) is None
    assert lines.next_ready(3.0) is found


@pytest.mark.parametrize(
    ("changes", "seconds", "wait", "pause"),
    [
        ({}, 0.01, 0.0, 1.0),  # the delay
        ({"crawl_delay": 4.0}, 0.01, 0.0, 4.0),  # robots.txt asks for more
        ({}, 2.5, 0.0, 2.5),  # a slow host gets as long as it took
        ({}, 0.01, 30.0, 30.0),  # Retry-After
    ],
)
def test_the_longest_wish_sets_the_pace(changes: dict[str, float], seconds: float, wait: float, pause: float) -> None:
    found = line("a", 0.0, transferring=1, **changes)
    found.finished(100.0, seconds, failed=False, wait=wait)
    assert found.ready_at == pytest.approx(100.0 + pause)
    assert found.transferring == 0


def test_a_failing_host_rests_longer_each_time_and_recovers() -> None:
    found, pauses, now = line("a", 0.0), [], 100.0
    for _ in range(14):
        found.transferring += 1
        found.finished(now, 0.01, failed=True, rest_limit=600.0)
        pauses.append(found.ready_at - now)
        now = found.ready_at
    assert pauses[: REST_AFTER - 1] == pytest.approx([1.0] * (REST_AFTER - 1))
    assert pauses[REST_AFTER - 1 :] == sorted(pauses[REST_AFTER - 1 :])
    assert pauses[-1] == pytest.approx(600.0)
    assert found.hopeless(14)
    assert not found.hopeless(15)
    found.transferring += 1
    found.finished(now, 0.01, failed=False)
    assert found.failures == 0
