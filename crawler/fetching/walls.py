"""Recognises pages that stand in front of the page that was asked for: a pure reading of ``data/walls.yaml``."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

READ = 100_000  # characters of a page in which a wall is looked for: walls are short
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,500}?)</title", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """What a wall is recognised by. ``headers`` has lower-case names; ``path`` is empty unless redirected there."""

    status: int
    headers: Mapping[str, str]
    text: str
    size: int
    path: str = ""

    @property
    def title(self) -> str:
        """The page's title on one line, or nothing."""
        found = _TITLE.search(self.text)
        return " ".join(html.unescape(found[1]).split()) if found else ""


@dataclass(frozen=True)
class Wall:
    """One entry of the table."""

    name: str
    kind: str
    status: frozenset[int] = frozenset()
    header: tuple[str, str] | None = None
    title: re.Pattern[str] | None = None
    body: str = ""
    path: re.Pattern[str] | None = None
    most_bytes: int = 0

    def matches(self, seen: Seen, title: str, text: str) -> bool:
        """Whether every test of this entry holds; ``text`` is in lower case."""
        return (
            (not self.status or seen.status in self.status)
            and (not self.most_bytes or seen.size <= self.most_bytes)
            and self._header_matches(seen)
            and (self.path is None or bool(seen.path and self.path.search(seen.path)))
            and (self.title is None or bool(self.title.search(title)))
            and self.body in text
        )

    def _header_matches(self, seen: Seen) -> bool:
        if self.header is None:
            return True
        name, value = self.header
        return name in seen.headers and value in seen.headers[name].lower()


def wall_of(seen: Seen) -> Wall | None:
    """Return the first wall that what was seen matches, None for an ordinary page."""
    title, text = seen.title, seen.text.lower()
    return next((wall for wall in walls() if wall.matches(seen, title, text)), None)


@cache
def walls() -> Sequence[Wall]:
    """Return the table. Raises ``ValueError`` on an entry that tests nothing or has an unknown key."""
    entries = yaml.safe_load(resources.files("crawler.data").joinpath("walls.yaml").read_text("utf-8"))["walls"]
    return tuple(_wall(entry) for entry in entries)


def _wall(entry: dict[str, Any]) -> Wall:
    if not entry.keys() & {"status", "header", "title", "body", "path"}:
        raise ValueError(f"walls.yaml: {entry} would match every page")
    name, _, value = entry.get("header", "").partition(":")
    return Wall(
        **{
            **entry,
            "status": frozenset(entry.get("status", ())),
            "header": (name.strip().lower(), value.strip().lower()) if name else None,
            "title": _pattern(entry.get("title")),
            "path": _pattern(entry.get("path")),
        }
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None
