"""Recognises pages that stand in front of the page that was asked for: a pure reading of ``data/walls.yaml``."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular

READ = 100_000  # bytes of a page in which a wall is looked for: walls are short
TITLE_WITHIN = 800  # bytes from the opening of a title element to its end


@dataclass(frozen=True)
class Seen:
    """What a wall is recognised by. ``headers`` has lower-case names; ``path`` is empty unless redirected there."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str = ""


@dataclass(frozen=True)
class Wall:
    """One entry of the table."""

    name: str
    kind: str
    status: frozenset[int] = frozenset()
    header: tuple[str, str] | None = None
    title: re.Pattern[str] | None = None
    body: bytes = b""
    path: re.Pattern[str] | None = None
    most_bytes: int = 0

    def matches(self, seen: Seen, title: str, text: bytes) -> bool:
        """Whether every test of this entry holds; ``text`` is in lower case. The cheap tests come first."""
        return (
            (not self.status or seen.status in self.status)
            and (not self.most_bytes or len(seen.body) <= self.most_bytes)
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
    text = seen.body[:READ].lower()
    title = _title(seen.body, text)
    return next((wall for wall in walls() if wall.matches(seen, title, text)), None)


def _title(body: bytes, lower: bytes) -> str:
    """The page's title on one line, or nothing; nearly every wall is UTF-8."""
    start = lower.find(b"<title")
    end = lower.find(b"</title", start, start + TITLE_WITHIN) if start >= 0 else -1
    if end < 0:
        return ""
    text = body[lower.find(b">", start) + 1 : end].decode("utf-8", "replace")
    return " ".join(html.unescape(text).split())


@cache
def walls() -> Sequence[Wall]:
    """Return the table. Raises ``ValueError`` on an entry that tests nothing or has an unknown key."""
    entries = tabular.parsed(resources.files("crawler.data").joinpath("walls.yaml").read_text("utf-8"))["walls"]
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
            "body": entry.get("body", "").encode("ascii"),
            "title": _pattern(entry.get("title")),
            "path": _pattern(entry.get("path")),
        }
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None
