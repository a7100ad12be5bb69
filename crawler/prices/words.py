"""The words beside prices, found in one pass: ``was``, ``ab``, ``au lieu de``, ``inkl. MwSt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import ahocorasick

from crawler import tabular


class Phrase(NamedTuple):
    """A phrase of ``data/price_words.yaml`` in a text: its kinds, by the side on which the price stands."""

    start: int
    end: int
    before: tuple[str, ...]
    """What the price that follows is."""
    after: tuple[str, ...]
    """What the price in front is."""
    anywhere: tuple[str, ...]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = resources.files("crawler.data").joinpath("price_words.yaml").read_text("utf-8")
    tables: dict[str, dict[str, list[str]]] = tabular.parsed(text)
    return tables


@cache
def _automaton() -> Any:
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, sides in _tables().items():
        for side in ("before", "after", "anywhere"):
            for phrase in sides.get(side, ()):
                kinds.setdefault(phrase.lower(), {}).setdefault(side, []).append(kind)
    automaton = ahocorasick.Automaton()
    for phrase, sides in kinds.items():
        automaton.add_word(phrase, (phrase, *(tuple(sides.get(side, ())) for side in ("before", "after", "anywhere"))))
    automaton.make_automaton()
    return automaton


@cache
def _upper_only() -> frozenset[str]:
    """Return the phrases that count in capitals only, in lower case: POA, HT."""
    every = (phrase for sides in _tables().values() for phrases in sides.values() for phrase in phrases)
    return frozenset(phrase.lower() for phrase in every if phrase != phrase.lower())


def lower(text: str) -> str:
    """Return the text in lower case, of the same length (İ alone would become two characters)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def phrases(text: str) -> Iterator[Phrase]:
    """Yield the phrases of a plain text, by where they end."""
    for last, (phrase, before, after, anywhere) in _automaton().iter(lower(text)):
        start, end = last - len(phrase) + 1, last + 1
        if whole_words(text, start, end) and (phrase not in _upper_only() or text[start:end].isupper()):
            yield Phrase(start, end, before, after, anywhere)


def whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether a span neither begins nor ends inside a word."""
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    """Tell whether two neighbours are letters of one word; scripts without spaces have no such neighbours."""
    return bool(left and right) and left.isalpha() and right.isalpha() and max(left, right) < "\u0e00"


@cache
def _alone() -> dict[str, str]:
    return {phrase: kind for kind, sides in _tables().items() for phrase in sides.get("alone", ())}


@cache
def _label_start() -> re.Pattern[str]:
    labels = sorted((re.escape(p) for p in _tables()["label"]["before"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(labels)})\s{{0,3}}[:：]?\s{{0,3}}(?=\S)")


def alone(text: str) -> str | None:
    """Return the kind of a text that is nothing but such a phrase, with a label at most: ``Price: Free``."""
    if len(text) > 80:  # the longest phrase and label together have fewer
        return None
    spoken = lower(text).strip(" \n.!*:()[]-–")
    kinds = _alone()
    label = _label_start().match(spoken)
    return kinds.get(spoken) or (kinds.get(spoken[label.end() :]) if label else None)
