"""What turns words round: denials and warnings before or behind them, in the same clause or list."""

from __future__ import annotations

from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

SCOPE = 5  # words that a negation reaches forward: "we do not sell any cheap replicas"
ANSWER = 3  # words in which a question is answered: "Not with us"
QUESTIONS = ("?", "\uff1f", "\u061f", "\u037e")
"""The question marks of Latin, full-width, Arabic and Greek type."""
SCOPE_BACK = 4  # words between an admission and a negation behind it: "replicas are never sold"


def negated(tokens: Tokens, a: int, b: int, view: View, since: int = 0) -> bool:
    """Return whether the words ``a:b`` are denied or warned of around them; what is before ``since`` is spent."""
    if _answered_no(tokens, a, b, view):
        return True
    for k in range(max(since, a - SCOPE - 3), a):
        hit = view.negations.match(tokens.words, k)
        if not hit or hit[1] != "not_before" or hit[0] > a or a - hit[0] > SCOPE:
            continue
        if not _paused(tokens, k, a) and not _turns(tokens, hit[0], a, view):
            return True
    for k in range(b, min(len(tokens.words), b + SCOPE_BACK)):
        onward = view.negations.match(tokens.words, k)
        if onward and onward[1] == "not_negations":
            return False  # "fakes, not to be told from the real one"
        if view.sets["not_after"].match(tokens.words, k):
            return not tokens.pause(b - 1, k) and not _turns(tokens, b, k, view)
    return False


def _paused(tokens: Tokens, k: int, a: int) -> bool:
    """Whether a pause stands anywhere between word ``k`` and word ``a``: "no, it is a copy" denies nothing."""
    return any(tokens.pause(j, j + 1) for j in range(k, a))


def _answered_no(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the words end a question that the next words deny: "Copies? Not here."."""
    if not tokens.text[tokens.ends[b - 1] :].lstrip().startswith(QUESTIONS):
        return False
    if any(view.negations.match(tokens.words, k) for k in range(a, b)):
        return False  # "Not genuine? No": it is a denial that is confirmed
    near = range(b, min(len(tokens.words), b + ANSWER))
    return any(view.negations.match(tokens.words, k) or view.sets["not_after"].match(tokens.words, k) for k in near)


def _turns(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether a "but" stands among the words ``a:b``."""
    return any(turns(tokens, k, view) for k in range(a, b))


def turns(tokens: Tokens, k: int, view: View) -> bool:
    """Whether a "but" stands at word ``k``; behind a denial only, if its word is else another."""
    if not view.sets["but"].match(tokens.words, k):
        return False
    near = range(max(0, k - SCOPE), k)
    return not view.sets["rather"].match(tokens.words, k) or any(view.negations.match(tokens.words, j) for j in near)
