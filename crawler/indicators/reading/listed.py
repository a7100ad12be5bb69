"""Names in a row: what one is there for, those listed with it are there for, too.

"Light for Velmora, Orsano and Kestrel": of such a list only the first name stands behind the word that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from functools import cache
from itertools import pairwise

from crawler.indicators.reading.found import Found
from crawler.indicators.text.title_words import languages
from crawler.indicators.text.tokens import Tokens
from crawler.register.words import is_word

CARRIED = frozenset({"compatible", "repair"})
SIGNS = ",/&+、，"
LONGEST = 3  # words of a model, or of a maker that the register does not name


def carried(found: list[Found], product_words: Mapping[str, Set[str]]) -> list[Found]:
    """Return the mentions of an offer, those in a list in the role of the one that begins it, or ends it."""
    settled = list(found)
    pairs = list(_neighbours(settled))
    for a, b in pairs:
        one, two = settled[a], settled[b]
        between = one.place.text[one.mention.end : two.mention.start]
        if one.role in CARRIED and two.role == "claim" and _goes_on(between, product_words[one.entry.name]):
            settled[b] = replace(two, role=one.role, by=one.by)
    for a, b in reversed(pairs):
        one, two = settled[a], settled[b]
        between = one.place.text[one.mention.end : two.mention.start]
        if two.role in CARRIED and one.role == "claim" and not "".join(_commas().split(between)).strip():
            settled[a] = replace(one, role=two.role, by=two.by)
    return settled


def _neighbours(found: list[Found]) -> Iterator[tuple[int, int]]:
    """Two mentions each that follow each other in one place, and hide nothing."""
    plain = [k for k, f in enumerate(found) if not f.mention.deliberate]
    for a, b in pairwise(sorted(plain, key=lambda k: (id(found[k].place), found[k].mention.start))):
        if found[a].place is found[b].place and found[a].entry is not found[b].entry:
            yield a, b


def _goes_on(between: str, models: Set[str]) -> bool:
    """Whether nothing but commas, models and names of others stands between two names."""
    *parts, last = _commas().split(between)
    return bool(parts) and not last.strip() and all(_named(part, models) for part in parts)


def _named(part: str, models: Set[str]) -> bool:
    tokens = Tokens.of(part)
    written = [part[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    return len(written) <= LONGEST and all(
        word in models or not (text[0].islower() and is_word(word)) or any(map(str.isdigit, text))
        for word, text in zip(tokens.words, written, strict=True)
    )


@cache
def _commas() -> re.Pattern[str]:
    """Return what stands between the names of a list."""
    words = "|".join(sorted(map(re.escape, languages("listing")), key=len, reverse=True))
    return re.compile(rf"[{SIGNS}]|(?<![^\W\d_])(?:{words})(?![^\W\d_])|[和与及]", re.IGNORECASE)
