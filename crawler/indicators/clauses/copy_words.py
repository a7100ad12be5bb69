"""Where the words of a text call something a copy, by the lists of ``data/wording`` and however they are hidden.

Whether that is said of the goods is read from the clause around them (:mod:`crawler.indicators.clauses.admissions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.indicators.clauses import grammar
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens
from crawler.register.folding import CJK

Span = tuple[int, int, str]
MAX_PHRASES = 100  # of a text that are looked at: no seller writes so many
SPACED = 4  # letters apart that make a word: c o p y
DOTTED = 3  # the same with nothing but a dot between: n.e.p
STARRED = re.compile(r"(?<![\w*@])\w+(?:[*@#$€○◯●]+\w+)+(?![\w*@])")
SIGN = re.compile(r"([*@#$€○◯●])")
"""What stands for a hidden letter within a word."""
HEAD, TAIL = 3, 5  # letters of a compound's two words: Uhren|kopie
NAME = "\u00a7"
"""What stands for a name of the register: its letters are no words of a language."""


def unnamed(tokens: Tokens, names: Iterable[tuple[int, int]]) -> Tokens:
    """Return the tokens with the words at the characters ``names`` replaced by NAME."""
    words = list(tokens.words)
    for start, end in names:
        a, b = tokens.at(start, end)
        words[a:b] = [NAME] * (b - a)
    return replace(tokens, words=tuple(words))


def phrases(tokens: Tokens, view: View, language: str | None) -> list[Span]:
    """Return the words that call something a copy, or harmlessly look like it, as ranges of words."""
    listed = [span for span in _listed(tokens, view) if not _another(tokens, span, view)]
    hidden = [*_spaced(tokens, view), *_starred(tokens, view), *_compounds(tokens, view)]
    return sorted(listed + hidden + _unreal(tokens, view, language, listed))[:MAX_PHRASES]


def _listed(tokens: Tokens, view: View) -> Iterator[Span]:
    """Yield the listed phrases; one that is harmless only across a pause is read up to that: "imitation, leather"."""
    for a, b, label in view.admissions.find(tokens.words):
        pauses = [k for k in range(a + 1, b) if label == "harmless" and tokens.pause(k - 1, k)]
        cut = view.admissions.find(tokens.words[a : pauses[0]]) if pauses else [(0, b - a, label)]
        yield from ((a + x, a + y, inner) for x, y, inner in cut)


def _another(tokens: Tokens, span: Span, view: View) -> bool:
    a, b, _ = span
    return view.admissions.another(tokens.words[a:b], tokens.text[tokens.starts[a] : tokens.ends[b - 1]])


def _spaced(tokens: Tokens, view: View) -> Iterator[Span]:
    """Yield words whose letters stand apart: r e p l i c a."""
    k = 0
    while k < len(tokens.words):
        end = k
        while end < len(tokens.words) and _letter(tokens.words[end]):
            end += 1
        dotted = end - k == DOTTED and all(tokens.between(j - 1, j) == "." for j in range(k + 1, end))
        for size in range(end - k, DOTTED - 1 if dotted else SPACED - 1, -1):
            hit = view.admissions.match(("".join(tokens.words[k : k + size]),), 0)
            if hit:
                yield k, k + size, hit[1]
                end = max(end, k + size)
                break
        k = max(end, k + 1)


def _letter(word: str) -> bool:
    return len(word) == 1 and word.isalnum() and not CJK.match(word)


def _starred(tokens: Tokens, view: View) -> Iterator[Span]:
    """Yield words of which stars hide letters: r*plica."""
    for match in STARRED.finditer(tokens.text) if SIGN.search(tokens.text) else ():
        letters = "".join(
            "." if SIGN.fullmatch(part) else "".join(Tokens.of(part).words) for part in re.split(SIGN, match[0])
        )
        label = next((label for word, label in view.copies.items() if re.fullmatch(letters, word)), None)
        a, b = tokens.at(*match.span())
        if label and a < b:
            yield a, b, label


def _compounds(tokens: Tokens, view: View) -> Iterator[Span]:
    """Yield words joined of a brand, goods or a grade and a word for a copy: Markenfälschung."""
    for k, word in enumerate(tokens.words):
        for cut in range(HEAD, len(word) - TAIL + 1):
            label = view.copies.get(word[cut:])
            if label and word[:cut] in view.heads:
                yield k, k + 1, label
                break


def _unreal(tokens: Tokens, view: View, language: str | None, known: list[Span]) -> list[Span]:
    """Return where the goods are said not to be real: "is not the original", nothing behind it that is not original."""
    covered = {k for a, b, _ in known for k in range(a, b)}
    found: list[Span] = []
    for a, b, _ in view.sets["real"].find(tokens.words)[:MAX_PHRASES]:
        words = grammar.of(tokens.words, language, a)
        if words is None:
            continue
        start, end = words.denied_at(tokens.words, a, b)
        ends = end == len(tokens.words) or tokens.pause(end - 1, end) or words.begins(tokens.words, end)
        alone = ends or view.sets["but"].match(tokens.words, end) is not None
        pauses = any(tokens.pause(k - 1, k) for k in range(start + 1, end))
        if (start, end) != (a, b) and alone and not pauses and covered.isdisjoint(range(start, end)):
            found.append((start, end, "another"))
    return found
