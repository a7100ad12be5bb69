"""Phrases with any number of labels each, looked up by their first word; ``crack*`` is open behind, ``~schlüssel``, one
word that others are joined to, before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crawler.indicators.tokens import MAX_TEXT, Tokens, fold_phrase, honest, plain_letters

OPEN, JOINED = "*", "~"
SHORTEST, LONGEST = 3, 24  # letters of a beginning or an end: most words begin with a shorter one, none is longer


class Hit(NamedTuple):
    """A phrase at the words ``start:end``, and what it is listed as."""

    start: int
    end: int
    labels: frozenset[str]


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    open: bool


class OpenPhrases:
    """Labelled phrases; of those that begin at one word the longest wins, with all of its labels."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._labels: dict[_Phrase, set[str]] = {}
        self._spelt: dict[_Phrase, set[str]] = {}
        self._by_first: dict[str, list[_Phrase]] = {}
        self._ends: dict[str, set[str]] = {}
        for label, entries in table.items():
            for entry in entries:
                self._add(str(entry), label)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: (-len(phrase.words), phrase.open))

    def _add(self, entry: str, label: str) -> None:
        if entry.startswith(JOINED):
            self._ends.setdefault(fold_phrase(entry[1:])[0], set()).add(label)
            return
        phrase = _Phrase(fold_phrase(entry.removesuffix(OPEN)), entry.endswith(OPEN))
        if phrase not in self._labels:
            self._by_first.setdefault(phrase.words[0], []).append(phrase)
        self._labels.setdefault(phrase, set()).add(label)
        self._spelt.setdefault(phrase, set()).add(plain_letters(entry))

    def find(self, tokens: Tokens, start: int = 0, end: int = MAX_TEXT) -> list[Hit]:
        """Return the phrases that begin at the words ``start:end`` of a text, without overlaps."""
        found: list[Hit] = []
        k = start
        while k < min(end, len(tokens.words)):
            hit = self._at(tokens, k)
            if hit:
                found.append(hit)
            k = hit.end if hit else k + 1
        return found

    def _at(self, tokens: Tokens, k: int) -> Hit | None:
        word = tokens.words[k]
        best: dict[int, set[str]] = {}
        for first in {word, *(word[:n] for n in range(SHORTEST, min(len(word), LONGEST)))}:
            for phrase in self._by_first.get(first, ()):
                if _fits(phrase, tokens.words, k) and not self._another(phrase, tokens, k):
                    best.setdefault(len(phrase.words), set()).update(self._labels[phrase])
        joined = [self._ends[end] for n in range(SHORTEST, min(len(word), LONGEST)) if (end := word[-n:]) in self._ends]
        if joined:
            best.setdefault(1, set()).update(*joined)
        longest = max(best, default=0)
        return Hit(k, k + longest, frozenset(best[longest])) if longest else None

    def _another(self, phrase: _Phrase, tokens: Tokens, k: int) -> bool:
        """Whether an honest word is written that folds to the phrase by chance: ``mail`` and ``mall``."""
        written = tokens.text[tokens.starts[k] : tokens.ends[k + len(phrase.words) - 1]]
        if not honest("".join(written.split())):
            return False
        plain = plain_letters(written)
        return not any(plain.startswith(spelt) if phrase.open else plain == spelt for spelt in self._spelt[phrase])


def _fits(phrase: _Phrase, words: tuple[str, ...], k: int) -> bool:
    last = k + len(phrase.words) - 1
    if last >= len(words) or words[k:last] != phrase.words[:-1]:
        return False
    return words[last].startswith(phrase.words[-1]) if phrase.open else words[last] == phrase.words[-1]
