"""mongod is killed while captures are written: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.embedded import mongod
from crawler.errors import ServerUnavailable
from crawler.evidence.grid import GridBodies
from crawler.store.database import connect
from crawler.store.writer import Writer
from tests.store.build import SHOP, capture, flag, offer

pytestmark = [
    pytest.mark.services,
    pytest.mark.slow,
    # The driver forgets to close the socket of a connection that was refused while the server was away.
    pytest.mark.filterwarnings("ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning"),
]
KILLS = 3
CAPTURES = 30
OFFERS = 8


@pytest.fixture
def base(touchstone_home: Path) -> Iterator[Path]:
    """A mongod that this test alone uses, and may kill."""
    touchstone_home.mkdir(parents=True, exist_ok=True)
    restart(touchstone_home)
    yield touchstone_home
    gc.collect()  # forgotten sockets are reported here, where they are expected, and not in some later test


def restart(base: Path) -> None:
    mongod.start(base)
    mongod.make_ready(base)


def kill(base: Path) -> None:
    pid = mongod.running(base)
    assert pid
    os.kill(pid, signal.SIGKILL)
    while mongod.running(base):
        pass


async def test_writes_survive_kills(base: Path) -> None:
    store = connect(mongod.uri(base), "killed")
    writers = [Writer(store) for _ in range(3)]

    async def crawl(writer: Writer) -> None:
        """Each worker sees every page; a price changes on each, the same for all workers."""
        for at in range(CAPTURES):
            offers = [offer(n, str(at + 1), flags=(flag(),)) for n in range(OFFERS)]
            await writer.write(capture(*offers, at=at))
            await asyncio.sleep(0.1)

    async def murder() -> None:
        for _ in range(KILLS):
            await asyncio.sleep(1)
            kill(base)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(restart, base)

    await asyncio.gather(*(crawl(writer) for writer in writers), murder())
    assert await store["offers"].count_documents({"last_seen": {"$exists": True}}) == OFFERS
    for n in range(OFFERS):
        seen = store["observations"].find({"offer": f"{SHOP}/{n}"}).sort("fetched_at", 1)
        assert [int(str(item["price"]["amount"])) async for item in seen] == list(range(1, CAPTURES + 1))
    assert await store["flags"].count_documents({"ended_at": None}) == OFFERS
    await store.close()


async def test_a_server_that_stays_away_is_an_error_in_time(base: Path) -> None:
    store = connect(mongod.uri(base), "away")
    writer = Writer(store, patience=2)
    await writer.write(capture(offer(), at=0))
    kill(base)
    with pytest.raises(ServerUnavailable, match="stayed away"):
        async with asyncio.timeout(20):
            await writer.write(capture(offer(), at=1))
    await store.close()


async def test_a_body_put_while_the_server_dies_is_whole(base: Path) -> None:
    store = connect(mongod.uri(base), "bodies")
    bodies = GridBodies(store.database)
    wanted = {hashlib.sha256(body).hexdigest(): body for body in (os.urandom(1_500_000) for _ in range(6))}

    async def put_all() -> None:
        await asyncio.gather(*(bodies.put(sha256, body) for sha256, body in wanted.items()))

    async def murder() -> None:
        await asyncio.sleep(0.1)
        kill(base)
        await asyncio.to_thread(restart, base)

    await asyncio.gather(put_all(), murder())
    for sha256, body in wanted.items():
        assert await GridBodies(store.database).get(sha256) == body
    assert await store["bodies.files"].count_documents({}) == len(wanted)
    await store.close()
