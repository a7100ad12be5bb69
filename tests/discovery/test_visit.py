"""Turns, saved up: simulated visits to shops of many sizes keep to their share, and miss nothing for too long."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.discovery.revisits.cards import name_of
from crawler.discovery.revisits.visit import ALWAYS_PAID, CURIOSITY, DOUBTS, LEAST, Visit, moment
from crawler.store.visits import Earlier, Seen

HOME = "http://shop.test/"
START = datetime(2026, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def shop(products: int, per_list: int) -> dict[str, Seen]:
    """A shop after its first crawl, by address."""
    urls = [f"{HOME}p/{n}" for n in range(products)]
    pages = [Seen(HOME, "list", START, START), *(Seen(url, "product", START, START, said="1") for url in urls)]
    for at in range(0, products, per_list) if per_list else ():
        cards = {name_of(url): "1" for url in urls[at : at + per_list]}
        pages.append(Seen(f"{HOME}c/{at}", "list", START, START, cards=cards))
    return {page.url: page for page in pages}


def visited(pages: dict[str, Seen], number: int, share: float = 0.1) -> list[Seen]:
    """What visit ``number`` asks for; the pages are seen by it."""
    at = START + number * DAY / 24
    order = sorted(pages.values(), key=lambda page: (page.last_seen, page.url))
    chosen = Visit(Earlier(number, order), at, share, timedelta(days=90)).plan(HOME)
    for page in chosen:
        pages[page.url] = replace(page, last_seen=at)
    return chosen


@pytest.mark.parametrize(("products", "per_list"), [(3, 0), (12, 12), (24, 4), (60, 20), (150, 24), (700, 48)])
def test_a_year_of_visits_keeps_to_the_share_and_looks_at_everything(products: int, per_list: int) -> None:
    pages = shop(products, per_list)
    known = len(pages) + 1
    rate = max(LEAST, 0.1 * known - ALWAYS_PAID)
    lists = math.ceil(products / per_list) if per_list else 0
    visits = math.ceil((len(pages) + lists) / max(0.5 * (1 - CURIOSITY) * rate, 0.1)) * 2 + 10
    spent = [len(visited(pages, number)) for number in range(1, visits + 1)]
    assert sum(spent) <= (1 - CURIOSITY) * rate * visits + 1
    assert max(spent) <= (1 - CURIOSITY) * rate + 1
    assert all(page.last_seen > START for page in pages.values() if page.url != HOME)


def test_lists_that_cover_a_large_shop_are_looked_at_every_time() -> None:
    pages = shop(150, 24)
    for number in range(1, 8):
        asked = visited(pages, number)
        assert len({card for page in asked for card in page.cards}) == 150
        assert any(page.kind == "product" for page in asked)


def test_what_nobody_looked_at_for_ninety_days_is_due() -> None:
    pages = shop(30, 0)
    order = list(pages.values())
    later = Visit(Earlier(1, order), START + 91 * DAY, 0.1, timedelta(days=90))
    assert len(later.plan(HOME)) == 30


def test_a_card_is_compared_with_what_its_own_list_said() -> None:
    pages = shop(4, 2)
    visit = Visit(Earlier(1, list(pages.values())), START + DAY, 0.1, timedelta(days=90))
    first, second = (name_of(f"{HOME}p/{n}") for n in (0, 1))
    changed, _ = visit.compare(f"{HOME}c/0", {first: "2", second: "1"})
    assert [page.url for page in changed] == [f"{HOME}p/0"]
    assert visit.compare(f"{HOME}c/0", {first: "2"})[0] == []  # asked for once a visit
    moved = name_of(f"{HOME}p/3")
    assert visit.compare(f"{HOME}c/0", {moved: "1"})[0] == []
    assert [page.url for page in visit.compare(f"{HOME}c/0", {moved: "9"})[0]] == [f"{HOME}p/3"]


def test_a_card_that_was_never_seen_before_tells_no_change() -> None:
    pages = shop(4, 0)
    visit = Visit(Earlier(1, list(pages.values())), START + DAY, 0.1, timedelta(days=90))
    assert visit.compare(f"{HOME}c/new", {name_of(f"{HOME}p/3"): "1"}) == ([], [])


def test_dates_are_believed_until_they_lied() -> None:
    pages = shop(20, 0)
    visit = Visit(Earlier(1, list(pages.values())), START + DAY, 0.1, timedelta(days=90))
    entries = [(f"{HOME}p/{n}", "2026-02-01") for n in range(10)] + [(f"{HOME}p/11", "2025-01-01")]
    assert len(list(visit.dated(entries))) == 10
    for n in range(DOUBTS):
        assert not visit.dates_lie()
        visit.looked(f"{HOME}p/{n}", "1", "dated")
    assert visit.dates_lie()


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "2026-13-01", "0000-00-00", "2026-11-25T99:00:00Z", "9" * 5000]
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert moment(text) is None


def test_dates_with_and_without_a_time() -> None:
    assert moment("2026-01-05") == START
    assert moment("2026-01-05T02:00:00+02:00") == START
