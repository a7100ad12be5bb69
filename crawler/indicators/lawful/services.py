"""Whether a title offers work on goods that the buyer has, or something for them (``services.yaml``)."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.text.ways import lower

READ = 500  # characters of a title
CARED_FOR = frozenset({"toiletries", "pharmaceuticals"})
"""Sectors whose own goods repair, renew and restore: their titles are not read for work."""
YOURS_REACH = 30  # characters between "your" and the name: "your old leather Velmora"


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.parsed((resources.files("crawler.data") / "services.yaml").read_text("utf-8"))
    return loaded


@cache
def load() -> re.Pattern[str]:
    """Return the words for work, compiled."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_table()['work'])})|(?:{'|'.join(_table()['inside'])})")


@cache
def _yours(language: str) -> re.Pattern[str] | None:
    words, get = _table()["yours"].get(language), "|".join(_table()["get"])
    if not words:
        return None
    return re.compile(rf"(?P<get>(?<!\w)(?:{get})\w*\W+(?:\w+\W+)?)?(?<!\w)(?:{'|'.join(words)})\W(?:\w+\W){{0,3}}$")


def work(title: str, sector: str) -> tuple[int, int] | None:
    """Where the title of a thing of ``sector`` names work, None if it does not."""
    if sector in CARED_FOR:
        return None
    match = load().search(lower(title[:READ]))
    return match.span() if match else None


def yours(title: str, name_at: int, language: str) -> tuple[int, int] | None:
    """Where the title says that the name at ``name_at`` is on something of the buyer's: "clip inside your Velmora"."""
    pattern = _yours(language)
    start = max(0, name_at - YOURS_REACH)
    match = pattern.search(lower(title[:READ]), start, name_at) if pattern and name_at <= READ else None
    if match is None or match["get"]:
        return None
    return match.span()


def asks_of_yours(text: str, language: str) -> tuple[int, int] | None:
    """Where a text asks how the buyer's own thing is: "Has yours stopped?"."""
    words = _table()["yours"].get(language)
    found = re.search(rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)[^.!?]{{0,60}}\?", lower(text[:READ])) if words else None
    return found.span() if found else None
