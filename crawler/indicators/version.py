"""Which word lists and weights a flag was made with: the hash of all tables that indicators read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

JUDGING = frozenset({"assessment.yaml", "calibration.yaml"})
"""Tables of the assessor: a change of theirs judges again, and flags nothing again."""
REGISTER = "register"
"""The folder of a register, which has a version of its own."""


@cache
def version() -> str:
    """SHA-256 over names and contents of the tables."""
    total = hashlib.sha256()
    for name, content in tables():
        total.update(name.encode() + content)
    return total.hexdigest()


def tables() -> Iterator[tuple[str, bytes]]:
    """Yield the tables that flags rest on, in the order of their names (``titles/de.yaml``), with their contents."""
    data = resources.files("crawler.data")
    yield from _within(data, "")
    for folder in sorted((item for item in data.iterdir() if item.is_dir()), key=lambda item: item.name):
        if folder.name != REGISTER:
            yield from _within(folder, f"{folder.name}/")


def _within(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".yaml") and item.name not in JUDGING:
            yield prefix + item.name, item.read_bytes()
