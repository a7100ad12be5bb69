"""The words and the grammar of titles, by language: ``title_words.yaml``, ``title_grammar.yaml`` and ``prose.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.text.open_phrases import Words
from crawler.indicators.text.tokens import fold_phrase
from crawler.indicators.text.ways import either

DEFAULT = "en"
HAS = "has"  # what goods have: parts of them
WRITTEN = {"nb": "no", "nn": "no", "sr": "hr", "bs": "hr", "sl": "hr", "mk": "bg", "be": "ru", "ms": "id"}
"""Languages that are read by the lists of another."""


@cache
def _table(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.words((resources.files("crawler.data") / name).read_text("utf-8"))
    return loaded


def load() -> None:
    """Compile what titles in the default language are read by."""
    selling(DEFAULT), soft(DEFAULT)


@cache
def selling(language: str) -> Words:
    """Return the words of selling: those of all languages, of ``language``, and of English, used everywhere."""
    common = [*_table("title_words.yaml").items(), *_of(DEFAULT).items(), *_of(language).items()]
    return Words(tuple(entry for name, entries in common if name != HAS for entry in entries))


@cache
def _of(language: str) -> dict[str, Any]:
    """Return the lists of one language, none for one without a file."""
    written = WRITTEN.get(language, language)
    return _table(f"titles/{written}.yaml") if written in _languages() else {}


@cache
def _languages() -> frozenset[str]:
    names = (item.name for item in (resources.files("crawler.data") / "titles").iterdir())
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def folded(name: str) -> frozenset[str]:
    """Return one list of words of ``title_grammar.yaml`` as titles are folded: ``solo`` looks like ``soio``."""
    return frozenset(fold_phrase(word)[0] for word in languages(name))


@cache
def colours() -> Words:
    """Return words for colours, compiled."""
    return Words(tuple(_table("title_words.yaml")["colours"]))


@cache
def joins() -> frozenset[str]:
    """Return words that join what stands before them to what follows."""
    return frozenset(fold_phrase(word)[0] for word in _table("title_words.yaml")["joins"] if "*" not in word)


@cache
def soft(language: str) -> Words:
    """Return words for parts that also say what goods have or are made of: strap, chain, dial."""
    return Words((*_table("title_words.yaml")["parts"], *_of(DEFAULT).get(HAS, ()), *_of(language).get(HAS, ())))


@cache
def pieces() -> Words:
    """Return words for what all goods of a kind have: sole, handle."""
    return Words(tuple(_table("title_words.yaml")["pieces"]))


@cache
def languages(name: str) -> frozenset[str]:
    """Return one list of ``title_grammar.yaml``: of languages, or of words."""
    return frozenset(_table("title_grammar.yaml")[name])


@cache
def like(language: str) -> tuple[str, ...]:
    """Return the endings of words that say what a thing is like, as written in small letters."""
    return tuple(_table("title_grammar.yaml")["attributes"].get(language, ()))


@cache
def places(sector: str) -> Words:
    """Return words for where goods of ``sector`` belong: front, rear; none for others than parts."""
    return Words(tuple(_table("trade_measures.yaml")["places"].get(sector, ())))


@cache
def people() -> Words:
    """Return words for whom goods are: women, men, kids."""
    return Words(tuple(_table("title_words.yaml")["people"]))


@cache
def units(sector: str) -> frozenset[str]:
    """Return the units that goods of ``sector`` are measured by, in small letters."""
    return frozenset(_table("trade_measures.yaml")["units"].get(sector, ()))


@cache
def paper() -> Words:
    """Return stuff that wrapping is made of, compiled."""
    return Words(tuple(_table("title_grammar.yaml")["paper"]))


@cache
def going_on() -> Words:
    """Return what says that a list of names goes on, compiled."""
    return Words(tuple(_table("title_grammar.yaml")["going_on"]))


@cache
def refers() -> re.Pattern[str]:
    """Return what refers to another's part at the end of a text, up to two numbers behind it."""
    return re.compile(rf"{either(_table('title_grammar.yaml')['refers'])}[.:]?\W{{0,3}}(?:\S+\W{{1,3}}){{0,2}}$")


@cache
def prose(language: str) -> frozenset[str]:
    """Words that sentences are made of and titles of shops are not: pronouns, verbs, negations, places."""
    return frozenset(fold_phrase(word)[0] for word in _table("prose.yaml").get(language, ()))
