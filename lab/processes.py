"""Processes that one command starts, each in a session of its own, and that never outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

GENTLE = (signal.SIGTERM, 8.0), (signal.SIGKILL, 3.0)  # signal, seconds that it is given


class DemoError(Exception):
    """A command could not do its part; the message is one line for a person."""


class Processes:
    """Starts commands and ends what still runs when the block is left, however it is left."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.environment, self.folder = dict(environment), folder
        self._running: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            end(process)

    def start(self, command: Sequence[str], log: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command that goes on in the background; what it says goes into the file ``log`` of the folder."""
        with (self.folder / log).open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                list(command),
                env=self.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def run(self, command: Sequence[str], seconds: float = 120.0, *, show: bool = False) -> str:
        """Run a command to its end and return what it printed (nothing when ``show``). Raises ``DemoError``."""
        name = " ".join(Path(part).name if index == 0 else part for index, part in enumerate(command))
        process = subprocess.Popen(
            list(command),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=None if show else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._running.append(process)
        try:
            printed, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise DemoError(f"`{name}` did not end within {seconds:.0f} s") from None
        if process.returncode:
            raise DemoError(f"`{name}` failed ({process.returncode}): {last_line(complaint or printed or '')}")
        return printed or ""


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def end(process: subprocess.Popen[str]) -> None:
    """End a process and everything in its session that is still there."""
    for number, seconds in GENTLE:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def wait_for(ready: Path, word: str, process: subprocess.Popen[str], seconds: float) -> None:
    """Wait until a file holds a word, written by a process. Raises ``DemoError`` when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while word not in ready.read_text(encoding="utf-8").split():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DemoError(f"the lab did not start: {last_line(ready.read_text(encoding='utf-8'))}")
        time.sleep(0.05)
