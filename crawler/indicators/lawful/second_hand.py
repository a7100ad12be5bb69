"""Whether a text says that a thing has been somebody's: age, wear, use, why and how it goes (``second_hand.yaml``).

Lists of phrases know the usual words. People describe their own things in their own, but about the same few matters:
how often it was worn, a small mark on the corner, that it works, whose it was, why it has to go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.text.ways import either, lower

LOOKS = re.compile(r"\W{0,3}(?:look|effect|effekt|style|optik|design|resist|proof|fest\b|finish|wash)")
"""What is made to look worn, or not to wear, is new."""
NEVER = re.compile(
    r"(?:never|not|non?|un|nie|niemals|nicht|jamais|pas|mai|nunca|sin|sem|não|nooit|niet|nigdy|не|ни разу|никогда"
    r"|hiç|aldrig|未|没)(?: been| be| yet| wirklich| encore| ancora| aún)?[\s-]*$"
)
"""Denies the use that follows: never worn."""
READ = 500  # characters of a title
READ_ON = 5_000  # characters of a description


def load() -> None:
    """Compile what is said in all languages and in English."""
    _plain("en"), _used(), _told(), _harm(), _described()


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.parsed((resources.files("crawler.data") / "second_hand.yaml").read_text("utf-8"))
    return loaded


def _any(ways: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(ways) + ")")


@cache
def _plain(language: str) -> re.Pattern[str]:
    """What needs no second look, in a language and in all."""
    table = _table()
    groups = [ways for name, ways in table["everywhere"].items() if name not in {"used_up", "kin"}]
    ways = [*_aged(table["age"]), *(way for group in groups for way in group)]
    return _any([*ways, *table["in_language"].get(language, ())])


def _aged(age: dict[str, list[str]]) -> list[str]:
    number = rf"(?:\d{{1,2}}|{'|'.join(age['numbers'])})"
    years, old = "|".join(age["years"]), "|".join(map(re.escape, age["old"]))
    return [
        rf"{number} (?:{years}) (?:{old})\b",
        rf"(?<=[,;–-] ){number} (?:{years})(?=\s*[,;]|\s*$)",  # apart between commas: no guarantee, no subscription
        rf"\w{{1,12}}(?:{'|'.join(age['joined'])})\b",
    ]


@cache
def _used() -> re.Pattern[str]:
    return _any(_table()["everywhere"]["used_up"])


@cache
def _told() -> re.Pattern[str]:
    return _any([*_table()["everywhere"]["told"], *_table()["everywhere"]["kin"]])


@cache
def _described() -> re.Pattern[str]:
    return re.compile(either(way for ways in _table()["described"].values() for way in ways))


@cache
def _harm() -> re.Pattern[str]:
    harm = _table()["small_harm"]
    small, place = "|".join(harm["small"]), "|".join(harm["place"])
    return re.compile(rf"(?<!\w)(?:{small}) ({harm['noun']}) (?:{place})(?!\w)")


def worn(title: str, language: str, goods: frozenset[str]) -> tuple[int, int] | None:
    """Where a title says so, None if it does not; ``goods`` are words for things that are sold, folded."""
    return next(_signs(lower(title[:READ]), language, goods), None)


def aged(description: str, language: str, goods: frozenset[str]) -> list[tuple[int, int]]:
    """Where a description says so, or how private people hand goods over; without overlaps, in order."""
    text = lower(description[:READ])
    more = (one.span() for one in _described().finditer(text) if _so(text, one))
    found: list[tuple[int, int]] = []
    for span in sorted((*_signs(text, language, goods), *more)):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _signs(text: str, language: str, goods: frozenset[str]) -> Iterator[tuple[int, int]]:
    yield from (one.span() for one in _plain(language).finditer(text) if not LOOKS.match(text, one.end()))
    yield from (one.span() for one in _used().finditer(text) if _so(text, one))
    yield from (one.span() for one in _harm().finditer(text) if one[1] not in goods)


def told(description: str) -> tuple[int, int] | None:
    """Where a description says that a private person sells, None if it does not."""
    match = _told().search(lower(description[:READ_ON]))
    return match.span() if match else None


def _so(text: str, use: re.Match[str]) -> bool:
    """Whether a word of use is neither denied nor that of a look."""
    return not LOOKS.match(text, use.end()) and not NEVER.search(text, max(0, use.start() - 20), use.start())
