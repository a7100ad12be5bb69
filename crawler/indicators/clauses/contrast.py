"""Whether what follows a copy sets the goods at hand against it: "he bought a clone. This one is the real one"."""

from __future__ import annotations

from crawler.indicators.clauses.copy_words import NAME
from crawler.indicators.clauses.grammar import Grammar
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

NEXT = 20  # words behind a copy in which the goods at hand are called real
SMALL = 4  # words between "this" and what it is called


def set_against(tokens: Tokens, b: int, view: View, words: Grammar) -> bool:
    """Whether "this is the real one" begins behind a pause soon after word ``b``; "this is real leather" is no such."""
    for k in range(b, min(len(tokens.words), b + NEXT)):
        if not tokens.pause(k - 1, k):
            continue
        ends = [end for start, end in words.own.spans(tokens.words, k, k + SMALL) if start == k]
        if any(_real(tokens, end, view, words) for end in ends):
            return True
    return False


def _real(tokens: Tokens, k: int, view: View, words: Grammar) -> bool:
    last = min(len(tokens.words), k + SMALL)
    named = False
    while k < last and not view.sets["real"].match(tokens.words, k):
        word = tokens.words[k]
        named |= words.names.covers(word)
        if tokens.pause(k - 1, k) or not (words.names.covers(word) or words.leads.covers(word)):
            return False
        k += 1
    hit = view.sets["real"].match(tokens.words, k) if named else None
    if hit is None or k >= last:
        return False
    end = hit[0]
    if end == len(tokens.words) or tokens.pause(end - 1, end):
        return True
    return tokens.words[end] == NAME or words.of.covers(tokens.words[end]) or words.leads.covers(tokens.words[end])
