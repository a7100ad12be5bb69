"""Where the embedded servers keep what is theirs: folders, passwords, ports, and the lock of who starts or stops them.

``HOME`` is the environment variable TOUCHSTONE_HOME, else ``.touchstone`` beside the nearest ``scrapy.cfg`` upward
from the working directory, else ``./.touchstone``. It holds one folder for each server::

    HOME/lock                  taken by `up` and `down`
    HOME/keeper/               log of the process that restarts a server that crashed
    HOME/redis/, HOME/mongo/   password (mode 600), place.json (port and program), log, data
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import secrets
import shutil
import socket
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.errors import ServerUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTS = range(20_000, 32_000)  # below 32768, where Linux starts to hand out ports for outgoing connections
DYING_SECONDS = 3.0  # a killed server lets go of its port a moment after it stopped working
ROOM_NEEDED = (
    700_000_000  # bytes: a fresh MongoDB folder takes 300 MB of them, Redis rewrites its log beside the old one
)


def home_folder(home: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the embedded servers, absolute; it need not exist yet."""
    named = home or os.environ.get("TOUCHSTONE_HOME")
    if named:
        return Path(named).expanduser().resolve()
    here = Path.cwd()
    project = next((folder for folder in (here, *here.parents) if (folder / "scrapy.cfg").is_file()), here)
    return (project / ".touchstone").resolve()


def make_folder(folder: Path) -> Path:
    """Create a folder that only its owner can enter."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ServerUnavailable(f"cannot create {folder}: {error.strerror}; set TOUCHSTONE_HOME") from None
    return folder


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """One at a time starts or stops servers; a second caller waits, and then finds the work done."""
    make_folder(home)
    try:
        handle = (home / "lock").open("w")
    except OSError as error:
        raise ServerUnavailable(f"cannot write in {home}: {error.strerror}; set TOUCHSTONE_HOME") from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 600 in one piece: a reader finds the old text or the new one, never half of it."""
    scratch = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    scratch.replace(path)


def secret(path: Path) -> str:
    """The secret kept in a file; made at the first call, 43 characters that are safe in a URL and in a keyFile."""
    if not path.exists():
        # A keyFile takes base64 characters only, and - and _ are not among them.
        write_private(path, secrets.token_urlsafe(32).replace("-", "0").replace("_", "1"))
    return path.read_text(encoding="ascii").strip()


def read_place(folder: Path) -> dict[str, Any]:
    """Port and program of a server as last started; empty before the first start."""
    try:
        place = json.loads((folder / "place.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return place if isinstance(place, dict) else {}


def write_place(folder: Path, port: int, program: str) -> None:
    """Remember port and program beside the data: a MongoDB member is known by its port, data by their version."""
    write_private(folder / "place.json", json.dumps({"port": port, "program": program}))


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: a closing connection is no one
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def port_for(folder: Path) -> int:
    """The port this server had, so that addresses handed out stay true; another when somebody else took it."""
    port = read_place(folder).get("port")
    end = time.monotonic() + DYING_SECONDS
    while isinstance(port, int) and time.monotonic() < end:
        if is_free(port):
            return port
        time.sleep(0.05)
    return free_port()


def free_port() -> int:
    """A port of 127.0.0.1 that is free now; drawn at random, so that two homes started at once rarely meet."""
    for port in random.SystemRandom().sample(PORTS, 200):  # a seeded `random` would draw the same ports everywhere
        if is_free(port):
            return port
    raise ServerUnavailable(f"no free port on 127.0.0.1 between {PORTS.start} and {PORTS.stop}")


def need_room(folder: Path) -> None:
    """Raise when the disk is too full to start a server: both fail there in words that do not say so."""
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        raise ServerUnavailable(
            f"only {free // 1_000_000} MB free for {folder}, {ROOM_NEEDED // 1_000_000} MB are needed: "
            "free some or set TOUCHSTONE_HOME to another disk"
        )
