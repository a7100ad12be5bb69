"""What the scripts promise, one promise at a time, in a time that the test sets."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest
from redis.asyncio import Redis

from tests.frontier.simulation import (
    CAP,
    DEATHS,
    DELAY,
    LEASE,
    TAG,
    arguments,
    contents,
    entry,
    mark,
    name_of,
    new_worker,
    note,
    pushes,
)

T0 = 1_000_000
A, B = "a.example:443", "b.example:443"


def names(reply: dict[bytes, Any]) -> list[str]:
    """The pages of a reply's leases, in order."""
    return [name_of(raw) for lease in reply[b"leases"] for raw in lease[5]]


async def number(redis: Redis, name: str) -> int:
    return int(await redis.hget(f"{TAG}:shop:n", name) or 0)


async def test_first_in_first_out_within_a_band(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(8))))
    assert names(await worker.exchange(T0, want=1)) == [f"p{n}" for n in range(8)]


async def test_a_reclaimed_page_keeps_its_place(server: Redis) -> None:
    dead, worker = new_worker(server, "dead"), new_worker(server, "w")
    await dead.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(12))), want=1)
    await dead.exchange(T0, want=1)
    await worker.exchange(T0 + LEASE + 1)
    reply = await worker.exchange(T0 + LEASE + 1 + DELAY, want=1)
    assert names(reply) == [f"p{n}" for n in range(8)]


async def test_a_failed_page_and_what_was_not_begun_keep_their_place(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(12))), want=1)
    await worker.exchange(T0, settle=[note(A, acked=[1], failed=[2], release=1)])
    assert names(await worker.exchange(T0 + DELAY, want=1)) == [f"p{n}" for n in range(1, 9)]


async def test_low_bands_have_a_share_at_a_host_and_among_hosts(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((A, f"{band}-{n}", band) for band in range(3) for n in range(20))))
    bands = [name[0] for name in names(await worker.exchange(T0, want=1))]
    assert (bands.count("0"), bands.count("1"), bands.count("2")) == (5, 2, 1)
    await worker.exchange(T0, settle=[note(A, release=1)])
    many = [(f"h{band}-{n}.example:80", f"{band}/{n}", band) for band in range(3) for n in range(16)]
    for at in range(0, len(many), 16):
        await worker.exchange(T0, push=pushes(*many[at : at + 16]))
    leased = [lease[0].decode()[1] for lease in (await worker.exchange(T0, want=16))[b"leases"]]
    assert (leased.count("0"), leased.count("1"), leased.count("2")) == (10, 4, 2)


async def test_unused_shares_go_to_whoever_has_work(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "high", 0), *((A, f"low{n}", 2) for n in range(9))))
    assert len(names(await worker.exchange(T0, want=1))) == 8


async def test_a_host_has_one_worker_and_keeps_its_delay_afterwards(server: Redis) -> None:
    one, two = new_worker(server, "one"), new_worker(server, "two")
    await one.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(20))))
    assert names(await one.exchange(T0, want=4))
    assert not names(await two.exchange(T0, want=4))
    await one.exchange(T0 + 10, settle=[note(A, acked=range(1, 9), release=1)])
    assert not names(await two.exchange(T0 + 10 + DELAY - 1, want=4))
    assert names(await two.exchange(T0 + 10 + DELAY, want=4))


async def test_a_host_is_one_host_for_all_spiders(server: Redis) -> None:
    shop, social = new_worker(server, "shop-worker"), new_worker(server, "social-worker", "social")
    for worker in (shop, social):
        await worker.exchange(T0, push=pushes((A, "page", 1)))
    assert names(await shop.exchange(T0, want=1))
    assert not names(await social.exchange(T0 + 1, want=1))
    assert not names(await social.exchange(T0 + 300, want=1))
    await shop.exchange(T0 + 400, settle=[note(A, acked=[1], release=1)])
    assert names(await social.exchange(T0 + 400 + DELAY + 200, want=1))


async def test_a_worker_without_hosts_is_given_its_part(server: Redis) -> None:
    first, second = new_worker(server, "first"), new_worker(server, "second")
    hosts = [f"h{n}.example:443" for n in range(9)]
    await second.exchange(T0)
    await first.exchange(T0, push=pushes(*((host, f"{host}{n}", 1) for host in hosts for n in range(20))))
    assert len((await first.exchange(T0, want=24))[b"leases"]) == 9
    assert (await first.exchange(T0))[b"share"] == -1
    assert (await second.exchange(T0 + 1, want=24))[b"share"] == 5
    reply = await first.exchange(T0 + 2, settle=[note(host, release=1, wait=0) for host in hosts[:4]], want=24)
    assert reply[b"share"] == 5
    assert not reply[b"leases"], "who has a part does not take again what was given back"
    assert len((await second.exchange(T0 + 3, want=24))[b"leases"]) == 4
    reply = await first.exchange(T0 + 5, push=pushes(*((f"n{n}.example:443", f"n{n}", 1) for n in range(6))), want=24)
    assert len(reply[b"leases"]) == 6, "where there is enough for everybody nobody is held back"


async def test_one_host_stays_with_one_worker(server: Redis) -> None:
    first, second = new_worker(server, "first"), new_worker(server, "second")
    await first.exchange(T0, push=pushes((A, "a", 1)), want=1)
    await first.exchange(T0, want=1)
    assert (await second.exchange(T0, want=24))[b"share"] == -1


async def test_the_delay_of_a_run_does_not_outlive_it(server: Redis) -> None:
    slow, quick = new_worker(server, "slow"), new_worker(server, "quick")
    await slow.exchange(T0, push=pushes((A, "a", 1), (A, "b", 1)))
    await slow.exchange(T0, want=1, delay=60_000)
    await slow.exchange(T0, settle=[[A, [1], [], [], 1, 60_000, 0, 0, False]], delay=60_000)
    lease = (await quick.exchange(T0 + 60_000, want=1))[b"leases"][0]
    assert lease[1] == 0, "what the host asks for itself: nothing"


async def test_images_take_the_host_from_everybody(server: Redis) -> None:
    one, two = new_worker(server, "one"), new_worker(server, "two")
    await one.exchange(T0, push=pushes((A, "page", 1)))
    assert (await two.exchange(T0, take=[A]))[b"taken"] == [0]
    assert not names(await one.exchange(T0, want=1))
    assert (await one.exchange(T0, take=[A]))[b"taken"] != [0]
    await two.exchange(T0 + 50, settle=[note(A, release=1)])
    assert (await one.exchange(T0 + 60, take=[A]))[b"taken"] == [DELAY - 10]
    assert names(await one.exchange(T0 + 50 + DELAY, want=1))


async def test_a_late_ack_changes_nothing(server: Redis) -> None:
    stale, worker = new_worker(server, "stale"), new_worker(server, "w")
    await stale.exchange(T0, push=pushes((A, "page", 1)))
    await stale.exchange(T0, want=1)
    await worker.exchange(T0 + LEASE + 1)
    assert names(await worker.exchange(T0 + LEASE + 1 + DELAY, want=1)) == ["page"]
    reply = await stale.exchange(T0 + LEASE + 2 + DELAY, settle=[note(A, acked=[1, 2, 3], release=1)])
    assert reply[b"status"] == b"lost"
    assert (await contents(server))["leased"] == ["page"]


async def test_a_worker_that_lost_a_part_of_its_hosts_has_lost_them_all(server: Redis) -> None:
    """Hosts are taken back a few in each call: one that came back in between went on at hosts that others had."""
    many = [(f"h{n}.example:443", f"p{n}", 1) for n in range(40)]
    stale, worker = new_worker(server, "stale"), new_worker(server, "w")
    await stale.exchange(T0, push=pushes(*many))
    for _ in range(3):
        await stale.exchange(T0, want=16)
    await worker.exchange(T0 + LEASE + 1)
    assert 0 < await number(server, "reclaimed") < 40
    assert (await stale.exchange(T0 + LEASE + 2, want=16))[b"status"] == b"lost"
    for _ in range(10):
        await worker.exchange(T0 + LEASE + 3)
    assert await number(server, "reclaimed") == 40
    assert len((await contents(server))["queued"]) == 40


async def test_a_worker_that_was_away_but_not_missed_goes_on(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "page", 1)))
    await worker.exchange(T0, want=1)
    reply = await worker.exchange(T0 + 10 * LEASE, settle=[note(A, acked=[1], release=1)])
    assert reply[b"status"] == b"ok"
    assert await number(server, "acked") == 1


@pytest.mark.parametrize("field", ["push", "settle", "want"])
async def test_a_repeated_call_changes_nothing_and_gives_the_same_leases(server: Redis, field: str) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((A, f"p{n}", 1) for n in range(12))))
    if field == "settle":
        await worker.exchange(T0, want=1)
    changes = {
        "push": {"push": pushes((B, "new", 1), (B, "again", 1), where=2)},
        "settle": {"settle": [note(A, acked=[1, 2], release=1)]},
        "want": {"want": 2},
    }[field]
    first = await worker.exchange(T0, **changes)  # type: ignore[arg-type]
    before = {key: await server.dump(key) for key in sorted(await server.keys(f"{TAG}:shop:*"))}
    second = await worker._call()
    assert {key: await server.dump(key) for key in sorted(await server.keys(f"{TAG}:shop:*"))} == before
    assert names(second) == names(first)


async def test_attempts_are_capped_and_only_the_page_under_way_is_suspected(server: Redis) -> None:
    now = T0
    await new_worker(server, "first").exchange(now, push=pushes((A, "deadly", 1), (A, "innocent", 1)))
    for attempt in range(CAP * DEATHS):
        victim = new_worker(server, f"victim{attempt}")
        now += LEASE + DELAY + 1
        await victim.exchange(now)
        assert "innocent" in names(await victim.exchange(now + DELAY + 1, want=1))
    now += LEASE + DELAY + 1
    await new_worker(server, "last").exchange(now)
    found = await contents(server)
    assert (found["dead"], found["queued"]) == (["deadly"], ["innocent"])
    letter = msgpack.unpackb(await server.lindex(f"{TAG}:shop:dead", 0), raw=True)
    assert letter[:2] == [A.encode(), b"attempts"]


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


async def test_after_a_restart_all_hosts_are_silent_for_a_while(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "page", 1)))
    assert not names(await worker.exchange(T0 + 5, want=1, run="two"))
    assert not names(await worker.exchange(T0 + 5 + 2999, want=1, run="two"))
    assert names(await worker.exchange(T0 + 5 + 3000, want=1, run="two"))


async def test_after_a_restart_a_worker_learns_what_it_does_not_hold(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "a", 1), (B, "b", 1)))
    await worker.exchange(T0, want=2)
    await server.hset(f"{TAG}:c:{A}", "w", "other")  # as if the log had ended before this lease
    reply = await worker.exchange(T0, run="two", verify=[A, "never.example:80"])
    assert reply[b"lost"] == [A.encode(), b"never.example:80"]
    assert (await contents(server))["queued"] == ["b"]  # held, but not believed: given up


async def test_a_host_is_kept_only_while_nobody_waits(server: Redis) -> None:
    one = new_worker(server, "one")
    await one.exchange(T0, push=pushes(*((A, f"a{n}", 1) for n in range(30))))
    await one.exchange(T0, want=1)
    reply = await one.exchange(T0 + 1, settle=[note(A, acked=range(1, 9), release=2)], more=[A, 8])
    assert names(reply) == [f"a{n}" for n in range(8, 16)]
    await one.exchange(T0 + 2, push=pushes((B, "b", 1)))
    reply = await one.exchange(T0 + 3, settle=[note(A, acked=range(9, 17), release=2)], more=[A, 8])
    assert not names(reply)
    assert names(await one.exchange(T0 + 4, want=1)) == ["b"]


async def test_a_worker_with_many_hosts_leaves_in_bounded_steps(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes(*((f"h{n}.example:80", f"p{n}", 1) for n in range(40))), want=40)
    await worker.exchange(T0, want=40)
    left = [(await worker.exchange(T0, leave=True))[b"left"] for _ in range(3)]
    assert left == [24, 8, 0]
    assert not await server.exists(f"{TAG}:W", f"{TAG}:w:w", f"{TAG}:h:w")
    assert await number(server, "queued") == 40


async def test_the_end_is_exact_and_forgets(server: Redis) -> None:
    worker = new_worker(server, "w")
    reply = await worker.exchange(T0, push=pushes((A, "page", 1)))
    finish = worker.shard._finish
    assert not (await worker.shard.run(finish, {"pushed": 1, "keep": False}))[b"ended"]
    await worker.exchange(T0, want=1)
    assert not (await worker.shard.run(finish, {"pushed": 1, "keep": False}))[b"ended"]
    reply = await worker.exchange(T0, settle=[note(A, acked=[1], release=1)])
    assert not (await worker.shard.run(finish, {"pushed": 99, "keep": False}))[b"ended"]
    assert (await worker.shard.run(finish, {"pushed": reply[b"pushed"], "keep": False}))[b"ended"]
    assert names(await worker.exchange(T0 + DELAY, push=pushes((A, "page", 1)), want=1)) == ["page"]


async def test_who_missed_the_end_of_a_run_adds_nothing_to_the_next(server: Redis) -> None:
    """Whether its lease is gone and it is called anew, or it was there all the time and held nothing."""
    worker, idle, anew = (new_worker(server, name) for name in ("w", "idle", "anew"))
    await idle.exchange(T0)
    await worker.exchange(T0, push=pushes((A, "page", 1)), want=1)
    await worker.exchange(T0, want=1)
    reply = await worker.exchange(T0, settle=[note(A, acked=[1], release=1)])
    known = reply[b"epoch"]
    assert (await worker.shard.run(worker.shard._finish, {"pushed": reply[b"pushed"], "keep": False}))[b"ended"]
    for late in (idle, anew):
        reply = await late.exchange(T0 + DELAY, push=pushes((A, "page", 1)), want=1, epoch=known)
        assert (reply[b"status"], reply[b"epoch"]) == (b"over", known + 1)
    assert await number(server, "pushed") == 1
    assert names(await idle.exchange(T0 + DELAY, push=pushes((A, "page", 1)), want=1, epoch=known + 1)) == ["page"]


async def test_the_clock_of_an_idle_host_expires(server: Redis) -> None:
    worker = new_worker(server, "w")
    await worker.exchange(T0, push=pushes((A, "page", 1)))
    await worker.exchange(T0, want=1)
    await worker.exchange(T0, settle=[note(A, acked=[1], release=1)])
    assert 0 < await server.pttl(f"{TAG}:c:{A}") <= 7_200_000 + DELAY
    left = {key.decode() for key in await server.keys(f"{TAG}:*")}
    assert left <= {f"{TAG}:c:{A}", f"{TAG}:shop:n", f"{TAG}:W", f"{TAG}:w:w", f"{TAG}:run"} | {
        key for key in left if ":s0:" in key
    }


async def test_no_script_touches_two_shards(server: Redis, redis_url: str) -> None:
    """Everything that the scripts of one shard touch carries its tag: told by the server itself."""
    async with server.monitor() as monitor, Redis.from_url(redis_url) as other:
        one, two = new_worker(other, "one"), new_worker(other, "two")
        await one.exchange(T0, push=pushes(*((A, f"p{n}", n % 3) for n in range(9)), site="shop", case="c"), want=1)
        await two.exchange(T0 + LEASE + 1, want=2, take=[B], budget=[5, 1000, 5, 1000])
        await two.exchange(T0 + LEASE + DELAY + 2, want=2, run="two", verify=[A])
        await two.exchange(T0 + LEASE + 9000, want=2, run="two")
        await two.exchange(T0 + LEASE + 9000, settle=[note(A, acked=[1], dead=[2, "x"], release=1, blocked="b")])
        await two.shard.run(two.shard._finish, {"pushed": 9, "keep": False})
        await other.set("the-end", "1")
        seen = 0
        while True:
            command = await monitor.next_command()
            if "the-end" in command["command"]:
                break
            words = command["command"].split(" ")
            if command["client_type"] == "lua" and words[0].upper() not in ("TIME",):
                seen += 1
                keys = words[1:] if words[0].upper() in ("DEL", "EXISTS", "UNLINK") else words[1:2]
                assert all(key.startswith(TAG) for key in keys), command["command"]
        assert seen > 50


def test_arguments_name_every_field_that_a_worker_sends() -> None:
    assert set(arguments()) >= {"lease", "delay", "grace", "cap", "per", "push", "settle", "want", "more", "take"}
    assert entry("x")[:2] == b"01"
