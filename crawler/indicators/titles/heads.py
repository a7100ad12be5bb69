"""Which word a title is led by: it stands first in some languages and last in others.

No list knows all parts, accessories and wrappings that there are. But a noun that no table of goods knows, standing
where its language names what is sold, says that the brand's goods are what it is for: "fond de feutre velmora
aurelia", "glass dropper Solcere Hydra".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from crawler.indicators.text.title_words import languages, soft
from crawler.indicators.titles.title import Title
from crawler.register.folding import CJK

PLAIN, BESIDE = 1.2, 0.8
"""How much a word weighs that leads a title, and one in front of the name where goods follow behind it."""
Kind = Literal["goods", "other"]
LEADING = 0.5  # of a word: what weighs less leads nothing


def leading(title: Title) -> tuple[int, float] | None:
    """Return the word that leads the title and is not known to be goods, with its weight; None if goods lead it."""
    if not title.names:
        return None
    name = min(title.names)
    a, b = _part_of(title, name)
    kinds = _kinds(title, a, b)
    if not kinds:
        a, b = _first_part(title)
        kinds = _kinds(title, a, b)
        name = b
    first = title.language in languages("first") or title.language in languages("joining")
    return (_first(title, kinds, name) if first else _last(title, kinds, name)) or _only(title, kinds)


def _only(title: Title, kinds: dict[int, Kind]) -> tuple[int, float] | None:
    """A noun that stands with the name where no goods are named: "Velmora Aurelia shaper"."""
    nouns = [k for k in kinds if k in title.parts or title.unknown(k) == 1.0]
    bare = nouns and not title.goods - title.names and "goods" not in kinds.values()
    return (nouns[-1], PLAIN) if bare else None


def _first(title: Title, kinds: dict[int, Kind], name: int) -> tuple[int, float] | None:
    """What is sold is named first: by the first word that names anything."""
    first = min(kinds, default=None)
    if first is None or kinds[first] == "goods":
        return None
    goods_behind = any(kind == "goods" for k, kind in kinds.items() if k > first)
    if first < name or (goods_behind and title.language in languages("first")):
        return first, PLAIN
    return None


def _last(title: Title, kinds: dict[int, Kind], name: int) -> tuple[int, float] | None:
    """What is sold is named last before the name, unless it is named behind it; "for" and the like lead away."""
    before = [k for k in kinds if k < name]
    if not before:
        return _taking(title, kinds) or _last_chunk(title, kinds)
    last = before[-1]
    if kinds[last] == "goods":
        others = [k for k in before if kinds[k] == "other"]
        led = others and any(title.words[k] in languages("leads_to") for k in range(others[0], last))
        return (others[0], PLAIN) if led else None
    behind = any(kind == "goods" for k, kind in kinds.items() if k > name)
    return last, BESIDE if behind else PLAIN


def _taking(title: Title, kinds: dict[int, Kind]) -> tuple[int, float] | None:
    """The noun that takes all goods in front of it for itself: "watch winder"."""
    taken = before_nouns(title)
    nouns = [k for k in kinds if k - 1 in taken]
    return (nouns[-1], PLAIN) if nouns and "goods" not in kinds.values() else None


def _last_chunk(title: Title, kinds: dict[int, Kind]) -> tuple[int, float] | None:
    """Where words are written without spaces, a chunk behind the goods that names no goods says what is sold."""
    goods = [k for k, kind in kinds.items() if kind == "goods"]
    behind = [k for k, kind in kinds.items() if kind == "other" and goods and k > goods[-1]]
    if not behind or not CJK.match(title.words[behind[0]]):
        return None
    parts = [k for k in behind if k in title.parts or k in title.soft]
    return (parts[0], PLAIN) if parts else (behind[0], BESIDE)


def _kinds(title: Title, a: int, b: int) -> dict[int, Kind]:
    """The words within ``a:b`` that name something, in order; a noun right behind goods takes them for itself."""
    kinds: dict[int, Kind] = {}
    taken = before_nouns(title)
    for k in range(a, b):
        if k in title.names or k in taken:
            continue
        if k in title.goods:
            kinds[k] = "goods"
        elif k in title.parts or k in title.soft or (not title.known(k) and title.unknown(k) >= LEADING):
            kinds[k] = "other"
    return kinds


def goods_named(title: Title) -> frozenset[int]:
    """The goods that the title names as what is sold: none if other words stand with the name, and goods elsewhere."""
    goods = title.goods - title.names - before_nouns(title)
    if not title.names:
        return goods
    a, b = _part_of(title, min(title.names))
    kinds = _kinds(title, a, b)
    return goods if not kinds or "goods" in kinds.values() else frozenset()


def before_nouns(title: Title) -> frozenset[int]:
    """Goods that only say what the noun behind them is for, where nouns stand apart: shoe trees, watch winder."""
    if title.language in languages("first"):
        return frozenset()
    taken = (k for k in range(title.start + 1, len(title.words)) if _noun_behind(title, k))
    return frozenset(j for k in taken for j in _goods_before(title, k))


def _goods_before(title: Title, k: int) -> Iterator[int]:
    """The word in front of word ``k``, and all of the goods if nothing is behind: the *security camera* of a mount."""
    yield k - 1
    ends = k + 1 >= title.stop or title.parted(k + 1) or any(map(str.isdigit, title.words[k + 1]))
    j = k - 2
    while ends and j in title.goods - title.names and title.tokens.between(j, j + 1) == " ":
        yield j
        j -= 1


def _noun_behind(title: Title, k: int) -> bool:
    """Whether word ``k`` stands right behind goods and names something else: a part, or what no table knows."""
    if k in title.goods or k - 1 not in title.goods or title.tokens.between(k - 1, k) != " ":
        return False
    part = k in title.parts or (k in title.soft and soft(title.language).covers(title.words[k]))
    return part or (not title.known(k) and title.unknown(k) == 1.0)


def _part_of(title: Title, k: int) -> tuple[int, int]:
    """The words around ``k`` between pauses, symbols and marks."""
    a = b = max(k, title.start)
    while a > title.start and not title.parted(a):
        a -= 1
    while b + 1 < title.stop and not title.parted(b + 1):
        b += 1
    return a, b + 1


def _first_part(title: Title) -> tuple[int, int]:
    """The first words between pauses that name something; none if no words do."""
    a = title.start
    while a < title.stop:
        a, b = _part_of(title, a)
        if _kinds(title, a, b):
            return a, b
        a = b
    return a, a
