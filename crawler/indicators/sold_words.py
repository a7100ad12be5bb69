"""The ways of saying what is sold of ``sold.yaml``, compiled."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators.ways import either, noun

GAP = r"[\s'’\"“”«»/&-]"
"""Between words that are said in one breath."""
ENDS = r"(?:\W{1,3}\w+){0,3}\W*$"
"""Behind the words that leave goods out a clause soon ends."""


@cache
def _table() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = tabular.words((resources.files("crawler.data") / "sold.yaml").read_text("utf-8"))
    return loaded


@cache
def ways(name: str) -> re.Pattern[str]:
    """Return one list, compiled."""
    return re.compile(either(_table()[name]))


def load() -> None:
    """Compile what needs no goods."""
    for name in ("reviews", "hand_in", "works", "warranty", "about"):
        ways(name)
    wrapping()


@cache
def wrapping() -> re.Pattern[str]:
    """Return what says that only what goods come in is offered: it is empty, or named with "only"."""
    named, beside = either(_table()["wrapping"]), either(_table()["only"] + _table()["empty"])
    return re.compile(
        rf"{beside}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}}){{0,2}}?{named}|{named}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}})?{beside}"
    )


@cache
def left_out(goods: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for clauses that leave ``goods`` out: such of any length, and such of few words."""
    named, table = either(noun(name) for name in sorted(goods)), _table()
    before = rf"{either(table['before'])}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}})?{named}"
    after = rf"{named}(?:{GAP}{{1,2}}{either(table['between'])})?{GAP}{{0,2}}{either(table['after'])}{ENDS}"
    without = rf"{either(table['without'])}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}})?{named}"
    return re.compile(f"{before}|{after}"), re.compile(without)
