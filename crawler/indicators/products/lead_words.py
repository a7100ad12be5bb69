"""The words that tell what a title sells beside the name of a product: ``data/other_leads.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.text.title_words import WRITTEN
from crawler.indicators.text.tokens import fold_phrase
from crawler.indicators.text.ways import either

JOINING = frozenset({"de", "nl", "sv", "da", "fi", "hu"})
LONG = 8  # letters of a way with its sign for a beginning: shorter ones many words end with by chance
SHARED = {"nb": "da", "nn": "da", "no": "da", "sk": "cs"}
"""Languages whose words for parts stand with those of another."""


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.words((resources.files("crawler.data") / "other_leads.yaml").read_text("utf-8"))
    return loaded


@cache
def ways(*names: str) -> re.Pattern[str]:
    """Return the ways of several lists, in small letters."""
    return re.compile(either(way for name in names for way in _table()[name]))


@cache
def parts(language: str | None) -> re.Pattern[str]:
    """Return words for parts in one language and in English; of a title that tells none, the longer ones of all."""
    listed = _table()["parts"]
    code = SHARED.get(language, WRITTEN.get(language, language)) if language else ""
    spoken = {"en", code} if language else listed.keys()
    known = [(one, way) for one in sorted(spoken & listed.keys()) for way in listed[one]]
    return re.compile(either(way for one, way in known if language or one not in JOINING or len(way) > LONG))


@cache
def links(name: str, language: str = "") -> tuple[tuple[str, ...], ...]:
    """Return what leads from one thing to another, of all languages and of one, folded."""
    entries = [*_table()[name], *_table()[f"{name}_in"].get(language, ())] if language else _table()[name]
    return tuple(sorted({fold_phrase(entry) for entry in entries}, key=len, reverse=True))


@cache
def any_for() -> frozenset[str]:
    """Return the single words of all languages that lead to what a thing is for, folded."""
    entries = (*_table()["for"], *(one for several in _table()["for_in"].values() for one in several))
    return frozenset(words[0] for words in map(fold_phrase, entries) if len(words) == 1)


@cache
def folded(name: str) -> frozenset[str]:
    """Return a list of single words, folded."""
    return frozenset(word for entry in _table()[name] for word in fold_phrase(entry))


@cache
def variants() -> str:
    """Return a pattern for what makes another product behind a name."""
    return "|".join(_table()["variants"])
