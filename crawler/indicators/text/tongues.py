"""The language of a title that declares none: by its letters, dictionaries, and the small words of each language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.text import lexicon, title_words
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.register.words import languages_of

SMALL = ("compatible_before", "included", "of", "fillers", "only_in_language", "alone", "many")
"""Lists of ``data/lawful_use`` whose single words speak for a language."""
LEAST = 0.9  # of a vote: less tells no language
LETTER = 1.5  # votes of a letter that English does not have
PAIR, LETTERS = 0.5, 4  # of a vote: a word that no list knows, of so many letters, with pairs of a language
READ = 300  # characters of a title


def language_of(title: str, names: Iterable[str] = ()) -> str | None:
    """Return the language that most words and letters of ``title`` speak for, None if they hardly speak for one.

    :param names: words that speak for none, folded: those of the register's names.
    """
    text = title[:READ].lower()
    script = next((one for one, letters in _scripts().items() if letters.search(text)), None)
    if script and script != "ru":
        return script
    votes: dict[str, float] = defaultdict(float)
    for word in sorted(set(Tokens.of(title[:READ]).words).difference(names)):
        spoken = {*_small().get(word, ()), *languages_of(word)} if not word.isdigit() else set()
        for language in spoken:
            votes[language] += 1 / len(spoken)
        if not spoken and word.isascii() and len(word) >= LETTERS:
            for language in _pairs_in(word):
                votes[language] += PAIR
    for letter in sorted(set(text)):
        for language in (own := _own_letters().get(letter, ())):
            votes[language] += LETTER / len(own)
    if script:
        votes = {language: votes[language] for language in ("ru", "uk", "bg")} | {"ru": votes["ru"] + LEAST}
    best = max(sorted(votes), key=lambda one: (round(votes[one], 6), one == lexicon.DEFAULT, one), default=None)
    return best if best and votes[best] >= LEAST else None


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.parsed((resources.files("crawler.data") / "tongues.yaml").read_text("utf-8"))
    return loaded


@cache
def _own_letters() -> Mapping[str, tuple[str, ...]]:
    own = _table()["letters"]
    return {letter: tuple(one for one in own if letter in own[one]) for letters in own.values() for letter in letters}


def _pairs_in(word: str) -> Iterator[str]:
    """Yield the languages of whose pairs of letters most stand in ``word``."""
    found = {language: sum(pair in word for pair in pairs) for language, pairs in _pairs().items()}
    most = max(found.values())
    yield from (language for language, count in found.items() if most and count == most)


@cache
def _pairs() -> Mapping[str, frozenset[str]]:
    return {one: frozenset(p for pair in pairs for p in fold_phrase(pair)) for one, pairs in _table()["pairs"].items()}


@cache
def _scripts() -> Mapping[str, re.Pattern[str]]:
    return {language: re.compile(f"[{letters}]") for language, letters in _table()["scripts"].items()}


@cache
def _small() -> Mapping[str, frozenset[str]]:
    """Small words and words of selling, folded → the languages that list them."""
    listed: dict[str, set[str]] = defaultdict(set)
    for file in lexicon.load().files:
        for name in SMALL:
            for entry in getattr(file, name, ()):
                if len(words := fold_phrase(entry)) == 1:
                    listed[words[0]].add(file.language)
    for language, entries in title_words.by_language():
        for entry in entries:
            if "*" not in entry and len(words := fold_phrase(entry)) == 1:
                listed[words[0]].add(language)
    return {word: frozenset(languages) for word, languages in listed.items()}
