"""Admissions without a word for a copy: whose hand made the goods, who put the name on them, who is not to know.

Sellers say it in acts that every language has closed words for: that the goods are *not from* the maker, that *we*
sewed the label in, that *they* know nothing of it, that nobody will notice. None of these says it alone: an honest
strap is not from the maker either. Two of them do, or one beside the marks of the brand (``data/signs``, one file per
language).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from crawler.indicators.clauses import grammar
from crawler.indicators.clauses.copy_words import NAME
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.clauses.noun import Plain
from crawler.indicators.clauses.sign_words import Signs, load
from crawler.indicators.reading import imported
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

REACH = 45  # words within which two signs speak of one thing
BY = 5  # words behind a denial in which "from" or "by" stands
LED = 12  # words of a clause before its denial: "all of the bags that we have in stock are"
ARTICLES = 2  # words between "by" and the maker
NEAR = 3  # words before a sign in which a denial turns it round
MAX_SIGNS = 60  # of a text that are looked at


class Sign(NamedTuple):
    """What the words ``start:end`` tell."""

    start: int
    end: int
    kind: str


TOGETHER = frozenset(
    frozenset(pair)
    for pair in (
        ("not_theirs", "marks"), ("not_theirs", "alike"), ("not_theirs", "unaware"), ("not_theirs", "hidden"),
        ("not_theirs", "puts"), ("unaware", "marks"), ("unaware", "alike"), ("unaware", "puts"), ("unaware", "hidden"),
        ("hidden", "marks"), ("hidden", "alike"), ("hidden", "puts"), ("puts", "alike"),
    )
)  # fmt: skip
"""Which two signs admit a copy; ``puts`` is that the seller puts on a mark."""
ALONE = frozenset({"named"})
"""Which one does: the seller puts on the brand's own mark."""


def admitted(tokens: Tokens, language: str | None, view: View, plain: Plain) -> tuple[int, int] | None:
    """Return the words of the first signs that together admit that the goods are none of the maker's."""
    words = grammar.of(tokens.words, language, 0)
    signs = load().get(words.language) if words else None
    if words is None or signs is None:
        return None
    told = (sign for a, b in _sentences(tokens) for sign in _of(tokens, a, b, words, signs, plain))
    stuff = view.sets["imitated"]  # "no real leather" says nothing of the maker
    found = sorted(s for s in told if s.end == len(tokens.words) or not stuff.match(tokens.words, s.end))[:MAX_SIGNS]
    for k, first in enumerate(found):
        if first.kind in ALONE:
            return first.start, first.end
        for second in found[k + 1 :]:
            if second.start - first.end <= REACH and frozenset((first.kind, second.kind)) in TOGETHER:
                return first.start, max(first.end, second.end)
    return None


def unnoticed(tokens: Tokens, a: int, b: int, language: str | None) -> bool:
    """Whether the words ``a:b`` say that nobody notices, and what is not noticed is a scratch, a zip or a speck."""
    words = grammar.of(tokens.words, language, a)
    signs = load().get(words.language) if words else None
    if signs is None:
        return False
    start, end = next((span for span in _sentences(tokens) if span[0] <= a < span[1]), (a, b))
    hidden = any(x < b and a < y for x, y in signs.labels["hidden"].spans(tokens.words, start, end))
    return hidden and signs.kept.any(tokens.words, start, end)


def _sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    size = len(tokens.words)
    ends = [k for k in range(1, size) if tokens.sentence_ends(k - 1, k) or "?" in tokens.between(k - 1, k)]
    yield from pairwise((0, *ends, size)) if size else ()


def _of(tokens: Tokens, a: int, b: int, words: Grammar, signs: Signs, plain: Plain) -> Iterator[Sign]:
    """Yield the signs of the sentence ``a:b``; none of one that supposes, asks or speaks of what would be."""
    end = tokens.starts[b] if b < len(tokens.words) else len(tokens.text)
    if "?" in tokens.text[tokens.ends[b - 1] : end]:
        return
    kept, yours = signs.kept.any(tokens.words, a, b), signs.yours.any(tokens.words, a, b)
    told = [Sign(x, y, kind) for kind, one in signs.labels.items() for x, y in one.spans(tokens.words, a, b)]
    supposed = (*words.supposes.spans(tokens.words, a, b), *words.moods.spans(tokens.words, a, b))
    if any(not any(sign.start <= x < sign.end for sign in told) for x, _ in supposed):
        return
    for sign in told:
        if yours and sign.kind == "not_theirs":
            continue  # "in our workshop we engrave your initials"
        hidden = sign.kind == "hidden"  # "because of customs" keeps nothing away
        if not (kept and hidden) and (hidden or not _denied(tokens, sign.start, a, words)):
            yield sign
    yield from _foreign(tokens, a, b, words, signs, plain)
    yield from _put_on(tokens, a, b, signs)


def _denied(tokens: Tokens, x: int, first: int, words: Grammar) -> bool:
    """Whether a denial stands right before word ``x``: "no logo", "without label"."""
    near = max(first, x - NEAR)
    lists = (words.denies, words.none, words.without)
    return any(not tokens.pause(end - 1, x) for one in lists for _, end in one.spans(tokens.words, near, x))


def _foreign(tokens: Tokens, a: int, b: int, words: Grammar, signs: Signs, plain: Plain) -> Iterator[Sign]:
    """Yield where it is denied of the goods that the maker made them: "not from Velmora", "weren't made by them"."""
    for start, end in (*words.denies.spans(tokens.words, a, b), *words.none.spans(tokens.words, a, b)):
        since = _since_pause(tokens, a, start)
        ours = words.own.any(tokens.words, since, start)
        if start - since > LED or not all(
            _closed(tokens.words[k], words, signs, plain, ours) for k in range(since, start)
        ):
            continue  # the strap is not from Velmora
        until = next((k for k in range(end, b) if tokens.pause(k - 1, k)), b)
        for x, y in signs.by.spans(tokens.words, end, min(end + BY, until)):
            if imported.dealers(words.language).any(tokens.words, end, x):
                break  # we are no dealers of the maker's
            if _maker(tokens.words, y, min(y + ARTICLES + 1, until), signs):
                yield Sign(start, min(y + ARTICLES + 1, until), "not_theirs")
        for x, y in signs.by_behind.spans(tokens.words, end, min(end + BY, until)):
            if _maker(tokens.words, end, x, signs):
                yield Sign(start, y, "not_theirs")


def _since_pause(tokens: Tokens, a: int, k: int) -> int:
    """Return the word behind the last pause before word ``k``, not before ``a`` and hardly more than LED words back."""
    first = k
    while first > a and k - first <= LED and not tokens.pause(first - 1, first):
        first -= 1
    return first


def _closed(word: str, words: Grammar, signs: Signs, plain: Plain, ours: bool) -> bool:
    """Whether a word may stand before the denial: "these bags are", but not "the strap is"."""
    lists = (words.names, words.own, words.leads, words.agrees, words.others, words.grades, words.offers, signs.comes)
    if signs.selves.covers(word) or signs.labels["marks"].covers(word):
        return False  # we, or the box, are not from the maker
    return (ours and plain(word)) or any(one.covers(word) for one in lists)


def _maker(words: tuple[str, ...], a: int, b: int, signs: Signs) -> bool:
    return NAME in words[a:b] or signs.makers.any(words, a, b)


def _put_on(tokens: Tokens, a: int, b: int, signs: Signs) -> Iterator[Sign]:
    """Yield where the seller, or nobody of the maker's, puts a mark on: "the label we sew in ourselves"."""
    words = tokens.words
    if signs.yours.any(words, a, b):
        return
    marks, puts = signs.labels["marks"].spans(words, a, b), signs.puts.spans(words, a, b)
    later = signs.later.any(words, a, b)
    if not puts or not (later or signs.selves.any(words, a, b)):
        return
    if NAME in words[a:b] and (marks or later):
        yield Sign(puts[0][0], puts[0][1], "named")
    elif marks:
        yield Sign(puts[0][0], puts[0][1], "puts")
