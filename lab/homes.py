"""A folder for a demo's servers and data that no other running demo has."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BESIDE = 20  # demos side by side; more is a mistake


@contextmanager
def own_home(root: Path, name: str = "demo") -> Iterator[Path]:
    """Yield ``root/demo``, or ``demo-2``, ``demo-3`` … while others run; the folder keeps what the last one left.

    The lock lies beside the folder and belongs to the process: it is free again whatever ended the process.
    """
    root.mkdir(parents=True, exist_ok=True)
    for number in range(1, MOST_BESIDE + 1):
        home = root / (name if number == 1 else f"{name}-{number}")
        with home.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield home
            return
    raise OSError(f"{MOST_BESIDE} demos run in {root}: end one of them")


def empty(home: Path) -> None:
    """Remove what an earlier demo left; its servers must be down."""
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
