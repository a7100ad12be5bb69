"""The keeper: a small process beside the embedded servers that restarts one that crashed.

``python -m crawler.embedded.keeper HOME [OWNER]``. It ends, and the servers with it, when its owner is gone or when its
folder was removed; it gives up on a server that crashes again and again, because a full disk does not heal by itself.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from crawler.embedded import home, mongod, processes, redis_server
from crawler.errors import ServerUnavailable

WORD = "crawler.embedded.keeper"
LOOK_SECONDS = 1.0  # clients retry for longer than this; a look costs 2 ms
CRASHES, WITHIN_SECONDS = 5, 60.0  # more starts than this in this time is not a crash but a fault


def start(base: Path, owner: int | None) -> None:
    """Start the keeper; one that runs already stays, unless it has another owner."""
    place = home.make_folder(base / "keeper")
    wanted = str(owner or "")
    if processes.find(place, WORD) is not None:
        if (place / "owner").read_text(encoding="ascii") == wanted:
            return
        stop(base)
    home.write_private(place / "owner", wanted)
    source = str(Path(__file__).resolve().parents[2])  # the folder that holds `crawler`
    command = [sys.executable, "-m", WORD, str(base), *([wanted] if wanted else [])]
    processes.start(command, place, processes.clean_environment(PYTHONPATH=source))


def stop(base: Path) -> bool:
    """End the keeper; the servers stay."""
    return processes.stop(base / "keeper", WORD, 5.0)


def watch(base: Path, owner: int | None) -> None:
    """Look after both servers until the owner or the folder is gone."""
    starts: dict[Any, deque[float]] = {server: deque(maxlen=CRASHES) for server in (redis_server, mongod)}
    while _needed(base, owner):
        with suppress(OSError):  # somebody is starting or stopping them, or removed the folder just now
            _look(base, starts)
        time.sleep(LOOK_SECONDS)
    for server in starts:
        server.stop(base)


def _look(base: Path, starts: dict[Any, deque[float]]) -> None:
    with (base / "lock").open("r") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for server, times in starts.items():
            _restart(base, server, times)


def _needed(base: Path, owner: int | None) -> bool:
    return (base / "keeper").is_dir() and (owner is None or processes.alive(owner))


def _restart(base: Path, server: Any, times: deque[float]) -> None:
    """Start a server that is gone, unless it was started too often of late."""
    if server.running(base) is not None:
        return
    if len(times) == CRASHES and time.monotonic() - times[0] < WITHIN_SECONDS:
        return
    times.append(time.monotonic())
    print(time.strftime("%F %T"), server.WORD, "was gone, starting it", flush=True)  # noqa: T201
    try:
        server.start(base)
    except (ServerUnavailable, OSError) as error:
        print(server.WORD, "does not start:", error, flush=True)  # noqa: T201


if __name__ == "__main__":
    arguments = sys.argv[1:]
    watch(Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else None)
    sys.exit(os.EX_OK)
