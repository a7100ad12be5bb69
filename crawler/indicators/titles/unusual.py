"""How much a title says that no shop's title says: words beside names, goods, numbers and the words of selling.

What a thing is offered as can be told in endlessly many ways: given away because a son has grown, without its cable,
with its soles glued. Nobody can list them, but titles of new goods can be described (``title_words.yaml``): a name,
what it is, colour, size, stuff, audience, terms. A title that says more is not understood, and no ground for a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.indicators.text import tables
from crawler.indicators.text.title_words import folded, languages, people, places, prose, units
from crawler.indicators.titles.heads import goods_named
from crawler.indicators.titles.title import Title

TOO_MUCH = 1.2
MODEL = re.compile(r"(?<![\w-])[A-Z]{1,4}-?\d{3,5}[A-Z]?(?![\w-])")
QUANTITY = re.compile(r"\d+([^\W\d_]+)")
WORN, OTHER = "sportswear", "other"
LEFT = 2  # words in which a number follows what counts what is left
NAMED, BARE, PROSE, SOFT = 0.4, 1.2, 1.0, 0.6
"""What an unknown word weighs beside goods that are named, beside a bare name, and if only sentences have it; and what
a part does beside a bare name, if it may also say what the goods are made of."""


def strange(title: Title, leading: tuple[int, float] | None, told: bool = False) -> tuple[float, int, int] | None:
    """Return how much of a title is not understood, and its first and last such word; None if little or none is.

    :param told: whether the title tells of goods otherwise than by their name.
    """
    goods = goods_named(title)
    each = NAMED if goods or told else BARE
    weights = {k: each * title.unknown(k) for k in range(title.start, title.stop) if not title.known(k)}
    if not goods:
        soft = {k for k in title.soft - title.names if not _told(title, k)}
        weights |= dict.fromkeys(title.parts - title.names, BARE) | dict.fromkeys(soft, SOFT)
    weights |= dict.fromkeys(_prose(title), PROSE)
    if leading:
        weights[leading[0]] = weights.get(leading[0], 0.0) + leading[1]
    unknown = sorted(k for k, weight in weights.items() if weight)
    total = sum(weights.values()) + sum(0.5 for part in _parts(title) if part and all(weights.get(k) for k in part))
    return (total, unknown[0], unknown[-1]) if total >= TOO_MUCH else None


def vouched(title: Title) -> bool:
    """Whether the title begins by vouching for the brand, has a model's number, and names no part of anything.

    "Original Velmora … VM-2208": whatever the noun is that no table knows, it is claimed to be the maker's.
    """
    before = title.words[title.start : min(title.names, default=title.start)]
    sure = bool(before) and folded("vouches").issuperset(before) and not (title.parts | title.soft)
    return sure and MODEL.search(title.tokens.text) is not None


def joined(title: Title, sold: tables.Goods) -> bool:
    """Whether a word of the title ends with one for goods of the brand, where words are joined: Winterstiefel."""
    return title.language in languages("joining") and any(
        title.words[k].endswith(tables.endings(sold)) for k in title.goods - title.names
    )


def measured(title: Title, sector: str) -> bool:
    """Whether the title names no product and no part, and tells something by which only goods of ``sector`` are told:
    whom they are for, where in a car they belong, their power.
    """
    if title.own - title.names or (title.parts | title.soft) - title.names:
        return False
    told = places(sector) if sector != WORN else people()
    if told.any(title.words, title.start, title.stop):
        return True
    known = units(sector if tables.knows(sector) else OTHER)
    written = [title.written(k).lower() for k in range(title.start, title.stop)]
    apart = any(number.isdigit() and unit in known for number, unit in pairwise(written))
    return apart or any(match[1] in known for match in map(QUANTITY.fullmatch, written) if match)


def _told(title: Title, k: int) -> bool:
    """Whether a word of selling right in front of a part tells what it is like, as of goods with it: "blue dial"."""
    return k - 1 in title.selling and not title.names.isdisjoint(range(k)) and not title.parted(k)


def _prose(title: Title) -> Iterator[int]:
    """The words that only sentences have, but for those that count what is left: "nur noch 3"."""
    listed = prose(title.language)
    numbers = {k for k in range(len(title.words)) if title.written(k).isdigit() and k not in title.own}
    for k in range(title.start, title.stop):
        counts = title.words[k] in folded("left") and not numbers.isdisjoint(range(k + 1, k + 1 + LEFT))
        digits = any(map(str.isdigit, title.written(k)))  # folded, 1st is "ist"
        if k not in title.names and title.words[k] in listed and not counts and not digits:
            yield k


def _parts(title: Title) -> list[list[int]]:
    """The words between commas, dashes and the like, without the first part."""
    parts: list[list[int]] = [[]]
    for k in range(title.start, title.stop):
        if k > title.start and title.parted(k):
            parts.append([])
        parts[-1].append(k)
    return parts[1:]
