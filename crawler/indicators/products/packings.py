"""Less or more than the product: a sample, a single piece, a set, a bigger model, several products at once."""

from __future__ import annotations

import re

from crawler.indicators.products import lead_words, things
from crawler.indicators.reading.offer import LEANT_ON
from crawler.indicators.text.ways import lower
from crawler.indicators.titles.title import Title
from crawler.register.schema import ProductLine

SAMPLED = LEANT_ON | {"pharmaceuticals"}
"""Sectors whose goods are sold by the sample."""
PACKED = frozenset({"toys", "media and software"})
"""Sectors whose goods are sold by the box, by the pack and by the piece."""
READ = 300  # characters of a title
SIBLING = re.compile(r"(?<![^\W_])[A-Z][^\W\d_]{2,}[ -]\d{1,4}(?![^\W_])")
"""A product of a family, as a name and a number call it."""


def told(title: Title, line: ProductLine, sector: str, kind: frozenset[int]) -> str:
    """Return what says that less or more than ``line`` is sold, empty if nothing does."""
    return _less(title, sector) or _siblings(title, line) or _added(title, kind)


def variant(line: ProductLine, text: str) -> bool:
    """Whether a word that makes another product stands right behind the product's name or number: Pulse 3 *Pro*."""
    for name in (line.name, *line.spellings):
        head = re.match(r"\S+\s\d+|\S+", name)
        ways = rf"(?<!\w){re.escape(head[0])}[\s-]?({lead_words.variants()})(?![^\W\d_])" if head else ""
        match = re.search(ways, text[:READ], re.IGNORECASE) if ways else None
        if match and match[0].lower() not in line.name.lower() and (not match[1].islower() or text.islower()):
            return True
    return False


def _less(title: Title, sector: str) -> str:
    """A sample, a single piece, or a set with other goods."""
    names = ["sets", *(["less"] if sector in SAMPLED else []), *(["single"] if sector in PACKED else [])]
    for match in lead_words.ways(*names).finditer(lower(title.tokens.text[:READ])):
        a, b = title.tokens.at(*match.span())
        if a < b and not title.own.issuperset(range(a, b)):
            return match[0]
    return ""


def _added(title: Title, kind: frozenset[int]) -> str:
    """Other goods, or another product with its number, behind or before a plus: "Aria 3 + subwoofer Bass 8"."""
    plus = [k for k in range(title.start + 1, title.stop - 1) if title.written(k) == "+"]
    for k in plus:
        behind = list(range(k + 1, next((j for j in plus if j > k), title.stop)))
        goods = [j for j in behind if j in title.goods and j not in kind and j not in title.parts | title.soft]
        numbered = SIBLING.search(title.tokens.text[title.tokens.starts[k + 1] : title.tokens.ends[behind[-1]]])
        if title.own.isdisjoint(behind) and (goods or (numbered and title.own)):
            return title.written(goods[0]) if goods else numbered[0] if numbered else ""
        if title.own.isdisjoint(range(k)) and (thing := things.named(title, range(title.start, k))) is not None:
            return title.written(thing)
    return ""


def _siblings(title: Title, line: ProductLine) -> str:
    """Several products of one family: the name with other numbers beside its own."""
    text = title.tokens.text[:READ]
    for name in line.spellings or (line.name,):
        if (head := re.fullmatch(r"(\D{3,}[ -])\d+", name)) and name.lower() in text.lower():
            numbers = re.findall(rf"(?<!\w){re.escape(head[1])}(\d+)", text, re.IGNORECASE)
            if len(set(numbers)) > 1:
                return " ".join(numbers)
    return ""
