"""The embedded servers: a real redis-server and a real mongod for a laptop, the demo and the tests.

They listen on 127.0.0.1 with generated passwords, keep their data under ``home_folder()``, and outlive the command that
started them. A deployment sets REDIS_URL and MONGO_URI instead, and nothing here is started.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pymongo
import redis
from pymongo.errors import OperationFailure, PyMongoError

from crawler.embedded import keeper, mongod, redis_server
from crawler.embedded.home import home_folder, locked, need_room, read_place
from crawler.errors import ServerUnavailable

if TYPE_CHECKING:
    import os

    Home = str | os.PathLike[str] | None

__all__ = ["ServerStatus", "check", "down", "home_folder", "mongo_uri", "redis_url", "status", "up"]

PING_SECONDS = 3.0  # a server that takes longer to answer a ping is no use to a crawl
FIX = "start the embedded servers with `scrapy servers up`, or set {variable}"
MEND = "start it (`scrapy servers up` starts the embedded one), or mend {variable}"


@dataclass(frozen=True)
class ServerStatus:
    """One server as ``status`` found it."""

    name: str
    state: str
    """``running``, ``not answering`` or ``stopped``."""
    address: str
    pid: int | None
    folder: Path


def up(home: Home = None, owner: int | None = None) -> list[ServerStatus]:
    """Start what does not run, wait until both take writes, and have a keeper restart what crashes.

    ``home`` defaults to ``home_folder()``. With ``owner``, the servers end by themselves when that process is gone.
    Safe to call again and by two at once. Raises ``ServerUnavailable`` with the reason and the fix.
    """
    base = home_folder(home)
    with locked(base):
        need_room(base)
        missing: list[Any] = [server for _, server in _servers() if server.running(base) is None]
        try:
            for server in missing:
                server.start(base)
            for _, server in _servers():
                _make_ready(base, server, missing)
            keeper.start(base, owner)
        except BaseException as error:  # Ctrl-C too: half of a pair is of no use, and nobody would look after it
            for server in missing:
                server.stop(base)
            if isinstance(error, OSError):  # disk full, folder not ours, no setsid
                raise ServerUnavailable(f"cannot start servers in {base}: {error}") from None
            raise
    return status(base)


def _make_ready(base: Path, server: Any, started: list[Any]) -> None:
    """Wait until a server serves; one that we found running, and that was dying just then, is started once more."""
    try:
        server.make_ready(base)
    except ServerUnavailable:
        if server in started or server.running(base) is not None:
            raise
        started.append(server)
        server.start(base)
        server.make_ready(base)


def down(home: Home = None) -> list[str]:
    """End what ``up`` started, and only that; the data stay. Returns the names of what ran."""
    base = home_folder(home)
    if not base.exists():
        return []
    with locked(base):
        keeper.stop(base)
        return [name for name, server in _servers() if server.stop(base)]


def status(home: Home = None) -> list[ServerStatus]:
    """How both servers are."""
    base = home_folder(home)
    return [_status(base, name, server) for name, server in _servers()]


def redis_url(value: str | None, home: Home = None) -> str:
    """The Redis in use: ``value`` (the setting REDIS_URL) if set, else the embedded one if it runs."""
    if value:
        return value
    base = home_folder(home)
    if redis_server.running(base) is None:
        raise ServerUnavailable(f"no Redis: {FIX.format(variable='REDIS_URL')}")
    return redis_server.url(base)


def mongo_uri(value: str | None, home: Home = None) -> str:
    """The MongoDB in use: ``value`` (the setting MONGO_URI) if set, else the embedded one if it runs."""
    if value:
        return value
    base = home_folder(home)
    if mongod.running(base) is None:
        raise ServerUnavailable(f"no MongoDB: {FIX.format(variable='MONGO_URI')}")
    return mongod.uri(base)


def check(redis_url: str, mongo_uri: str) -> None:
    """Ping both within seconds; raise ``ServerUnavailable`` in one line that shows no password."""
    _check_redis(redis_url)
    _check_mongo(mongo_uri)


def _servers() -> tuple[tuple[str, Any], ...]:
    return (("redis", redis_server), ("mongo", mongod))


def _status(base: Path, name: str, server: Any) -> ServerStatus:
    folder = server.folder(base)
    pid = server.running(base)
    state = "stopped" if pid is None else "running" if server.answers(base) else "not answering"
    port = read_place(folder).get("port")
    return ServerStatus(name, state, f"127.0.0.1:{port}" if port else "-", pid, folder)


def _check_redis(url: str) -> None:
    fix = MEND.format(variable="REDIS_URL")
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=PING_SECONDS, socket_timeout=PING_SECONDS) as client:
            client.ping()
    except redis.AuthenticationError:
        raise ServerUnavailable(f"Redis at {_place(url)} refuses the password: mend REDIS_URL") from None
    except redis.BusyLoadingError:
        raise ServerUnavailable(f"Redis at {_place(url)} is still loading its data: try again") from None
    except redis.RedisError:
        raise ServerUnavailable(f"Redis at {_place(url)} does not answer: {fix}") from None
    except ValueError:
        raise ServerUnavailable(
            "REDIS_URL is no address of a Redis: redis://[:PASSWORD@]HOST[:PORT][/NUMBER]"
        ) from None


def _check_mongo(uri: str) -> None:
    fix = MEND.format(variable="MONGO_URI")
    milliseconds = int(PING_SECONDS * 1000)
    try:
        client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(
            uri, serverSelectionTimeoutMS=milliseconds, connectTimeoutMS=milliseconds, socketTimeoutMS=milliseconds
        )
        with client:
            client.admin.command("ping")
    except OperationFailure:
        raise ServerUnavailable(f"MongoDB at {_place(uri)} refuses the password: mend MONGO_URI") from None
    except (pymongo.errors.ConfigurationError, pymongo.errors.InvalidURI, ValueError):
        raise ServerUnavailable(
            "MONGO_URI is no address of a MongoDB: mongodb://[USER:PASSWORD@]HOST[:PORT]/"
        ) from None
    except PyMongoError:
        raise ServerUnavailable(f"MongoDB at {_place(uri)} does not answer: {fix}") from None


def _place(url: str) -> str:
    """Host and port of an address, never its password."""
    return urlsplit(url).netloc.rpartition("@")[2] or "an unnamed host"
