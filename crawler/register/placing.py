"""Whether a name may stand at a place: at word boundaries, split into letters, or glued to other words."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from crawler.register.aliases import Alias, characters
from crawler.register.folding import CJK, Fold
from crawler.register.words import is_word

MIN_GLUED = 5  # letters of a name that may be met inside a longer word, or split at odd places
ODD_GAP = re.compile("[-‐‑._*·•~^=\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+")
"""Without a blank: nobody writes two words so that are not meant as one; signs and emoji among them."""
MAX_GLUE = 24  # letters of what it is glued to


@dataclass(frozen=True)
class Placed:
    """A text, squeezed, with the places of its characters and words."""

    text: str
    squeezed: str
    places: list[int]
    starts: set[int]
    """Where words begin in ``squeezed``, and its end."""
    loose: bool = False
    """Whether names may be glued to anything, as in domain names; the reader judges what they are glued to."""

    @classmethod
    def of(cls, text: str, table: Fold, *, loose: bool = False) -> Placed:
        """Return ``text`` as ``table`` folds it."""
        squeezed, places, starts = characters(text, table)
        return cls(text, squeezed, places, starts | {len(squeezed)}, loose)

    def admits(self, alias: Alias, start: int, end: int, *, as_words: bool = False) -> bool:
        """Return whether ``alias`` may be read at ``start:end`` of the squeezed text.

        :param as_words: also where it is written as several words of a dictionary.
        """
        inner = {k - start for k in range(start + 1, end) if k in self.starts}
        if not self._splits(alias, inner, start, as_words):
            return False
        left, right = self._boundary(start), self._boundary(end)
        if (left and right) or CJK.search(alias.written):
            return True
        return len(alias.folded) >= MIN_GLUED and not inner - alias.splits and self._glued(start, end)

    def _splits(self, alias: Alias, inner: set[int], start: int, as_words: bool) -> bool:
        """Whether blanks inside the name are those of the register, none, or those that space letters out."""
        if inner == alias.splits or CJK.search(alias.written):
            return True
        if inner < alias.splits:
            return len(alias.folded) >= MIN_GLUED and min(map(len, alias.parts)) > 1
        bounds = sorted({0, *inner, len(alias.folded)})
        pieces = [alias.folded[a:b] for a, b in itertools.pairwise(bounds)]
        if max(map(len, pieces)) == 1:
            return len(pieces) > 3  # "a b c" is a list, not a name
        if len(alias.folded) < MIN_GLUED:
            return False
        gaps = (self.text[self.places[start + k - 1] + 1 : self.places[start + k]] for k in inner)
        if all(ODD_GAP.fullmatch(gap) for gap in gaps):
            return True
        return min(map(len, pieces)) > 1 and (as_words or not all(map(is_word, pieces)))

    def _boundary(self, k: int) -> bool:
        """Whether a word begins or ends before character ``k``: a blank, VelmoraBag, velmora24, Velmora包."""
        if k in self.starts or k == 0:
            return True
        before, after = self.text[self.places[k - 1]], self.text[self.places[k]]
        return (
            (before.islower() and after.isupper())
            or before.isdigit() != after.isdigit()
            or bool(CJK.match(before)) != bool(CJK.match(after))
        )

    def _glued(self, start: int, end: int) -> bool:
        """Whether what stands before and behind inside the same word is itself a word (velmorabags), or an s."""
        a, b = start, end
        while a > 0 and not self._boundary(a) and start - a <= MAX_GLUE:
            a -= 1
        while b < len(self.squeezed) and not self._boundary(b) and b - end <= MAX_GLUE:
            b += 1
        before, after = self.squeezed[a:start], self.squeezed[end:b]
        if not before and after == "s":
            return True
        if self.loose:
            return not is_word(self.squeezed[a:b])
        return all(_words(rest) for rest in (before, after) if rest) and not is_word(self.squeezed[a:b])


def _words(rest: str) -> bool:
    """Whether ``rest`` is one or two ordinary words."""
    if len(rest) < 3 or len(rest) > MAX_GLUE:
        return False
    return is_word(rest) or any(is_word(rest[:k]) and is_word(rest[k:]) for k in range(3, len(rest) - 2))
