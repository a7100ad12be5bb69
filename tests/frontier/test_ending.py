"""Who leaves, how a run ends, and what is left in Redis afterwards."""

from __future__ import annotations

from redis.asyncio import Redis

from tests.frontier.simulation import (
    DELAY,
    LEASE,
    T0,
    TAG,
    A,
    B,
    arguments,
    entry,
    names,
    new_worker,
    note,
    number,
    pushes,
)


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
