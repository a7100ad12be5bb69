"""Fixtures that every test may ask for: a real Redis and a real MongoDB, each test in a place of its own.

The servers of REDIS_URL and MONGO_URI serve when these are set, else embedded ones that live as long as this session.
Where neither can be had, a test that needs them is skipped on a developer's machine and fails where CI is set.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pymongo
import pytest
import redis

from crawler import servers
from crawler.errors import ServerUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pymongo.database import Database

CLAIM_SECONDS = 3600  # a session that was killed gives its Redis database back after this


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not services"` leaves out what needs a server, without a mark on each test."""
    for item in items:
        if {"redis_url", "mongo_uri"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="session")
def server_addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """(Redis URL, MongoDB URI) of running servers."""
    redis_url, mongo_uri = os.environ.get("REDIS_URL"), os.environ.get("MONGO_URI")
    home = tmp_path_factory.mktemp("touchstone")
    try:
        if not (redis_url and mongo_uri):
            servers.up(home, owner=os.getpid())  # they end with this process even when it is killed
        addresses = servers.redis_url(redis_url, home), servers.mongo_uri(mongo_uri, home)
        servers.check(*addresses)
        yield addresses
    except ServerUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI must have its servers: {error}", pytrace=False)
        pytest.skip(f"no servers: {error}")
    finally:
        servers.down(home)


@pytest.fixture(scope="session")
def redis_url(server_addresses: tuple[str, str]) -> Iterator[str]:
    """A Redis database that no other session uses, and that held nothing when it was taken."""
    parts = urlsplit(server_addresses[0])
    with redis.Redis.from_url(urlunsplit(parts._replace(path="/0"))) as ledger:
        number = _claim_database(ledger, parts)
        yield urlunsplit(parts._replace(path=f"/{number}"))
        ledger.delete(f"touchstone:tests:{number}")


def _claim_database(ledger: redis.Redis, parts: Any) -> int:
    for number in range(15, 0, -1):  # Redis has 16 databases by default; 0 is where people keep theirs
        with redis.Redis.from_url(urlunsplit(parts._replace(path=f"/{number}"))) as candidate:
            if candidate.dbsize() == 0 and ledger.set(
                f"touchstone:tests:{number}", os.getpid(), nx=True, ex=CLAIM_SECONDS
            ):
                return number
    raise ServerUnavailable("no empty Redis database among 1 to 15 for the tests: flush one")


@pytest.fixture(scope="session")
def mongo_uri(server_addresses: tuple[str, str]) -> str:
    """The MongoDB of this session; a test keeps to ``mongo_database``."""
    return server_addresses[1]


@pytest.fixture
def redis_client(redis_url: str) -> Iterator[redis.Redis]:
    """A client of an empty Redis database; answers are bytes."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(scope="session")
def mongo_client(mongo_uri: str) -> Iterator[pymongo.MongoClient[dict[str, Any]]]:
    """One client for the session: a new one costs 20 ms and three threads."""
    with pymongo.MongoClient(mongo_uri, tz_aware=True) as client:
        yield client


@pytest.fixture
def mongo_database(mongo_client: pymongo.MongoClient[dict[str, Any]]) -> Iterator[Database[dict[str, Any]]]:
    """An empty database with a name of its own, dropped afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    yield mongo_client[name]
    mongo_client.drop_database(name)


@pytest.fixture
def touchstone_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home for embedded servers, named by TOUCHSTONE_HOME; whatever was started in it is stopped."""
    home = tmp_path / "home"
    monkeypatch.setenv("TOUCHSTONE_HOME", str(home))
    for variable in ("REDIS_URL", "MONGO_URI"):
        monkeypatch.delenv(variable, raising=False)
    yield home
    servers.down(home)
