"""A part named right behind the goods that it is of, without a word that leads to them: "security camera mount"."""

from __future__ import annotations

from crawler.indicators.products import lead_words, things
from crawler.indicators.reading.offer import LEANT_ON
from crawler.indicators.text import tables
from crawler.indicators.text.title_words import languages, soft
from crawler.indicators.text.ways import lower
from crawler.indicators.titles.title import Title

READ = 300  # characters of a title
CARS = "spare parts"  # whose goods are parts themselves
SHORTEST, LONGEST = 4, 12  # letters of a word for a part that others end with


def behind_goods(title: Title, sold: tables.Goods) -> tuple[int, int] | None:
    """Return the words of a part that stands right behind the goods that it is of, None without one.

    Languages that name first what is sold may tell what goods are like by it, with a number ("motor 700 W") and
    so where goods are bought for looks ("bolso correa larga"); others make a new noun of the two.
    """
    first = title.language in languages("first")
    leant = sold.sector in LEANT_ON
    if sold.sector == CARS or (first and leant):
        return None
    spans = [(a, b) for a, b, _ in tables.any_goods(sold).find(title.words)]
    for match in lead_words.parts(title.language).finditer(lower(title.tokens.text[:READ])):
        a, b = title.tokens.at(*match.span())
        if a >= b or things.comes_with(title, a) or not title.own.isdisjoint(range(a, b)):
            continue
        if any(c < a < d for c, d in spans) or not _goods_before(title, a, first):
            continue
        if not (_measured(title, b) if first else leant and _of_looks(title, a, b)):
            return a, b
    return None


def _goods_before(title: Title, a: int, first: bool) -> bool:
    """Whether goods end right in front of word ``a``: where what is sold stands first, also in front of the name that
    stands there, else in front of another noun: headset *face* pad.
    """
    k = a - 1
    while first and k in title.names and not title.parted(k + 1):
        k -= 1
    if not first and not title.known(k) and not title.parted(a) and title.unknown(k) == 1.0:
        k -= 1
    return k >= title.start and k in title.goods - title.names and not title.parted(k + 1)


def _measured(title: Title, b: int) -> bool:
    """Whether a number behind a part tells what goods are like."""
    return b < title.stop and any(map(str.isdigit, title.words[b]))


def _of_looks(title: Title, a: int, b: int) -> bool:
    """Whether the words name, or end with, what goods that are bought for their looks have: Goldschnalle."""
    listed = soft(title.language)
    ends = (word[k:] for word in title.words[a:b] for k in range(max(0, len(word) - LONGEST), len(word) - SHORTEST + 1))
    stuff = b - a == 1 and a in title.selling  # crystal
    return stuff or not title.soft.isdisjoint(range(a, b)) or any(map(listed.covers, ends))
