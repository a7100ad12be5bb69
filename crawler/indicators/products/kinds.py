"""What kind of goods a product is, and where a title says so, in any language, joined to other words or in a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawler.indicators.text import tables
from crawler.indicators.text.tokens import Phrases, fold_phrase
from crawler.register.folding import CJK
from crawler.register.schema import ProductLine

STEM = 5  # letters of a kind that stands in a case or that other words begin or end with
CASE = 4  # letters, at most, that a case adds to a stem

VOWELS, FLEETING = "aeiouyаоеьяйηος", "eоеё"


@dataclass(frozen=True)
class Kinds:
    """The kinds of goods that one product is, as words to look for."""

    phrases: tuple[Phrases, ...]
    """Those that a table knows."""
    stems: frozenset[tuple[str, ...]]
    """The beginnings of the words of each name that keep them in any case."""
    heads: frozenset[str]
    """The first and last words of names of several: what is called *combinaison* de surf."""
    firsts: frozenset[str]
    """Those of them that a preposition may lead to: what is for the *maszyna* do szycia."""
    tail: Phrases
    """The words of the product's own name that are none of its short name's, if no table knows it: ``booster box``."""

    def named(self, words: tuple[str, ...]) -> frozenset[int]:
        """Return the words that say what the product is, as the tables have them or at the end of others."""
        found = {k for phrases in (*self.phrases, self.tail) for a, b, _ in phrases.find(words) for k in range(a, b)}
        found |= {k for k, word in enumerate(words) if any(phrases.ends(word, STEM) for phrases in self.phrases)}
        return frozenset(found)

    def in_a_case(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield where they stand in a case or in the plural."""
        for k, word in enumerate(words):
            for size in range(STEM - 1, len(word) + 1):
                for stems in self._by_first.get(word[:size], ()):
                    inside = words[k : k + len(stems)]
                    if len(inside) == len(stems) and all(map(_in_case, inside, stems)):
                        yield k, k + len(stems)

    def begins(self, word: str) -> bool:
        """Whether ``word`` begins with a kind and goes on with more than a case: Staubsauger|beutel."""
        return any((word[:size],) in self.stems for size in range(STEM, len(word) - CASE + 1))

    def headed(self, words: tuple[str, ...]) -> frozenset[int]:
        """Return the words that such names begin with, in any case: maszyny."""
        stems = tuple(word.rstrip(VOWELS) for word in self.firsts)
        stems = tuple(stem for stem in stems if len(stem) >= STEM)
        return frozenset(k for k, word in enumerate(words) if any(_in_case(word, stem) for stem in stems))

    @property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        return _by_first(self.stems)


def of(line: ProductLine) -> Kinds:
    """Return the kinds that the end of a product's name names, or else its beginning: ``Riviera shirt`` is a shirt."""
    return _of(line.name, tuple(line.spellings))


@cache
def _of(written: str, spellings: tuple[str, ...]) -> Kinds:
    name = fold_phrase(written)
    known = [kind for kind in tables.all_kinds() if any(name[k:] in kind[0] for k in range(len(name)))]
    known = known or [kind for kind in tables.all_kinds() if any(name[:k] in kind[0] for k in range(1, len(name)))]
    stems = frozenset(stem for names, _ in known for phrase in names for stem in _stems(phrase))
    short = {word for spelling in spellings for word in fold_phrase(spelling)}
    tail = Phrases()
    rest = [word for word in written.split() if not short.issuperset(fold_phrase(word))]
    if not known and short and rest:
        tail.add(" ".join(rest), "tail")
        tail.add("".join(rest), "tail")
    several = [one for names, _ in known for one in names if len(one) > 1]
    heads = frozenset(word for one in several for word in (one[0], one[-1]))
    firsts = frozenset(one[0] for one in several if any(len(word) <= tables.SMALL for word in one))
    return Kinds(tuple(phrases for _, phrases in known), stems, heads, firsts, tail)


@cache
def _by_first(stems: frozenset[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for stem in stems:
        found.setdefault(stem[0], []).append(stem)
    return found


def _stems(phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what stays of each word in any case; nothing of short words and of scripts without cases.

    Of a last vowel that only the nominative has, nothing stays: zegarek, zegarka.
    """
    *adjectives, noun = phrase
    if any(CJK.search(word) for word in phrase) or len(noun) < STEM:
        return
    cut = [word[:-2] if len(word) > STEM else word for word in adjectives]
    for stem in {noun.rstrip(VOWELS) or noun, noun[:-2] + noun[-1] if noun[-2] in FLEETING else noun}:
        if len(cut[0] if cut else stem) >= STEM - 1 and len(stem) >= STEM - 1:
            yield *cut, stem


def _in_case(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) - len(stem) <= CASE
