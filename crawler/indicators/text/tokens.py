"""A text as words with their places, folded like names are, so that ``r3plica`` is read as ``replica``."""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.register.aliases import characters
from crawler.register.folding import CJK, SIGHT

MAX_TEXT = 20_000  # characters: no honest description is longer, and a buyer reads no further
PAUSE = re.compile(r"[.!?;:,…،؛۔、。！？；，：()\[\]{}<>|•·\n]|\s[-–—/]+\s|[–—]")
SHORT = 2  # letters
CONSONANTS = re.compile(r"[\u0590-\u06ff]+")
"""Words of Hebrew and Arabic, which are compared by sound, without their vowels."""
CODE = re.compile(r"[A-Za-z]\d|\d[A-Za-z]", re.ASCII)
END = re.compile(r"[.!;…؛۔。！；|•\n]")  # a question may be answered: "Replicas? Not with us."


HONEST = re.compile(r"(?<![A-Za-z0-9])(?:[\u0370-\u03ff\u1f00-\u1fff]{2,}|[\u0400-\u04ff]{2,})(?![A-Za-z0-9])")
"""Words of one script other than Latin."""


@dataclass(frozen=True)
class Tokens:
    """The words of a text; each CJK character is a word of its own."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each word begins in ``text``."""
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Tokens:
        """Return the words of the first MAX_TEXT characters of ``text``."""
        text = text[:MAX_TEXT]
        squeezed, places, fresh = characters(_honest(text), SIGHT)
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        alone = {k for k, letter in enumerate(squeezed) if CJK.match(letter)} if CJK.search(squeezed) else set()
        for k, letter in enumerate(squeezed):
            if k in alone and PAUSE.match(letter):
                continue  # it stands between words, like a comma
            if not words or k in fresh or k in alone or k - 1 in alone:
                words.append(letter)
                starts.append(places[k])
                ends.append(places[k] + 1)
            else:
                words[-1] += letter
                ends[-1] = places[k] + 1
        words = [_as_it_stands(text, a, b, word) or word for word, a, b in zip(words, starts, ends, strict=True)]
        return cls(text, tuple(words), tuple(starts), tuple(ends))

    def between(self, a: int, b: int) -> str:
        """Return what stands between the end of word ``a`` and the start of word ``b``."""
        return self.text[self.ends[a] : self.starts[b]]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of words that overlap the characters ``start:end``."""
        inside = [k for k in range(len(self.words)) if self.ends[k] > start and self.starts[k] < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def pause(self, a: int, b: int) -> bool:
        """Whether a comma, a full stop or the like stands between word ``a`` and the later word ``b``."""
        return PAUSE.search(self.text, self.ends[a], self.starts[b]) is not None

    def sentence_ends(self, a: int, b: int) -> bool:
        """Whether a sentence ends between word ``a`` and the later word ``b``."""
        return END.search(self.text, self.ends[a], self.starts[b]) is not None


def _as_it_stands(text: str, a: int, b: int, word: str) -> str:
    """Return a word of digits alone, of a letter and a digit, or of one or two consonants of Arabic, as it is
    written; empty for any other: so little looks or sounds like too much else.

    13 looks like "із" and is not "with"; S7 and "st" are what "ساعات" sounds like and no watches; what stands behind
    the point of 3.0 is not "none of it".
    """
    written = text[a:b]
    if written.isdecimal():
        point = "." if a > 1 and text[a - 1] in ".," and text[a - 2].isdecimal() else ""
        return point + "".join(str(unicodedata.decimal(digit)) for digit in written)
    if len(word) <= SHORT and not written.isascii() and CONSONANTS.fullmatch(written):
        return written.lower()
    return written.lower() if CODE.fullmatch(written) else ""


def _honest(text: str) -> str:
    """Return ``text``, as long, with Greek and Cyrillic words in small letters: Δ looks like an A and is the capital of
    δ. What mixes scripts hides something, and is read as it looks.
    """
    return text if text.isascii() else HONEST.sub(lambda word: word[0].lower(), text)


@lru_cache(maxsize=300_000)
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase of the register or the word lists, never of a page: they are kept."""
    return Tokens.of(phrase).words


@lru_cache(maxsize=300_000)
def _spelt(phrase: str) -> str:
    """Return the letters of a phrase of the word lists, which stands in the views of many languages."""
    return plain_letters(phrase)


def plain_letters(text: str) -> str:
    """Return letters without marks in lower case: how a word is spelt when nobody hides it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return "".join(letter for letter in decomposed if letter.isalnum())


def honest(written: str) -> bool:
    """Return whether nobody hides what is ``written``: letters of one size, no signs among them."""
    plain = plain_letters(written)
    return plain.isascii() and plain.isalpha() and (written.islower() or written.isupper() or written.istitle())


class Phrases:
    """A set of phrases with a label each, found in one pass over the words of a text."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._spelt: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, phrase: str, label: str) -> None:
        """Add ``phrase``; of several that begin at one word, the longest wins."""
        words = fold_phrase(phrase)
        spelt, known = _spelt(phrase), self._spelt.get(words, ())
        if spelt not in known:
            self._spelt[words] = (*known, spelt)
        insort(self._by_first.setdefault(words[0], []), (words, label), key=lambda item: -len(item[0]))

    def all(self) -> Iterator[tuple[str, ...]]:
        """Yield the phrases, folded."""
        for phrases in self._by_first.values():
            yield from (words for words, _ in phrases)

    def ends(self, word: str, least: int) -> bool:
        """Return whether ``word`` ends with a phrase of one word, of ``least`` letters or more."""
        return any((word[k:],) == phrase for k in range(1, len(word) - least + 1)
                   for phrase, _ in self._by_first.get(word[k:], ()))  # fmt: skip

    def begins(self, word: str, least: int) -> bool:
        """Return whether ``word`` begins with a phrase of one word, of ``least`` letters or more."""
        return any((word[:k],) == phrase for k in range(least, len(word))
                   for phrase, _ in self._by_first.get(word[:k], ()))  # fmt: skip

    def another(self, words: tuple[str, ...], written: str) -> bool:
        """Return whether ``written`` folds to the phrase ``words`` by chance and is an honest word of its own.

        Folding takes l for i: Turkish "takıldı" is no "taklidi". Who hides a word uses signs or mixes small and large.
        """
        plain = plain_letters(written)
        return honest(written) and plain not in self._spelt.get(words, (plain,))

    def match(self, words: tuple[str, ...], k: int) -> tuple[int, str] | None:
        """Return the end and the label of the longest phrase that begins at word ``k``."""
        for phrase, label in self._by_first.get(words[k], ()):
            if words[k : k + len(phrase)] == phrase:
                return k + len(phrase), label
        return None

    def find(self, words: tuple[str, ...]) -> list[tuple[int, int, str]]:
        """Return start, end and label of the phrases in ``words``, without overlaps."""
        found: list[tuple[int, int, str]] = []
        k = 0
        while k < len(words):
            hit = self.match(words, k)
            if hit:
                found.append((k, hit[0], hit[1]))
                k = hit[0]
            else:
                k += 1
        return found

    def ending_at(self, words: tuple[str, ...], k: int, longest: int = 6) -> tuple[int, str] | None:
        """Return the start and the label of the longest phrase that ends before word ``k``."""
        for start in range(max(0, k - longest), k):
            for phrase, label in self._by_first.get(words[start], ()):
                if start + len(phrase) == k and words[start:k] == phrase:
                    return start, label
        return None
