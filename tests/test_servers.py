"""The embedded servers, for real: started, killed, restarted, asked for at once by several."""

from __future__ import annotations

import os
import signal
import socketserver
import stat
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pymongo
import pytest
import redis

from crawler import servers
from crawler.embedded import home, keeper, mongod, mongod_program, processes, redis_server
from crawler.errors import ServerUnavailable

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture
def running(touchstone_home):
    servers.up()
    return touchstone_home


def clients(base):
    return redis.Redis.from_url(redis_server.url(base)), pymongo.MongoClient(mongod.uri(base))


def write(base, name):
    cache, store = clients(base)
    with cache, store:
        cache.set(name, name)
        store.test.things.insert_one({"_id": name})


def assert_written(base, name):
    cache, store = clients(base)
    with cache, store:
        assert cache.get(name) == name.encode()
        assert store.test.things.find_one({"_id": name})


def pids(base):
    return {server.name: server.pid for server in servers.status(base)}


def test_up_is_idempotent_and_down_keeps_the_data(running):
    before = pids(running)
    write(running, "kept")
    assert servers.up() == servers.status()
    assert pids(running) == before
    assert servers.down() == ["redis", "mongo"]
    assert servers.down() == []
    assert [server.state for server in servers.status()] == ["stopped", "stopped"]
    servers.up()
    assert_written(running, "kept")


def test_only_loopback_only_with_the_password_and_only_for_the_owner(running):
    for secret in [*running.rglob("password"), running / "mongo/keyfile", running / "redis/redis.conf"]:
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(running.stat().st_mode) == 0o700
    for name, pid in pids(running).items():
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
        assert (running / name / "password").read_text() not in command
    redis_port, mongo_port = (home.read_place(running / name)["port"] for name in ("redis", "mongo"))
    listening = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if " 0A " in line}
    for port in (redis_port, mongo_port):
        assert f"0100007F:{port:04X}" in listening
        assert f"00000000:{port:04X}" not in listening
    with redis.Redis(port=redis_port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.get("x")
    with (
        pymongo.MongoClient("127.0.0.1", mongo_port, directConnection=True) as stranger,
        pytest.raises(pymongo.errors.OperationFailure),
    ):
        stranger.test.things.insert_one({})


@pytest.mark.parametrize("victims", [["redis"], ["mongo"], ["redis", "mongo"]], ids="+".join)
def test_up_brings_back_what_was_killed_with_what_it_acknowledged(running, victims):
    keeper.stop(running)  # so that it is `up` that repairs
    cache, store = clients(running)
    with cache, store:
        for number in range(200):
            cache.rpush("list", number)
            store.test.things.insert_one({"_id": number})
    for victim in victims:
        os.kill(pids(running)[victim], signal.SIGKILL)
    servers.up()
    cache, store = clients(running)
    with cache, store:
        assert cache.llen("list") == 200
        assert store.test.things.count_documents({}) == 200


def test_the_keeper_brings_back_what_was_killed(running):
    write(running, "before")
    before = pids(running)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    assert processes.wait(lambda: redis_server.answers(running) and mongod.answers(running), 30)
    assert_written(running, "before")
    assert not set(before.values()) & set(pids(running).values())


def test_up_starts_a_killed_keeper_again(running):
    os.kill(processes.find(running / "keeper", keeper.WORD), signal.SIGKILL)
    assert processes.wait(lambda: processes.find(running / "keeper", keeper.WORD) is None, 10)
    servers.up()
    assert processes.find(running / "keeper", keeper.WORD)


def test_down_leaves_other_homes_alone(running, tmp_path):
    other = tmp_path / "other home, with 'quotes\" and spaces, über"
    try:
        servers.up(other)
        write(other, "other")
        servers.down()
        assert_written(other, "other")
    finally:
        servers.down(other)


def test_many_at_once_start_one_of_each(touchstone_home):
    command = [sys.executable, "-c", "from crawler import servers; servers.up()"]
    callers = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(caller.wait(90), caller.communicate()[1]) for caller in callers] == [(0, b"")] * 3
    folders = [str(Path(entry).readlink()) for entry in _working_folders()]
    assert folders.count(str(touchstone_home / "redis")) == 1
    assert folders.count(str(touchstone_home / "mongo")) == 1


def _working_folders():
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            entry.readlink()
        except OSError:
            continue
        yield entry


def test_a_port_taken_by_somebody_else_moves_the_server_and_keeps_its_data(running):
    write(running, "moved")
    servers.down()
    taken = [home.read_place(running / name)["port"] for name in ("redis", "mongo")]
    with ExitStack() as squatters:
        for port in taken:
            squatters.enter_context(squatter(port))
        servers.up()
        assert not {home.read_place(running / name)["port"] for name in ("redis", "mongo")} & set(taken)
        assert_written(running, "moved")
        write(running, "after")


@contextmanager
def squatter(port):
    """Somebody else who listens on our port, and hangs up on everyone."""
    socketserver.TCPServer.allow_reuse_address = True
    with socketserver.TCPServer(("127.0.0.1", port), socketserver.BaseRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


def test_a_first_start_that_was_killed_half_way_is_finished(touchstone_home):
    """mongod up, but neither replica set nor user made."""
    home.make_folder(touchstone_home)
    mongod.start(touchstone_home)
    assert processes.wait(lambda: mongod._listens(touchstone_home), 30)
    servers.up()
    write(touchstone_home, "finished")


def test_data_with_another_password_say_so(running):
    servers.down()
    (running / "mongo/password").unlink()
    with pytest.raises(ServerUnavailable, match="another password"):
        servers.up()


def test_a_start_that_fails_leaves_nothing_running(touchstone_home):
    (home.make_folder(home.make_folder(touchstone_home) / "mongo") / "data").touch()  # a file where a folder must be
    with pytest.raises(ServerUnavailable):
        servers.up()
    assert pids(touchstone_home) == {"redis": None, "mongo": None}
    assert processes.find(touchstone_home / "keeper", keeper.WORD) is None


def test_data_of_a_newer_redis_are_not_taken_for_none(touchstone_home):
    home.make_folder(home.make_folder(home.make_folder(touchstone_home) / "redis") / "appendonlydir")
    older = touchstone_home / "redis-server"
    older.write_text("#!/bin/sh\necho Redis server v=6.2.14 sha=0\n")
    older.chmod(0o700)
    with pytest.raises(ServerUnavailable, match="is older"):
        redis_server._refuse_older(str(older), touchstone_home / "redis")


def test_a_lost_note_of_the_port_is_no_loss_of_data(running):
    write(running, "noted")
    servers.down()
    for note in running.glob("*/place.json"):
        note.write_text("{")
    servers.up()
    assert_written(running, "noted")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("echo 'mongod: error while loading shared libraries: libssl.so.3: cannot open' >&2; exit 127", "libssl3"),
        ("kill -ILL $$", "AVX"),
        ("exit 3", "does not run"),
    ],
)
def test_a_mongod_that_does_not_run_here_is_told_with_the_fix(touchstone_home, program, words):
    folder = home.make_folder(home.make_folder(touchstone_home) / "mongo")
    script = folder / "mongod"
    script.write_text(f"#!/bin/sh\n{program}\n")
    script.chmod(0o700)
    assert words in mongod_program.why_not(str(script), processes.clean_environment())


def test_a_removed_home_ends_its_servers(running):
    before = [*pids(running).values(), processes.find(running / "keeper", keeper.WORD)]
    subprocess.run(["rm", "-rf", str(running)], check=True)
    assert processes.wait(lambda: not any(map(processes.alive, before)), 30)


def test_servers_end_with_their_owner(touchstone_home):
    owner = subprocess.Popen(["sleep", "60"])
    servers.up(owner=owner.pid)
    before = list(pids(touchstone_home).values())
    owner.kill()
    owner.wait()
    assert processes.wait(lambda: not any(map(processes.alive, before)), 30)


def test_a_stranger_in_our_folder_is_never_ended(touchstone_home):
    folder = home.make_folder(touchstone_home / "redis")
    stranger = subprocess.Popen(["sleep", "30"], cwd=folder)
    try:
        assert servers.down() == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_without_servers_the_line_names_the_fix(touchstone_home):
    for ask, variable in ((servers.redis_url, "REDIS_URL"), (servers.mongo_uri, "MONGO_URI")):
        with pytest.raises(ServerUnavailable, match=f"scrapy servers up.*{variable}"):
            ask("")
        assert ask("given://as it is") == "given://as it is"


@pytest.mark.parametrize(
    ("redis_address", "mongo_address", "words"),
    [
        ("redis://:geheim@127.0.0.1:1/0", "", "Redis at 127.0.0.1:1 does not answer"),
        ("http://geheim", "", "REDIS_URL is no address"),
        ("redis://:geheim@127.0.0.1:port/0", "", "REDIS_URL is no address"),
        (None, "mongodb://u:geheim@127.0.0.1:1/", "MongoDB at 127.0.0.1:1 does not answer"),
        (None, "postgres://geheim", "MONGO_URI is no address"),
        (None, "mongodb://u:geh@eim@127.0.0.1/", "MONGO_URI is no address"),
        (None, "mongodb://nobody:geheim@{mongo}/", "refuses the password"),
        ("redis://:geheim@{redis}/0", "", "refuses the password"),
    ],
)
def test_check_says_what_is_wrong_in_one_line_without_passwords(server_addresses, redis_address, mongo_address, words):
    places = dict(zip(("redis", "mongo"), (servers._place(address) for address in server_addresses), strict=True))
    redis_address = redis_address.format(**places) if redis_address else server_addresses[0]
    started = time.monotonic()
    with pytest.raises(ServerUnavailable, match=words) as raised:
        servers.check(redis_address, mongo_address.format(**places))
    assert time.monotonic() - started < 10
    assert "geh" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_home_is_the_one_of_the_project(tmp_path, monkeypatch):
    monkeypatch.delenv("TOUCHSTONE_HOME", raising=False)
    deep = tmp_path / "project" / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert servers.home_folder() == deep / ".touchstone"
    (tmp_path / "project" / "scrapy.cfg").touch()
    assert servers.home_folder() == tmp_path / "project" / ".touchstone"
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "named"))
    assert servers.home_folder() == tmp_path / "named"
    assert servers.home_folder(tmp_path / "given") == tmp_path / "given"
