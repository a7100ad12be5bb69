"""Order, hosts, leases and acks: what the scripts promise, one promise at a time, in a time that the test sets."""

from __future__ import annotations

import msgpack
import pytest
from redis.asyncio import Redis

from tests.frontier.simulation import (
    CAP,
    DEATHS,
    DELAY,
    LEASE,
    T0,
    TAG,
    A,
    B,
    contents,
    names,
    new_worker,
    note,
    number,
    pushes,
)


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
