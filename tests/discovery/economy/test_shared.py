"""What one worker learned of a shop, another knows: through a real Redis."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from crawler.discovery.economy.plan import Candidate
from crawler.discovery.economy.shared import EVERY, SharedShops
from crawler.discovery.economy.shop import Shop
from tests.discovery.economy.judging import card, page, shop_steps

THING = "http://s.test/red-shoe"


async def run() -> str:
    return "run-1"


@pytest.fixture
async def workers(redis_url, redis_client):
    """Two workers with the same shop."""
    shares = [SharedShops(Redis.from_url(redis_url), "storefront", run) for _ in range(2)]
    yield [(shared, Shop("s.test")) for shared in shares]
    for shared in shares:
        await shared.redis.aclose()


async def hand_over(workers) -> tuple[Shop, Shop]:
    (first, mine), (second, theirs) = workers
    await first.exchange(mine)
    await second.join(theirs)
    return mine, theirs


async def test_addresses_products_feeds_and_legal_pages_are_known_to_the_next(workers) -> None:
    _, shop = workers[0]
    shop_steps(shop, "http://s.test/hats", "http://s.test/p.php?a=1&products_id=5")
    shop.in_feed([THING])
    assert list(shop.legal({"imprint": "http://s.test/imprint"}))
    _, other = await hand_over(workers)
    again = ("http://s.test/hats", "http://s.test/p.php?b=2&products_id=5", THING)
    assert shop_steps(other, *again) == []
    assert not other.worth(THING, "unknown")
    assert not list(other.legal({"imprint": "http://s.test/legal-notice"}))
    assert [one.again for one in other.wanted(THING)] == [True], "its turn had come, and it was dropped"
    assert other.worth(THING, "product")


async def test_a_dropped_address_that_a_card_shows_elsewhere_is_handed_on_once_by_all(workers) -> None:
    _, shop = workers[0]
    shop_steps(shop, THING)
    for n in range(20):
        shop.failed(f"http://s.test/slug-{n}", "unknown")
    assert not shop.worth(THING, "unknown")
    mine, other = await hand_over(workers)
    assert [one.again for one in other.read("http://s.test/list", page(card(THING)), kind="list")] == [True]
    for shared, one in reversed(workers):
        one.pages = EVERY
        await shared.exchange(one)
    assert mine.read("http://s.test/list-2", page(card(THING)), kind="list") == []


async def test_what_a_parameter_is_worth_is_known_before_the_first_request_is_judged(workers) -> None:
    _, shop = workers[0]
    shop.known.counts["drop|visit"] += 1
    _, other = await hand_over(workers)
    assert other.known.dropped() == {"visit"}
    assert [step.url for step in other.steps([Candidate("http://s.test/a?visit=9")])] == ["http://s.test/a"]


async def test_an_address_that_failed_elsewhere_is_no_known_page(workers) -> None:
    _, shop = workers[0]
    shop_steps(shop, "http://s.test/p.php?x=4")
    shop.failed("http://s.test/p.php?x=4")
    _, other = await hand_over(workers)
    assert not other.seen("http://s.test/p.php?x=4")


async def test_another_run_begins_without_marks_and_with_what_was_learned(workers) -> None:
    (first, shop), (second, other) = workers
    shop_steps(shop, THING)
    shop.known.counts["drop|visit"] += 1
    await first.exchange(shop)

    async def later() -> str:
        return "run-2"

    fresh = SharedShops(second.redis, "storefront", later)
    await fresh.join(other)
    assert shop_steps(other, THING) == [THING]
    assert other.known.dropped() == {"visit"}


async def test_redis_away_stops_nothing(redis_url) -> None:
    shared = SharedShops(Redis.from_url("redis://127.0.0.1:1/0"), "storefront", run)
    shop = Shop("s.test")
    await shared.join(shop)
    await shared.exchange(shop)
    assert shared.failed == 2
    assert shop_steps(shop, THING) == [THING]


async def test_what_a_page_marked_does_not_count_when_it_is_read_again(workers) -> None:
    """Its worker was killed between the mark and the link, or Redis forgot the link: nobody would have it."""
    lists = "http://s.test/hats", "http://s.test/bags"
    _, shop = workers[0]
    for url in lists:
        with shop.marks.of(url):
            assert shop_steps(shop, f"{url}/thing") == [f"{url}/thing"]
    mine, other = await hand_over(workers)
    for one in (mine, other):
        one.marks.read_anew(lists[0])
        with one.marks.of(lists[0]):
            assert shop_steps(one, *(f"{url}/thing" for url in lists)) == [f"{lists[0]}/thing"]
            assert shop_steps(one, f"{lists[0]}/thing") == [], "once in a reading"


FIRST, SECOND, THIRD = (f"http://s.test/p.php?{letter}=1&products_id=5" for letter in "abc")


async def test_another_address_of_a_product_is_tried_by_whichever_worker_finds_that_the_first_fails(workers) -> None:
    (first, shop), (second, other) = workers
    assert shop_steps(shop, FIRST, SECOND) == [FIRST]
    assert await first.keep_others(shop) == []
    for _ in range(2):  # a worker that is killed before the step is durable comes to the same
        assert [step.url for step in await second.instead(other, FIRST)] == [SECOND]
    assert await second.instead(other, SECOND) == []
    assert shop_steps(shop, THIRD) == [], "it does not know yet that all were tried"
    assert [step.url for step in await first.keep_others(shop)] == [THIRD]


async def test_an_address_without_a_product_s_name_has_no_others(workers) -> None:
    (first, shop), _ = workers
    assert await first.instead(shop, THING) == []
    assert not shop.marks.has("gone", THING)


async def test_a_page_that_could_not_be_had_is_known_at_once(workers) -> None:
    """Whoever is killed after it would leave out its other dress for ever."""
    (first, shop), (second, other) = workers
    plain, dressed = "http://s.test/p.php?products_id=5", "http://s.test/p.php?language=en&products_id=5"
    assert shop_steps(shop, plain) == [plain]
    await first.instead(shop, plain, "product")
    await second.join(other)
    assert shop_steps(other, dressed) == [dressed]
