"""Whether an offer tells of goods, shows them or lends them (``about.yaml``): news, tests, pictures, dolls' things.

Titles of news and tests name goods as shops do, and no list of goods tells them apart; what is done with the goods
does.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators.lawful import sold
from crawler.indicators.lawful.sold_words import OPENING, first_words, told_by
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text.ways import either, lower
from crawler.items import Provenance
from crawler.register.loading import Entry

READ = 1_000  # characters of a description
TITLE = 300  # characters of a title that are read
ASKS = ("?", "\uff1f", "\u061f", "\u037e")
SOFTWARE = "media and software"
PLAYED_WITH = "toys"
SIGNS = 2  # of what shows goods: sheets, format, stuff, print
FIRST = frozenset({"shown", "fittings"})
"""Of descriptions only the first words are asked whether they are so: further on it is what comes along."""
WAYS = (
    ("told", "report", (), "about: news, a test or a guide tells of the goods"),
    ("shown", "shown", (SOFTWARE,), "about: goods that show the brand's"),
    ("dolls", "dolls", (SOFTWARE, PLAYED_WITH), "about: goods in small, for dolls or a showcase"),
    ("fittings", "fittings", (SOFTWARE, "spare parts"), "packaging: what shops show goods on"),
    ("lent", "lent", (SOFTWARE,), "service: the goods are lent"),
)
"""What titles say so by, and descriptions; the sectors whose own goods are told of so (software draws, films are lent,
toys are dolls); and the reason."""


@cache
def _ways(name: str) -> re.Pattern[str]:
    table: dict[str, list[str]] = tabular.words((resources.files("crawler.data") / "about.yaml").read_text("utf-8"))
    return re.compile(either(table[name]))


@cache
def _first(name: str) -> re.Pattern[str]:
    """Return the same where a text begins with it, two words apart at most."""
    return re.compile(rf"\W*(?:\w+\W{{1,2}}){{0,2}}?{_ways(name).pattern}")


def otherwise(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why title or description say that the goods are not what is sold, and where; None if they do not."""
    if any(f.mention.deliberate for f in reading.of(entry)):
        return None
    title, description = reading.place("title"), sold.own_words(reading)
    for in_title, in_text, not_in, reason in WAYS:
        if entry.holder.sector in not_in:
            continue
        span = _in_title(reading, entry, in_title)
        if title is not None and span is not None:
            return reason, title.proof(*span)
        span = _in_description(description, in_text) if description else None
        if description is not None and span is not None:
            return reason, description.proof(*span)
    span = _tells(lower(description.text[:READ]), entry) if description else None
    reason = "about: the description offers what tells of the goods or shows them"
    return (reason, description.proof(*span)) if description and span else None


def asked(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """The title asks something of the goods of that name, which who sells them need not: "Nuvix not charging?"."""
    title = reading.place("title")
    if title is None:
        return None
    for f in reading.of(entry):
        if f.place is not title or f.mention.deliberate:
            continue
        behind = re.match(r"[^.!;|•\n]*", title.text[f.mention.end :])
        end = f.mention.end + (behind.end() if behind else 0)
        if any(mark in title.text[f.mention.end : end] for mark in ASKS):
            return "about: the title asks something of the goods", title.proof(f.mention.start, end)
    return None


def _in_title(reading: Reading, entry: Entry, name: str) -> tuple[int, int] | None:
    """Where the title says so, outside of names and not of what comes with the goods."""
    title = reading.place("title")
    if title is None:
        return None
    tokens = title.tokens
    own = {k for f in reading.found if f.place is title for k in range(*tokens.at(f.mention.start, f.mention.end))}
    own |= {k for k, word in enumerate(tokens.words) if word in reading.context.product_words[entry.name]}
    for match in _ways(name).finditer(lower(title.text[:TITLE])):
        a, b = tokens.at(*match.span())
        if a < b and not own.issuperset(range(a, b)) and not reading.comes_with(tokens, a):
            return match.span()
    return None


def _in_description(place: Place, name: str) -> tuple[int, int] | None:
    text = lower(place.text[:OPENING])
    match = _first(name).match(text) if name in FIRST else _ways(name).search(text)
    return match.span() if match else None


def _tells(text: str, entry: Entry) -> tuple[int, int] | None:
    """What tells of goods is named by the first words, "Poster in A2", or is told as only that is: to cut and glue, on
    three sheets of paper.
    """
    if entry.holder.sector == SOFTWARE:
        return None
    match = first_words("about").match(text)
    if match:
        return match.span("first")
    if found := told_by("shows", text):
        return found[0].span()
    signs = [found[0] for name in ("sheets", "formats", "stuff", "prints") if (found := told_by(name, text))]
    return signs[0].span() if len(signs) >= SIGNS else None
