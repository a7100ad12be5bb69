"""What operators see and do, on queues of any size, and the least that Redis must allow."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redis
from redis.asyncio import Redis

from crawler.frontier.control import Control
from crawler.frontier.shard import Shard
from tests.command import command
from tests.frontier.simulation import LEASE, new_worker, note, pushes
from tests.spiders.shop import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pymongo.database import Database

TAG = "{touchstone:0}"
A, B = "a.example:443", "b.example:443"
NOW = 5_000_000_000_000  # ms; after any real time, so that hosts that the script lines up now are ready then


@pytest.fixture
def control(redis_client: redis.Redis) -> Control:
    return Control(redis_client, "shop")


async def test_status_tells_hosts_bands_and_leases(server: Redis, control: Control) -> None:
    worker = new_worker(server, "w", tag=TAG)
    worker.shard.clock_ms = ""
    await worker._call_now(push=pushes((A, "a", 0), (A, "b", 1), (B, "c", 2)))
    await worker._call_now(want=1)
    status = control.status()
    assert status.totals["queued"] == 1
    assert status.totals["leased"] == 2
    assert status.leased_hosts == 1
    assert list(status.workers) == ["w"]
    hosts = {host.host: host for host in status.hosts}
    assert hosts[A].state == "leased"
    assert hosts[A].leased == 2
    assert hosts[B].queued == (0, 0, 1)
    assert 0 <= status.oldest_lease < 5


async def test_a_pause_outlives_a_lease(server: Redis, control: Control) -> None:
    worker = new_worker(server, "w", tag=TAG)
    await worker._call_now(push=pushes((A, "a", 1), (A, "b", 1)))
    control.pause(A)
    assert not (await worker._call_now(want=1))[b"leases"]
    assert control.status().hosts[0].state == "paused"
    control.unpause(A)
    assert (await worker._call_now(want=1))[b"leases"]
    control.pause(A)
    await worker._call_now(settle=[note(A, acked=[1], release=1, wait=0)])
    assert not (await worker._call_now(want=1))[b"leases"]


async def test_a_case_is_stopped_and_resumed(server: Redis, control: Control) -> None:
    worker = new_worker(server, "w", tag=TAG)
    await worker._call_now(push=pushes(*((A, f"p{n}", 1) for n in range(300)), case="K"))
    await worker._call_now(push=pushes((B, "other", 1), case="L"))
    control.stop_case("K")
    for _ in range(50):
        await worker._call_now(want=1)
    assert control.status().parked == 300
    assert control.resume_case("L") == 0
    assert control.resume_case("K") == 300
    assert control.status().parked == 0


async def test_purge_leaves_clocks_and_orders(server: Redis, control: Control) -> None:
    worker = new_worker(server, "w", tag=TAG)
    await worker._call_now(push=pushes((A, "a", 1)), want=1)
    await worker._call_now(want=1)
    control.forbid("Police.Example.")
    control.purge()
    left = {key.decode() for key in control.redis.scan_iter()}
    assert f"{TAG}:c:{A}" in left
    assert control.redis.smembers(f"{TAG}:dnc") == {b"police.example"}
    assert not any(key.startswith(f"{TAG}:shop:") for key in left)


def test_a_million_queued_pages_are_shown_at_once_and_without_keys(control: Control) -> None:
    client = control.redis
    fill = client.register_script("""
        for h = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          local host = 'h' .. h .. '.example:443'
          local entries = {}
          for n = 1, 500 do entries[n] = '01\\0\\0' .. n end
          redis.call('RPUSH', KEYS[1] .. ':shop:q:' .. host .. ':1', unpack(entries))
          redis.call('ZADD', KEYS[1] .. ':shop:r1', h, host)
        end
        redis.call('HINCRBY', KEYS[1] .. ':shop:n', 'queued', 500 * (ARGV[2] - ARGV[1] + 1))""")
    for start in range(0, 2000, 100):
        fill(keys=[TAG], args=[start, start + 99])
    client.config_resetstat()
    began = time.monotonic()
    status = control.status()
    assert time.monotonic() - began < 1.0
    assert status.totals["queued"] == 1_000_000
    assert len(status.hosts) == 20
    assert status.hosts[0].queued == (0, 500, 0)
    assert not {"cmdstat_keys", "cmdstat_smembers|large"} & set(client.info("commandstats"))


@pytest.fixture
def least_rights(redis_client: redis.Redis, redis_url: str) -> Iterator[str]:
    """The address of a user with the rights that docs/frontier.md says are enough."""
    text = (Path(__file__).parents[2] / "docs" / "frontier.md").read_text("utf-8")
    found = re.search(r"ACL SETUSER worker on >PASSWORD (.+)", text)
    assert found, "the documentation names the least rights"
    redis_client.execute_command("ACL", "SETUSER", "frontier-test", "on", ">secret", *found[1].split())
    yield re.sub(r"//[^@]*@|//", "//frontier-test:secret@", redis_url, count=1)
    redis_client.execute_command("ACL", "DELUSER", "frontier-test")


async def test_a_user_with_the_documented_rights_can_work_and_nothing_more(least_rights: str) -> None:
    from crawler.frontier.connection import Server
    from crawler.frontier.finish import Finish
    from crawler.frontier.orders import read_orders

    server = Server({"url": least_rights})
    await server.redis.ping()
    assert server.run_id
    shard = Shard(server.redis, TAG, "shop")
    worker = new_worker(server.redis, "w", tag=TAG)
    worker.shard = shard
    await worker.exchange(NOW, push=pushes((A, "a", 1), (A, "b", 1)))
    await worker.exchange(NOW, want=1)
    await worker.exchange(NOW, settle=[note(A, acked=[1], dead=[2, "why"], release=1, blocked="b")])
    other = new_worker(server.redis, "v", tag=TAG)
    await other.exchange(NOW + LEASE + 1, run="two", verify=[A])
    reply = await other.exchange(NOW + LEASE + 2)
    await shard.finish({"pushed": reply[b"pushed"], "keep": False})
    await Finish._clean(server.redis, f"{TAG}:shop")
    await read_orders(server.redis, TAG)
    await server.redis.lrange("shop:start_urls", 0, 10)
    await server.redis.lrem("shop:start_urls", 1, "x")
    beyond = (("FLUSHALL",), ("CONFIG", "GET", "*"), ("KEYS", "*"), ("SET", "elsewhere", "1"), ("CLIENT", "LIST"))
    for forbidden in beyond:
        with pytest.raises(redis.exceptions.NoPermissionError):
            await server.redis.execute_command(*forbidden)
    await server.close()


def test_a_whole_crawl_works_with_the_documented_rights(
    least_rights: str, mongo_uri: str, mongo_database: Database[dict[str, Any]]
) -> None:
    """Also what is shared beside the frontier: what was learned of a shop, the market's prices, the run's name."""
    environment = {
        "SCRAPY_SETTINGS_MODULE": "settings.test", "REDIS_URL": least_rights, "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database.name,
    }  # fmt: skip
    paths = [f"/v?s={n % 7}&product_id={n % 9}" for n in range(60)]
    with serve() as shop:
        shop.pages.clear()
        shop.page("/", "<h1>Shop</h1>" + "".join(f'<a href="{path}">Vase</a>' for path in paths))
        for number, path in enumerate(paths):
            shop.product(path, f"Velmora Aurelia tote {number % 9}", "1,900.00 EUR")
        done = command("crawl", "storefront", "-a", f"url={shop.url}/", environ=environment)
    assert done.returncode == 0
    assert not re.search("permission|NOPERM|not be shared", done.stderr, re.IGNORECASE), done.stderr
    assert mongo_database.offers.count_documents({}) == 9
