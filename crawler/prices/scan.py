"""Find the numbers of a text that are money, and the sign that belongs to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.prices.currencies import _signs_of, _words, codes, tables
from crawler.prices.numerals import NUMBER

_GAP_BEFORE = re.compile(r"[ :)]{0,40}")  # "EUR: 12"; templates indent, hence forty
_GAP_AFTER = re.compile(r" {0,40}")
_DASHES = re.compile(r"(?:[.,][-–—]{1,2}|,=|[–—]$)")  # 12,– and 12.— stand for no cents


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the sign that belongs to it (``""``: none); positions in the plain text."""

    start: int
    end: int
    digits: str
    sign: str
    number_start: int
    whole: bool = False
    """Written with a dash for the cents: the number has no decimals."""


@lru_cache(maxsize=64)  # one per language that the crawl meets
def signs_pattern(language: str | None) -> re.Pattern[str]:
    """Compile the signs, codes and words of money, those of the language included."""
    exact = {*tables()["signs"], *_signs_of(language), *codes()}
    folded = set(_words())
    parts = [_bounded(s) for s in sorted(exact, key=len, reverse=True)]
    parts += [f"(?i:{_bounded(s)})" for s in sorted(folded, key=len, reverse=True)]
    return re.compile("|".join(parts))


def _bounded(sign: str) -> str:
    before = r"(?<![^\W\d_])" if sign[0].isalpha() else ""
    after = r"(?![^\W\d_])" if sign[-1].isalpha() else ""
    return before + re.escape(sign) + after


def amounts(text: str, language: str | None) -> list[Amount]:
    """Return the numbers of a plain text, each with its sign, in order; a sign serves one number."""
    signs = list(signs_pattern(language).finditer(text))
    found: list[Amount] = []
    at, used = 0, -1
    for match in NUMBER.finditer(text):
        start, end, digits = match.start(), match.end(), match[0]
        dashes = _DASHES.match(text, end)
        end = dashes.end() if dashes else end
        while at < len(signs) and signs[at].end() <= start:
            at += 1
        left = at - 1 if at and at - 1 > used and _GAP_BEFORE.fullmatch(text, signs[at - 1].end(), start) else None
        right = at if at < len(signs) and _GAP_AFTER.fullmatch(text, end, signs[at].start()) else None
        chosen = left if left is not None else right
        if chosen is None:
            found.append(Amount(start, end, digits, "", start, dashes is not None))
            continue
        used = chosen
        sign = signs[chosen]
        found.append(Amount(min(start, sign.start()), max(end, sign.end()), digits, sign[0], start, dashes is not None))
    return found
