"""The small tables beside the word lists: goods of a sector, words in domain names, words of piracy."""

from __future__ import annotations

from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators.tokens import Phrases, fold_phrase


@cache
def _table(name: str) -> dict[str, list[str]]:
    text = (resources.files("crawler.data") / name).read_text("utf-8")
    return {str(key): [str(item) for item in items] for key, items in tabular.parsed(text).items()}


@cache
def goods(sector: str) -> Phrases:
    """Return what is sold in ``sector``; nothing for a sector without a table."""
    kinds = _table("sector_kinds.yaml").get(sector, [])
    names = [name for kind in kinds for name in kind_names()[kind]]
    return _phrases({sector: [*_table("sectors.yaml").get(sector, []), *names]})


def knows(sector: str) -> bool:
    """Return whether there is a table of what is sold in ``sector``."""
    return bool(_table("sectors.yaml").get(sector))


@cache
def other_goods() -> Phrases:
    """Return goods of everyday trades that no known sector sells."""
    return _phrases(_table("other_goods.yaml"))


@cache
def goods_words() -> frozenset[str]:
    """Return the single words for goods of all sectors, folded."""
    phrases = (fold_phrase(item) for items in _table("sectors.yaml").values() for item in items)
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)


@cache
def sectors() -> tuple[str, ...]:
    """Return the sectors that have a table."""
    return tuple(_table("sectors.yaml"))


@cache
def kinds() -> tuple[tuple[frozenset[tuple[str, ...]], Phrases], ...]:
    """Return each kind of goods: its names as folded words, and the same as phrases to look for."""
    table = _table("kinds.yaml").items()
    return tuple((frozenset(fold_phrase(item) for item in items), _phrases({kind: items})) for kind, items in table)


@cache
def kind_names() -> dict[str, tuple[str, ...]]:
    """Return each kind of goods by its English name → its names as they are written."""
    return {kind: tuple(items) for kind, items in _table("kinds.yaml").items()}


@cache
def kinds_by_name() -> dict[str, Phrases]:
    """Return each kind of goods by its English name → its names as phrases to look for."""
    return {kind: _phrases({kind: list(items)}) for kind, items in kind_names().items()}


@cache
def piracy() -> Phrases:
    """Return the words of piracy, labelled by kind."""
    return _phrases(_table("piracy.yaml"))


@cache
def domain_words() -> dict[str, str]:
    """Return shop and place words of domain names → ``shop`` or ``place``."""
    return {word: kind for kind, words in _table("domain_words.yaml").items() for word in words}


@cache
def trade_words() -> dict[str, str]:
    """Return words that name a trade or an institution in a domain name → that trade."""
    return {word: kind for kind, words in _table("trades.yaml").items() for word in words}


def _phrases(table: dict[str, list[str]]) -> Phrases:
    phrases = Phrases()
    for label, items in table.items():
        for item in items:
            phrases.add(item, label)
    return phrases
