"""Goods of one broad kind that are never each other's: a saucepan under the name of a frying pan is another product."""

from __future__ import annotations

from functools import cache
from importlib import resources

from crawler import tabular
from crawler.indicators.text.tables import phrases_of
from crawler.indicators.text.tokens import Phrases

STEM = 6  # letters of a word that others end with: Antischuppen|shampoo


@cache
def _groups() -> tuple[dict[str, Phrases], ...]:
    table = tabular.words((resources.files("crawler.data") / "subkinds.yaml").read_text("utf-8"))
    return tuple({name: phrases_of({name: items}) for name, items in group.items()} for group in table.values())


def another(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether ``words`` name a neighbour of what the product's ``name`` says that it is, and not that."""
    for group in _groups():
        own = _named(group, name)
        found = _named(group, words) if own else frozenset()
        if own and found and own.isdisjoint(found):
            return True
    return False


def _named(group: dict[str, Phrases], words: tuple[str, ...]) -> frozenset[str]:
    """Return what the longest names among ``words`` mean: a grill pan is no pan."""
    spans = [(b - a, a, name) for name, phrases in group.items() for a, b, _ in phrases.find(words)]
    spans += [(1, k, n) for n, p in group.items() for k, word in enumerate(words) if p.ends(word, STEM)]
    longest: dict[int, tuple[int, str]] = {}
    for size, a, name in sorted(spans):
        longest |= dict.fromkeys(range(a, a + size), (size, name))
    return frozenset(name for _, name in longest.values())
