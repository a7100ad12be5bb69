"""Words and phrases of which some are open at an end, looked for among the words of a text in time linear in them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from crawler.indicators.tokens import fold_phrase

SHELF = 3  # first letters that words open at the end are looked up by
UNKNOWN_BEGINNING = 2  # letters, at least, in front of an ending


class _Part(NamedTuple):
    """One word of an entry: ``sell*`` stands for a beginning, ``~maz`` for an ending."""

    text: str
    begins: bool
    ends: bool

    def fits(self, word: str) -> bool:
        if self.ends:
            at = word.find(self.text, UNKNOWN_BEGINNING) if self.begins else len(word) - len(self.text)
            return at >= UNKNOWN_BEGINNING and word.startswith(self.text, at)
        return word.startswith(self.text) if self.begins else word == self.text


class Words:
    """Words and phrases, looked for among folded words; ``sell*`` stands for a beginning, ``~maz`` for an ending."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        whole: dict[str, list[tuple[_Part, ...]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[_Part, ...]]] = defaultdict(list)
        self._ended: list[tuple[_Part, ...]] = []
        for way in dict.fromkeys(map(_way, entries)):
            if way and way[0].ends:
                self._ended.append(way)
            elif way and way[0].begins:
                self._begun[way[0].text[:SHELF]].append(way)
            elif way:
                whole[way[0].text].append(way)
        self._whole = {text: [*ways, *self._ended] for text, ways in whole.items()}
        self._sizes = sorted({len(text) for text in self._begun})

    def spans(self, words: tuple[str, ...], a: int, b: int) -> list[tuple[int, int]]:
        """Return the ranges of words within ``a:b`` that match, without overlaps; of several that begin at one word the
        longest.
        """
        found, done, b = [], a, min(b, len(words))
        for k in range(a, b):
            end = self._end(words, k, b) if k >= done else 0
            if end:
                found.append((k, end))
                done = end
        return found

    def any(self, words: tuple[str, ...], a: int, b: int) -> bool:
        """Return whether one of them stands within ``a:b``."""
        return any(self._end(words, k, b) for k in range(a, min(b, len(words))))

    def covers(self, word: str) -> bool:
        """Return whether one word is among them."""
        return self._end((word,), 0, 1) == 1

    def _end(self, words: tuple[str, ...], k: int, b: int) -> int:
        """Return the end of the longest that begins at word ``k``, 0 without one."""
        word = words[k]
        ways = self._whole.get(word, self._ended)
        for size in self._sizes:
            if begun := self._begun.get(word[:size]):
                ways = [*ways, *begun]
        if not ways:
            return 0
        longest = 0
        for way in ways:
            end = k + len(way)
            if longest < end <= b and all(part.fits(words[k + j]) for j, part in enumerate(way)):
                longest = end
        return longest


def _way(entry: str) -> tuple[_Part, ...]:
    """Return an entry's folded words, each with whether it is open at an end."""
    parts: list[_Part] = []
    for written in entry.split():
        folded = fold_phrase(written.strip("*~"))
        for k, word in enumerate(folded):
            begins, ends = written.endswith("*") and k == len(folded) - 1, written.startswith("~") and k == 0
            parts.append(_Part(word, begins, ends))
    return tuple(parts)
