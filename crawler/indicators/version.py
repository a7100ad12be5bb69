"""Which word lists and weights a flag was made with: the hash of all tables that indicators read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

JUDGING = frozenset({"assessment.yaml", "calibration.yaml"})
"""Tables of the assessor: a change of theirs judges again, and flags nothing again."""


@cache
def version() -> str:
    """SHA-256 over names and contents of the tables; the register has a version of its own."""
    total = hashlib.sha256()
    data = resources.files("crawler.data")
    files = [item for item in data.iterdir() if item.name.endswith(".yaml") and item.name not in JUDGING]
    files += [item for name in ("wording", "lawful_use", "clauses") for item in (data / name).iterdir()]
    for item in sorted(files, key=lambda found: str(found)):
        if item.name.endswith(".yaml"):
            total.update(item.name.encode() + item.read_bytes())
    return total.hexdigest()
