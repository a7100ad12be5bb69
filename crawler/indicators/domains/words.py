"""The words that a domain name is made of, written together or apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from anyascii import anyascii

from crawler.indicators.domains import lists
from crawler.indicators.text import tables
from crawler.indicators.text.tables import Goods
from crawler.register.folding import SIGHT, squeeze
from crawler.register.words import is_word
from crawler.urls import public_suffixes

GLUED = 4  # letters of a word for goods that may be glued to others
TRADE_GLUED = 6  # letters of a trade's word that a name may be glued to
DEEPEST = 3  # words written together
YEAR = re.compile(r"(?<!\d)(?:20[12]\d|24|365|247)(?!\d)")
"""Numbers that shops put behind a name: a year, or that they are always open."""
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"})
SOUNDS = (("ks", "x"), ("ph", "f"), ("ck", "k"), ("kw", "qu"), ("cz", "ch"), ("ij", "y"), ("oo", "u"), ("ee", "i"))
"""Letters that hands of another language write as they hear them: ``lumivoks``."""
PLURALS = ("", "s", "es", "n", "en", "e", "er", "i", "y")


class Beside(NamedTuple):
    """What stands beside a name in a domain."""

    selling: tuple[str, ...]
    """Words that say shop, cheap, where, when, or goods of the brand."""
    speaking: bool
    """Whether a word says that the name is spoken of: forum, museum, repair."""


def beside(before: str, behind: str, sold: Goods, products: frozenset[str], *, plain: bool) -> Beside:
    """Return what stands before and behind a name.

    :param products: words of the brand's products, as ``fold_phrase`` gives them.
    :param plain: whether words for goods of any kind count, as they do beside a name that is surely meant.
    """
    kinds = lists.domain_words()
    glued = not before or before[-1].isalnum()
    found = [word for word in words(before) if not (glued and len(word) < 3)] + words(behind)  # "decorvannes"
    selling = [
        word
        for word in found
        if kinds.get(word) in {"shop", "sells", "place"}
        or (plain and (kinds.get(word) == "goods" or _goods(word)))
        or _named(word, _names_of(sold))
        or (len(word) > 2 and squeeze(word, SIGHT) in products)
    ]
    years = YEAR.findall(before) + YEAR.findall(behind)
    return Beside((*selling, *years), any(kinds.get(word) == "other" for word in found))


def _named(word: str, names: frozenset[str]) -> bool:
    return len(word) > 2 and any(word.endswith(end) and word[: len(word) - len(end)] in names for end in PLURALS)


@cache
def _names_of(sold: Goods) -> frozenset[str]:
    """Return what the goods of a brand are called, as domain names write it: ``montre``, ``oelfilter``, ``sumka``."""
    return frozenset(_written(tables.names_of(sold)))


@cache
def _names_of_kinds() -> frozenset[str]:
    """Return what goods of all kinds are called."""
    return frozenset(_written(name for names in tables.kind_names().values() for name in names))


def _goods(word: str) -> bool:
    return len(word) >= GLUED and _named(word, _names_of_kinds())


def _written(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for written in (name.lower(), name.lower().translate(UMLAUTS)):
            bare = "".join(c for c in unicodedata.normalize("NFD", written) if not unicodedata.combining(c))
            letters = re.sub(r"[\W_]+", "", anyascii(bare).lower())
            if len(letters) > 2:
                yield letters


def words(rest: str) -> list[str]:
    """Return the words that ``rest`` is made of, written together or apart."""
    found: list[str] = []
    for part in re.split(r"[\W_\d]+", rest.lower()):
        found.extend(_split(part))
    return found


def _known(word: str) -> bool:
    kind = lists.domain_words().get(word)
    if kind in {"shop", "place"} or (len(word) >= GLUED and (kind is not None or word in lists.trade_words())):
        return True
    return _goods(word)


def _split(part: str, depth: int = DEEPEST) -> list[str]:
    if not part or _known(part) or depth == 0:
        return [part] if part else []
    for k in range(len(part) - 1, 1, -1):
        if _known(part[:k]):
            tail = _split(part[k:], depth - 1)
            if all(map(_known, tail)):
                return [part[:k], *tail]
    return [part]


def respelt(stem: str) -> Iterator[str]:
    """Yield ``stem`` with a letter that stands thrice written twice and once, and as it sounds: ``nimbellle``."""
    for way in (r"\1\1", r"\1"):
        if (once := re.sub(r"([^\W\d_])\1{2,}", way, stem)) != stem:
            yield once
    for written, heard in SOUNDS:
        if written in stem:
            yield stem.replace(written, heard, 1)


def spread(stem: str) -> Iterator[str]:
    """Yield ``stem`` with a word of selling set apart that is glued to its front or end: ``corvaneoutlet``."""
    for match in re.finditer(r"[^\W\d_]{6,40}", stem):
        part = match[0].lower()
        for k in range(3, len(part) - 2):
            if (len(part) - k > 2 and _known(part[k:])) or _known(part[:k]):
                yield f"{stem[: match.start() + k]} {stem[match.start() + k :]}"


def trades(stem: str) -> list[str]:
    """Return the words of a domain that name a trade, begin or end so: ``smithdental``; ``oldschool`` is no school."""
    found = []
    for part in re.split(r"[\W_\d]+", stem.lower()):
        named = [_trade(word) for word in _split(part)]
        found += [word for word in named if word and (word == part or word not in lists.label_words())]
    return found


def _trade(word: str) -> str:
    trades = lists.trade_words()
    if word in trades:
        return word
    if is_word(squeeze(word, SIGHT)):
        return ""
    parts = (
        part for k in range(len(word)) for part in (word[k:], word[:k]) if TRADE_GLUED <= len(part) < len(word) - 1
    )
    return next((part for part in parts if part in trades and part not in lists.label_words()), "")


def stem_of(domain: str) -> str:
    """Return the domain without its public suffix: ``shop.velmora-sale.co.uk`` → ``shop.velmora-sale``."""
    suffix = public_suffixes().publicsuffix(domain) or ""
    return domain[: -len(suffix) - 1] if suffix and domain != suffix else domain.rsplit(".", 1)[0]
