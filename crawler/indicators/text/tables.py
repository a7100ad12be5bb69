"""The tables of goods: what a sector sells, which kinds there are, and what these are called."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from crawler import tabular
from crawler.indicators.text.title_words import people
from crawler.indicators.text.tokens import Phrases, fold_phrase
from crawler.register.folding import CJK

SMALL = 3  # letters of words that join others within a phrase: buty do biegania
ENDING = 5  # letters of a word that others end with: shorter ones many words end with by chance


TRADES = "trade_kinds"  # a folder: goods of each trade in a file


@cache
def table(name: str) -> dict[str, list[str]]:
    """Return a table, or those of a folder together."""
    place = resources.files("crawler.data") / name
    files = (
        sorted((f for f in place.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
        if place.is_dir()
        else [place]
    )
    found: dict[str, list[str]] = {}
    for file in files:
        for key, items in tabular.parsed(file.read_text("utf-8")).items():
            found.setdefault(str(key), []).extend(map(str, items))
    return found


class Goods(NamedTuple):
    """What is sold under a name: the goods of a sector, and further kinds."""

    sector: str
    kinds: tuple[str, ...] = ()


@cache
def goods(sector: str) -> Phrases:
    """Return what is sold in ``sector``; nothing for a sector without a table."""
    return goods_of(Goods(sector))


@cache
def goods_of(sold: Goods) -> Phrases:
    """Return words for what is sold under a name."""
    return phrases_of({sold.sector: names_of(sold)})


def names_of(sold: Goods) -> list[str]:
    """Return what goods that are sold under a name are called, as it is written."""
    kinds = (*table("sector_kinds.yaml").get(sold.sector, ()), *sold.kinds)
    return [*table("sectors.yaml").get(sold.sector, ()), *(name for kind in kinds for name in kind_names()[kind])]


@cache
def any_goods(sold: Goods) -> Phrases:
    """Return all words for goods that may stand beside a name: of kinds that any brand may sell, and of its trades."""
    return phrases_of({"goods": [*_all("sectors.yaml"), *_all("kinds.yaml"), *_of_trades(sold)]})


def _of_trades(sold: Goods) -> list[str]:
    """Return the goods of trades that may stand beside a name: its own, or all for a sector without a table."""
    return names_of(sold) if knows(sold.sector) else _all(TRADES)


def _all(name: str) -> list[str]:
    return [item for items in table(name).values() for item in items]


@cache
def words_of(sold: Goods) -> frozenset[str]:
    """Return the words that goods which may stand beside a name are called by, each by itself: for the *cordless
    drill* of it. Whom goods are for is no goods: bag for *women*.
    """
    phrases = [
        phrase
        for phrase in map(fold_phrase, _of_trades(sold))
        if len(phrase) == 1 or all(len(word) > SMALL or CJK.match(word) for word in phrase)
    ]
    words = {word for phrase in phrases for word in phrase if len(phrase) == 1 or not people().any((word,), 0, 1)}
    return goods_words() | {form for word in words for form in _cases(word)}


def _cases(word: str) -> set[str]:
    """Return a word, and forms of it behind prepositions in Slavic languages; many are no words, and match nothing."""
    if len(word) < ENDING or CJK.search(word):
        return {word}
    stem, endings = (word[:-1], "aueiy") if word.endswith("a") else (word, ("", *"auieoy"))
    return {stem + ending for ending in endings}


@cache
def kinds_beside(sold: Goods) -> Phrases:
    """Return the kinds of goods that may stand beside a name, as phrases to look for."""
    listed = table("sector_kinds.yaml").get(sold.sector, []) if knows(sold.sector) else table(TRADES)
    return phrases_of({kind: list(kind_names()[kind]) for kind in {*table("kinds.yaml"), *listed, *sold.kinds}})


@cache
def endings(sold: Goods) -> tuple[str, ...]:
    """Return the single words for goods that others end with where words are joined: Winterstiefel."""
    phrases = (fold_phrase(name) for name in names_of(sold))
    return tuple({phrase[0] for phrase in phrases if len(phrase) == 1 and len(phrase[0]) >= ENDING})


@cache
def trades() -> Phrases:
    """Return the kinds of goods that only brands of some sectors sell."""
    return phrases_of({kind: list(kind_names()[kind]) for kind in table(TRADES)})


def knows(sector: str) -> bool:
    """Return whether there is a table of what is sold in ``sector``."""
    return bool(table("sectors.yaml").get(sector))


@cache
def other_goods() -> Phrases:
    """Return goods of everyday trades that no known sector sells."""
    return phrases_of(table("other_goods.yaml"))


@cache
def goods_words() -> frozenset[str]:
    """Return the single words for goods of all sectors, folded."""
    phrases = (fold_phrase(item) for items in table("sectors.yaml").values() for item in items)
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)


@cache
def kinds() -> tuple[tuple[frozenset[tuple[str, ...]], Phrases], ...]:
    """Return each kind of goods that any brand may sell: its names as folded words, and as phrases to look for."""
    return _kinds("kinds.yaml")


@cache
def all_kinds() -> tuple[tuple[frozenset[tuple[str, ...]], Phrases], ...]:
    """Return the same with the kinds that only brands of some sectors sell."""
    return (*kinds(), *_kinds(TRADES))


def _kinds(name: str) -> tuple[tuple[frozenset[tuple[str, ...]], Phrases], ...]:
    listed = table(name).items()
    return tuple((frozenset(map(fold_phrase, (kind, *items))), phrases_of({kind: items})) for kind, items in listed)


def any_kinds() -> tuple[str, ...]:
    """Return the English names of the kinds of goods that any brand may sell."""
    return tuple(table("kinds.yaml"))


@cache
def kind_names() -> dict[str, tuple[str, ...]]:
    """Return each kind of goods by its English name → its names as they are written."""
    return {kind: tuple(items) for name in ("kinds.yaml", TRADES) for kind, items in table(name).items()}


def kinds_in(words: tuple[str, ...]) -> set[str]:
    """Return the English names of all kinds of goods that are named among these words."""
    index = _names_by_first_word()
    return {
        kind for k, word in enumerate(words) for name, kind in index.get(word, ()) if words[k : k + len(name)] == name
    }


@cache
def _names_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return first word → names of goods that begin with it, each with its kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, items in kind_names().items():
        for name in {fold_phrase(item) for item in items}:
            found.setdefault(name[0], []).append((name, kind))
    return found


def phrases_of(listed: dict[str, list[str]]) -> Phrases:
    """Return labels with their phrases as phrases to look for."""
    phrases = Phrases()
    for label, items in listed.items():
        for item in items:
            phrases.add(item, label)
    return phrases
