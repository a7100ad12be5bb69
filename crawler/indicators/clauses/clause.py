"""The clause in which words stand: between pauses and a "but", in the sentence and beside the question that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.indicators.text.lexicon import View
from crawler.indicators.text.negation import turns
from crawler.indicators.text.tokens import Tokens
from crawler.register.folding import CJK

QUESTIONS = ("?", "\uff1f", "\u061f", "\u037e")
"""The question marks of Latin, full-width, Arabic and Greek type."""
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
"""Letters behind which a semicolon asks."""
HANGUL = re.compile(r"[\uac00-\ud7a3]")
"""Korean is read by the syllable, but its words stand apart."""
REACH = 40  # words of a clause before and behind the noun that are read: longer ones are no sentences


@dataclass(frozen=True)
class Clause:
    """The words ``a:b`` that name a copy, and the clause and sentence around them."""

    tokens: Tokens
    a: int
    b: int
    start: int
    end: int
    first: int
    """Where the sentence begins."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the whole text."""
        return self.tokens.words


def clause_of(tokens: Tokens, a: int, b: int, view: View, since: int = 0) -> Clause:
    """Return the clause in which the words ``a:b`` stand: up to a pause, a "but", or the word ``since``."""
    start = a
    while start > max(since, a - REACH) and not _parted(tokens, start) and not turns(tokens, start - 1, view):
        start -= 1
    first = start
    while (
        first > max(since, a - 2 * REACH)
        and not tokens.sentence_ends(first - 1, first)
        and not asked(tokens, first - 1, first)
    ):
        first -= 1
    end = b
    while end < min(len(tokens.words), b + REACH) and not _parted(tokens, end) and not turns(tokens, end, view):
        end += 1
    return Clause(tokens, a, b, start, end, first)


def _parted(tokens: Tokens, k: int) -> bool:
    """Whether a pause stands right before word ``k``; between words that are written without spaces, a space is one."""
    words = (tokens.words[k - 1], tokens.words[k])
    spaceless = all(CJK.match(word) and not HANGUL.match(word) for word in words)
    return tokens.pause(k - 1, k) or bool(spaceless and tokens.between(k - 1, k).isspace())


def asked(tokens: Tokens, last: int, following: int) -> bool:
    """Whether a question mark stands behind word ``last``."""
    until = tokens.starts[following] if following < len(tokens.words) else len(tokens.text)
    marks = (*QUESTIONS, ";") if GREEK.match(tokens.text[tokens.ends[last] - 1]) else QUESTIONS
    return any(mark in tokens.text[tokens.ends[last] : until] for mark in marks)
