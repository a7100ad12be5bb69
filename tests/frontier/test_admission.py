"""What is let into the queues and what leaves them unread: seen addresses, budgets, blocked hosts, poison."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from tests.frontier.simulation import DELAY, T0, TAG, A, contents, mark, names, new_worker, note, number, pushes


async def test_what_was_seen_is_not_queued_again_but_a_seed_may_be(server: Redis) -> None:
    worker = new_worker(server, "w")
    for where in (0, 0, 2):
        await worker.exchange(T0, push=pushes((A, "page", 1), where=where))
    assert (await contents(server))["queued"] == ["page", "page"]
    assert await number(server, "duplicate") == 1


async def test_generations_of_the_seen_set_remember_what_older_ones_hold(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "old", 1)))
    await server.hset(f"{TAG}:shop:n", mapping={"seen_generation": 2, "seen_in_generation": 0})
    await worker.exchange(T0, push=pushes((A, "old", 1), (A, "new", 1)))
    assert sorted((await contents(server))["queued"]) == ["new", "old"]
    high, low = mark("new")
    assert await server.sismember(f"{TAG}:shop:s0:2:{high % 8192}", str(low))


@pytest.mark.parametrize(
    ("budget", "reason"),
    [([3, 0, 0, 0], "budget_pages"), ([0, 1000, 0, 0], "budget_seconds"), ([0, 0, 3, 0], "budget_run_pages"),
     ([0, 0, 0, 1000], "budget_run_seconds")],
)  # fmt: skip
async def test_budgets_are_shared_and_what_goes_over_is_counted(server: Redis, budget: list[int], reason: str) -> None:
    one, two = new_worker(server, "one"), new_worker(server, "two")
    pages = [(host, f"{host}{n}", 1) for host in ("www.shop.example:443", "cdn.shop.example:443") for n in range(9)]
    await one.exchange(T0, push=pushes(*pages, site="shop.example"))
    first = names(await one.exchange(T0, want=1, budget=budget))
    second = names(await two.exchange(T0 + 2000, want=1, budget=budget))
    allowed = 3 if "pages" in reason else 8
    assert len(first) == allowed
    assert not second
    assert await number(server, reason) == 16 - allowed
    n = {name: await number(server, name) for name in ("pushed", "queued", "leased", reason)}
    assert n["pushed"] == n["queued"] + n["leased"] + n[reason]


async def test_do_not_crawl_covers_what_is_below_the_name(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(("www.police.example:443", "page", 1), ("notpolice.example:80", "other", 1)))
    await server.sadd(f"{TAG}:dnc", "police.example")
    assert names(await worker.exchange(T0, want=4)) == ["other"]
    await worker.exchange(T0, push=pushes(("x.police.example:8080", "later", 1)))
    assert await number(server, "do_not_crawl") == 2
    assert await number(server, "queued") == 0


async def test_a_blocked_host_ends_and_what_comes_later_is_counted(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(20))))
    await worker.exchange(T0, want=1)
    await worker.exchange(T0, settle=[note(A, acked=[1], release=1, blocked="captcha")])
    await worker.exchange(T0, push=pushes((A, "later", 1)))
    assert not names(await worker.exchange(T0 + DELAY, want=1))
    assert await number(server, "blocked") == 20
    assert await server.hget(f"{TAG}:shop:blocked", A) == b"captcha"


async def test_a_stopped_case_is_parked_and_the_others_go_on(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "of the case", 1), case="K-1"))
    await worker.exchange(T0, push=pushes((A, "free", 1)))
    await server.hset(f"{TAG}:stopped", "K-1", "asked to")
    assert names(await worker.exchange(T0, want=1)) == ["free"]
    assert await server.llen(f"{TAG}:shop:parked") == 1


@pytest.mark.parametrize("poison", [b"", b"0", b"gibberish", b"\x80\x04\x95pickle", b"09\0\0band", b"01no nul"])
async def test_a_poisoned_entry_is_put_aside(server: Redis, poison: bytes) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "good", 1)))
    await server.lpush(f"{TAG}:shop:q:{A}:1", poison)
    assert names(await worker.exchange(T0, want=1)) == ["good"]
    assert await server.lrange(f"{TAG}:shop:poison", 0, -1) == [poison]


async def test_a_key_of_a_foreign_type_is_put_aside(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "good", 1)))
    await server.set(f"{TAG}:shop:q:{A}:0", "not a list")
    assert names(await worker.exchange(T0, want=1)) == ["good"]
    assert await server.get(f"{TAG}:shop:foreign") == b"not a list"
