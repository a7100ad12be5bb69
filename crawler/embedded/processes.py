"""Processes that outlive whoever started them, known by the folder they work in.

A process is ours when its working directory is our folder and its command line names our program: no pid file can go
stale, and a pid that another program got meanwhile is never mistaken for ours. Linux only (/proc).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import ServerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_SECONDS = 0.02
LOG_LIMIT = 5_000_000  # bytes; a longer log is set aside at the next start
TAIL_BYTES = 20_000  # of the log, searched for the reason of a failed start


def find(folder: Path, word: str) -> int | None:
    """The pid of the process that works in ``folder`` with ``word`` in its command line, or None."""
    need_linux()
    names = {str(folder), f"{folder} (deleted)"}  # somebody may have removed the folder under a running server
    # Not pathlib, here and below: every process is asked each second.
    for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
        if is_ours(int(pid), names, word):
            return int(pid)
    return None


def is_ours(pid: int, folders: set[str], word: str) -> bool:
    """Whether this process works in one of the folders and runs ``word``. A zombie has no folder, so it is nobody."""
    try:
        if os.readlink(f"/proc/{pid}/cwd") not in folders:  # noqa: PTH115
            return False
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:  # gone meanwhile, or somebody else's
        return False
    # `less mongod` in the folder must not count: the program itself, what setsid is about to run, or python's module.
    candidates = command[:1] + (command[2:3] if command[1:2] in ([b"--fork"], [b"-m"]) else [])
    return any(Path(os.fsdecode(part)).name.partition(" ")[0] == word for part in candidates)


def alive(pid: int) -> bool:
    """Whether this process still runs. A zombie does not once its last thread, and with it its ports, is gone."""
    process = Path(f"/proc/{pid}")
    try:
        state = (process / "stat").read_text(encoding="latin-1").rpartition(")")[2].split()[0]
        return state != "Z" or len(list((process / "task").iterdir())) > 1
    except OSError:
        return False


def need_linux() -> None:
    """Raise where processes cannot be told apart."""
    if not sys.platform.startswith("linux"):
        raise ServerUnavailable(
            "embedded servers run on Linux only: set REDIS_URL and MONGO_URI to servers of your own"
        )


def start(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Start a program in its folder, in a session of its own, its output in ``folder/log``.

    ``setsid --fork`` (util-linux, on every Debian) hands it to init, so it is no child of ours that stays a zombie.
    """
    log = folder / "log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(folder / "log.old")
    with log.open("ab") as output:
        subprocess.run(
            ["setsid", "--fork", *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=True,
        )


def clean_environment(**extra: str) -> dict[str, str]:
    """What a server needs of the environment: not our secrets, and a locale that every machine has."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C", **extra}


def stop(folder: Path, word: str, seconds: float) -> bool:
    """End our process and wait until it is gone; killed when it does not end in time. False when there was none."""
    pid = find(folder, word)
    if pid is None:
        return False
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 10.0)):
        if find(folder, word) == pid:
            os.kill(pid, number)
        if wait(lambda: not alive(pid), patience):  # its port is closed only then, a moment after its folder is left
            return True
    raise ServerUnavailable(f"{word} (process {pid}) in {folder} cannot be ended")


def wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll until ``condition()`` is true; False when it never was in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(POLL_SECONDS)
    return True


def last_words(folder: Path) -> str:
    """The line of the log that tells why a server did not start: its last error, else its last line."""
    try:
        with (folder / "log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL_BYTES))
            lines = log.read().decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return "no log"
    errors = [line for line in map(_error, lines) if line]
    return (errors or lines or ["the log is empty"])[-1][:300]


def _error(line: str) -> str:
    """The words of an error in mongod's JSON log, in Redis's own, or of the dynamic loader; empty for other lines."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line if any(sign in line.lower() for sign in ("error", "fatal", "failed", "can't")) else ""
    if not isinstance(entry, dict) or entry.get("s") not in ("E", "F"):
        return ""
    reason = entry.get("attr", {}).get("error", "")
    return f"{entry.get('msg', '')} {reason if isinstance(reason, str) else json.dumps(reason)}".strip()
