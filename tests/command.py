"""``scrapy …`` as an operator types it, without the seconds that its start takes.

A session's commands run in forks of one process that has imported everything and read all tables (``python -m
tests.command``): nothing else differs, each has its own environment, settings, reactor and output. The settings are
not imported before the fork, because they read the environment. tests/services and tests/lab start the real command.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("crawler", "spiders", "pipelines")
NOT_OURS = "crawler.operations.launcher"  # scrapyd's: it imports a reactor, which each command installs for itself


def command(
    *words: str,
    environ: dict[str, str] | None = None,
    timeout: float = 90,
    kill_when: Callable[[], bool] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy WORDS`` in the project's folder and wait for its end, or kill it when the time has come."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = {"words": words, "environ": {**os.environ, **(environ or {})}, "folder": name}
        process = os.pidfd_open(_zygote().start(job))
        try:
            while kill_when and not select.select([process], [], [], 0.005)[0]:
                if kill_when():
                    signal.pidfd_send_signal(process, signal.SIGKILL)
                    break
            if not select.select([process], [], [], timeout)[0]:
                signal.pidfd_send_signal(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired(["scrapy", *words], timeout, _text(folder, "out"), _text(folder, "err"))
        finally:
            os.close(process)
        code = int(_text(folder, "code") or -signal.SIGKILL)
        return subprocess.CompletedProcess(["scrapy", *words], code, _text(folder, "out"), _text(folder, "err"))


def _text(folder: Path, name: str) -> str:
    with suppress(FileNotFoundError):
        return (folder / name).read_text("utf-8")
    return ""


class Zygote:
    """The process whose forks run the commands; it ends with its input."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.command"], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, job: dict[str, Any]) -> int:
        """Start a command; its process number."""
        assert self._process.stdin
        assert self._process.stdout
        with self._lock:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the process that runs the commands died")
        return int(answer)

    def end(self) -> None:
        """Close its input."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        self._process.wait(20)


@functools.cache
def _zygote() -> Zygote:
    started = Zygote()
    atexit.register(started.end)
    return started


def _prepare() -> None:
    """Import what commands use, and read what they read."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if found.name != NOT_OURS:
                importlib.import_module(found.name)
    from crawler.indicators import flags
    from crawler.prices.rates import Rates
    from crawler.urls import public_suffixes

    Rates()
    public_suffixes()
    flags.read_tables()
    for name in ("settings", "twisted.internet.reactor"):
        assert name not in sys.modules, f"{name} belongs to a command"
    gc.freeze()  # a collection in a fork would copy all of it


def _run(job: dict[str, Any]) -> int:
    """One command, in the fork; its exit code."""
    folder = Path(job["folder"])
    for number, (name, flags) in enumerate(((os.devnull, os.O_RDONLY), (folder / "out", 0), (folder / "err", 0))):
        handle = os.open(name, flags or os.O_WRONLY | os.O_CREAT)
        os.dup2(handle, number)
        os.close(handle)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(job["environ"])
    sys.argv = ["scrapy", *job["words"]]
    from scrapy.cmdline import execute

    code: object = 0
    try:
        execute()
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    number = code if isinstance(code, int) else int(code is not None)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    (folder / "code").write_text(str(number))
    return number


def main() -> None:
    """Fork for each line of the input."""
    _prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = _run(json.loads(line))
            finally:
                os._exit(code)
        print(child, flush=True)


if __name__ == "__main__":
    main()
