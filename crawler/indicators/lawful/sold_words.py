"""The ways of saying what is sold of ``sold.yaml``, compiled."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators.text import tables
from crawler.indicators.text.ways import either, lower, noun

GAP = r"[\s'’\"“”«»/&-]"
"""Between words that are said in one breath."""
ENDS = r"\w{0,8}(?:\W{1,3}\w+){0,3}\W*$"
"""Behind the words that leave goods out a clause soon ends."""

CLAUSE = re.compile(r"[^.!?;:,…。！？；，、()\n|•·]+")
OPENING = 250  # characters of a description that say what is offered


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
    for name in (
        "reviews",
        "shop",
        "shows",
        "sheets",
        "formats",
        "stuff",
        "prints",
        "with_it",
        "put_on",
        "hand_in",
        "works",
        "quoted",
        "worked_on",
        "warranty",
        "nothing_else",
    ):
        ways(name)
    (
        first_words("about"),
        first_words("beside"),
        wrapping("only"),
        wrapping("empty"),
        behind(),
        only_sent(),
        things(),
        leading("before"),
        leading("shape"),
        not_sold(),
        leading("without"),
    )


@cache
def wrapping(said: str) -> re.Pattern[str]:
    """Return what offers what goods come in: its name beside a word of the list ``only`` or ``empty``."""
    packed, beside = either(_table()["wrapping"]), either(_table()[said])
    return re.compile(
        rf"{beside}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}}){{0,2}}?{packed}|{packed}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}})?{beside}"
    )


@cache
def first_words(name: str) -> re.Pattern[str]:
    """Return the list ``name``, group ``first``, where a text begins with one of it, one word apart at most."""
    return re.compile(rf"\W*(?:\w+\W{{1,2}})?(?P<first>{ways(name).pattern})")


@cache
def named(kind: str) -> re.Pattern[str]:
    """Return the names of a kind of goods, in their cases."""
    return re.compile(either(noun(lower(name)) for name in tables.kind_names()[kind]))


@cache
def things() -> re.Pattern[str]:
    """Return words for goods of any kind, in their cases: the machine."""
    return re.compile(either(noun(name) for name in _table()["things"]))


@cache
def leading(name: str) -> re.Pattern[str]:
    """Return what leaves out goods right behind it, one word apart at most: list ``before`` or ``without``."""
    return re.compile(rf"{either(_table()[name])}{GAP}{{0,2}}(?:\w+{GAP}{{1,2}})?$")


@cache
def not_sold() -> re.Pattern[str]:
    """Return what says right before goods that they are not sold."""
    return re.compile(rf"{either(_table()['not_sold'])}{GAP}{{0,2}}$")


@cache
def only_sent() -> re.Pattern[str]:
    """Return what says of one thing that it is all that is sent: "only the clip is sold", "nur der Clip"."""
    table = _table()
    sent, only = either(table["sent"]), either(table["only"])
    thing = rf"{either(table['articles'])}{GAP}{{0,2}}\w+"
    return re.compile(
        rf"(?:{sent}{GAP}{{1,2}}(?:\w+{GAP}{{1,2}})?{only}{GAP}{{1,2}}{thing}|{only}{GAP}{{1,2}}{thing}{GAP}{{1,2}}{sent}"
        rf"|{sent}{GAP}{{1,2}}{thing}{GAP}{{1,2}}{only}|{sent}{GAP}{{1,2}}{either(table['articles'])}{GAP}{{1,2}}{only}"
        rf"{GAP}{{1,2}}\w+)\W*$"
    )


@cache
def behind() -> re.Pattern[str]:
    """Return what stands right behind goods that it leaves out."""
    table = _table()
    apart = rf"{GAP}{{0,2}}{either(table['between'])}|(?:,?{GAP}{{1,2}}\w+){{1,4}}?"
    return re.compile(rf"(?:{apart})?,?{GAP}{{0,2}}{either(table['after'])}{ENDS}")


def told_by(name: str, text: str) -> list[re.Match[str]]:
    """Where the opening tells of what is sold by a way of the list ``name``, not of what comes with it."""
    return [
        match
        for clause in CLAUSE.finditer(text[:OPENING])
        for match in ways(name).finditer(text, *clause.span())
        if not ways("with_it").search(text, clause.start(), match.start())
    ]
