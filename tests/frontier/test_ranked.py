"""Those that were pointed to: each once, best first, bounded in steps and number, moving with who pointed to them."""

from __future__ import annotations

import json
from typing import Any

from redis.asyncio import Redis

from crawler.frontier.ranked import OF_ONE, Pointed, Ranked


def pointed(source: str, target: str, rank: int = 10) -> Pointed:
    return Pointed(source, target, rank, f'{{"url": "http://{target}/"}}')


async def test_each_once_best_first_within_steps(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    assert await ranked.add([pointed("a", "b", 5), pointed("a", "c", 50)], 2) == (2, 0, 0)
    assert await ranked.add([pointed("a", "b", 5)], 2) == (0, 1, 0)  # a page that is read again
    assert await ranked.add([pointed("b", "d")], 2) == (1, 0, 0)
    assert await ranked.add([pointed("d", "e")], 2) == (0, 0, 1)  # three steps from the seed
    assert await ranked.add([pointed("c", "a")], 2) == (0, 1, 0)  # nobody comes back to the seed
    assert [key for key, *_ in await ranked.best(9)] == ["c", "d", "b"]
    await redis.aclose()


async def test_one_source_cannot_fill_the_memory_that_all_share(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    many = [pointed("hostile", f"made-up-{n}") for n in range(500)]
    assert await ranked.add(many, 3) == (OF_ONE, 0, 500 - OF_ONE)
    assert await ranked.add(many, 3, ranked=False) == (0, OF_ONE, 500 - OF_ONE)  # nor in the order of discovery
    assert await ranked.add([pointed("other", "made-up-499")], 3) == (1, 0, 0)
    assert (await ranked.add([pointed("feed:file", f"name-{n}") for n in range(500)], 1, of_one=0))[0] == 500
    await redis.aclose()


async def test_release_keeps_to_room_and_budget(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([pointed("a", f"s{n}", n) for n in range(10)], 3)
    assert await ranked.release("list", 3, 5) == 3
    assert await ranked.release("list", 3, 5) == 2
    assert await ranked.release("list", 3, 5) == 0 and await ranked.left(5) == 0
    first = json.loads(redis_client.lrange("list", 0, -1)[0])
    assert first == {"url": "http://s9/", "meta": {"rank": 9}} and redis_client.llen("list") == 5
    await ranked.end_run()
    assert await ranked.left(5) == 5  # a new run, a new budget; what was crawled does not come back
    assert await ranked.add([pointed("a", "s9")], 3) == (0, 1, 0)
    await redis.aclose()


async def test_targets_move_with_who_points(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([pointed("bad", "x", 1), pointed("good", "y", 2)], 3)
    assert await ranked.heat({"bad": (900, 9), "good": (0, 9)}, 45) == {"bad": 41, "good": 0}
    assert [key for key, *_ in await ranked.best(2)] == ["x", "y"]
    await ranked.heat({"bad": (0, 90)}, 45)
    rank = {key: value for key, value, _ in await ranked.best(2)}
    assert rank["x"] < 10
    await redis.aclose()


async def test_order_of_discovery(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([pointed("a", "x", 1), pointed("a", "y", 99)], 3, ranked=False)
    assert [key for key, *_ in await ranked.best(2)] == ["x", "y"]
    await redis.aclose()


async def test_who_was_only_looked_at_waits_again_and_costs_no_budget(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([pointed("a", "cold", 30), pointed("a", "hot", 20), pointed("a", "last", 1)], 3)
    assert await ranked.release("list", 1, 2) == 1
    assert await ranked.put_back(pointed("a", "cold", 5), 2)
    assert [key for key, *_ in await ranked.best(9)] == ["hot", "cold", "last"]
    assert await ranked.add([pointed("a", "cold", 30)], 3) == (0, 1, 0)  # the next page of who points
    assert [key for key, *_ in await ranked.best(9)] == ["hot", "cold", "last"]
    assert await ranked.left(2) == 2
    assert await ranked.release("list", 9, 2) == 2
    assert [json.loads(seed)["url"] for seed in redis_client.lrange("list", 0, -1)] == [
        "http://cold/", "http://hot/", "http://cold/"
    ]  # fmt: skip
    await redis.aclose()


async def test_looks_end(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    assert not await ranked.put_back(pointed("a", "alone", 5), 9)  # nobody else waits: it is read now
    await ranked.add([pointed("a", "other", 30)], 3)
    assert [await ranked.put_back(pointed("a", f"s{n}", 5), 1) for n in range(4)] == [True, True, True, False]
    await redis.aclose()
