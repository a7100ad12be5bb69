"""Phrases of which words may be open at an end, looked for in time linear in the words of a text.

``crack*`` stands for a beginning, ``~schlüssel`` for what another word ends with, ``~maz*`` for what follows one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crawler.indicators.text.tokens import MAX_TEXT, Tokens, fold_phrase, honest, plain_letters

SHELF = 3  # first letters that beginnings are looked up by
ANOTHER_WORD = 2  # letters, at least, in front of an ending


class _Part(NamedTuple):
    """One word of a phrase."""

    text: str
    begins: bool
    ends: bool

    def fits(self, word: str) -> bool:
        if self.ends:
            at = word.find(self.text, ANOTHER_WORD) if self.begins else len(word) - len(self.text)
            return at >= ANOTHER_WORD and word.startswith(self.text, at)
        return word.startswith(self.text) if self.begins else word == self.text


_Phrase = tuple[_Part, ...]


class _Index:
    """Phrases by what they begin with."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        whole: dict[str, list[_Phrase]] = defaultdict(list)
        self._begun: dict[str, list[_Phrase]] = defaultdict(list)
        self._ended: list[_Phrase] = []
        for phrase in dict.fromkeys(phrases):
            if phrase and phrase[0].ends:
                self._ended.append(phrase)
            elif phrase and phrase[0].begins:
                self._begun[phrase[0].text[:SHELF]].append(phrase)
            elif phrase:
                whole[phrase[0].text].append(phrase)
        self._whole = {text: [*phrases, *self._ended] for text, phrases in whole.items()}
        self._sizes = sorted({len(text) for text in self._begun})

    def at(self, words: tuple[str, ...], k: int, b: int) -> list[_Phrase]:
        """Return those that stand at word ``k`` and end before word ``b``."""
        word = words[k]
        phrases = self._whole.get(word, self._ended)
        for size in self._sizes:
            if begun := self._begun.get(word[:size]):
                phrases = [*phrases, *begun]
        return [
            phrase
            for phrase in phrases
            if k + len(phrase) <= b and all(part.fits(words[k + j]) for j, part in enumerate(phrase))
        ]


class Words:
    """Words and phrases without a label, looked for among folded words."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        self._index = _Index(map(_phrase, entries))

    def spans(self, words: tuple[str, ...], a: int, b: int) -> list[tuple[int, int]]:
        """Return the ranges of words within ``a:b`` that match, without overlaps; of several that begin at one word the
        longest.
        """
        found, done, b = [], a, min(b, len(words))
        for k in range(a, b):
            longest = max(map(len, self._index.at(words, k, b)), default=0) if k >= done else 0
            if longest:
                done = k + longest
                found.append((k, done))
        return found

    def any(self, words: tuple[str, ...], a: int, b: int) -> bool:
        """Return whether one of them stands within ``a:b``."""
        b = min(b, len(words))
        return any(self._index.at(words, k, b) for k in range(a, b))

    def covers(self, word: str) -> bool:
        """Return whether one word is among them."""
        return bool(self._index.at((word,), 0, 1))


class Hit(NamedTuple):
    """A phrase at the words ``start:end``, and what it is listed as."""

    start: int
    end: int
    labels: frozenset[str]


class OpenPhrases:
    """Phrases with any number of labels each; of those that begin at one word the longest, with all their labels."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._labels: dict[_Phrase, set[str]] = defaultdict(set)
        self._spelt: dict[_Phrase, set[str]] = defaultdict(set)
        for label, entries in table.items():
            for entry in map(str, entries):
                self._labels[_phrase(entry)].add(label)
                self._spelt[_phrase(entry)].add(plain_letters(entry))
        self._index = _Index(self._labels)

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
        standing = self._index.at(tokens.words, k, len(tokens.words))
        phrases = [phrase for phrase in standing if not self._another(phrase, tokens, k)]
        longest = max(map(len, phrases), default=0)
        labels = [label for phrase in phrases if len(phrase) == longest for label in self._labels[phrase]]
        return Hit(k, k + longest, frozenset(labels)) if longest else None

    def _another(self, phrase: _Phrase, tokens: Tokens, k: int) -> bool:
        """Whether an honest word is written that folds to the phrase by chance: ``mail`` and ``mall``."""
        written = tokens.text[tokens.starts[k] : tokens.ends[k + len(phrase) - 1]]
        if phrase[0].ends or not honest("".join(written.split())):
            return False
        plain, begins = plain_letters(written), phrase[-1].begins
        return not any(plain.startswith(spelt) if begins else plain == spelt for spelt in self._spelt[phrase])


def _phrase(entry: str) -> _Phrase:
    """Return an entry's folded words, each with whether it is open at an end."""
    parts: list[_Part] = []
    for written in entry.split():
        folded = fold_phrase(written.strip("*~"))
        for k, word in enumerate(folded):
            begins, ends = written.endswith("*") and k == len(folded) - 1, written.startswith("~") and k == 0
            parts.append(_Part(word, begins, ends))
    return tuple(parts)
