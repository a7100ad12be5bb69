"""Redis full, silent, killed: work waits, nothing is lost, the reactor is never kept waiting."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
import redis
from redis.asyncio import Redis

from chaos import services
from tests.frontier.simulation import new_worker, note, pushes
from tests.frontier.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A = "a.example:443"
PAGES = 60


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[services.Service]:
    """A Redis that the test may harm."""
    server = services.redis(tmp_path / "redis")
    yield server
    server.stop()


async def test_when_memory_is_full_pushes_wait_and_acks_go_on(own_redis: services.Service) -> None:
    async with Redis(port=own_redis.port) as client:
        worker = new_worker(client, "w")
        await worker._call_now(push=pushes(*((A, f"p{n}", 1) for n in range(8))))
        await worker._call_now(want=1)
        await client.config_set("maxmemory", "100kb")
        reply = await worker._call_now(push=pushes((A, "more", 1)), settle=[note(A, acked=[1])])
        assert reply[b"status"] == b"full"
        assert await client.hget("{test:0}:shop:n", "acked") is None, "an ack does not overtake the links of its page"
        reply = await worker._call_now(settle=[note(A, acked=[2])])
        assert reply[b"status"] == b"ok"
        assert await client.hget("{test:0}:shop:n", "acked") == b"1"
        await client.config_set("maxmemory", "0")
        reply = await worker._call_now(push=pushes((A, "more", 1)), settle=[note(A, acked=[1])])
        assert (reply[b"status"], reply[b"pushed"]) == (b"ok", 9)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["silent", "killed", "full"])
def test_a_crawl_outlives_its_redis(own_redis: services.Service, tmp_path: Path, fault: str) -> None:
    site, store = Site(pages=PAGES), tmp_path / "store"
    settings = {"REDIS_URL": f"redis://127.0.0.1:{own_redis.port}/0", "HOST_DELAY": 0.05, "FRONTIER_NAME": "tests"}
    with redis.Redis(port=own_redis.port) as client:
        client.rpush("tests:start_urls", site.url("/p0"))
        given = json.dumps({"store": str(store), "settings": settings, "offer": True})
        command = [sys.executable, "-m", "tests.frontier.crawl_worker", given]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            while len(site.log) < 8 and worker.poll() is None:
                time.sleep(0.02)
            harm(own_redis, client, fault)
            output, _ = worker.communicate(timeout=60)
        finally:
            worker.kill()
            site.close()
    stats = json.loads(output.splitlines()[-1])
    assert stats["finish_reason"] == "finished"
    assert {line.rsplit("/", 1)[1] for line in store.read_text().split()} == {f"p{n}" for n in range(PAGES)}
    assert min(site.gaps()) >= 0.05
    assert stats["stall"] < 0.5, "a busy machine may take a while, a blocked reactor would take seconds"


def harm(server: services.Service, client: redis.Redis, fault: str) -> None:
    if fault == "silent":
        server.freeze(6)  # longer than the connection's own patience of 5 s
    elif fault == "killed":
        server.kill()
        time.sleep(1)
        server.start()
    else:
        client.config_set("maxmemory", "100kb")
        threading.Timer(2.0, lambda: client.config_set("maxmemory", "0")).start()
