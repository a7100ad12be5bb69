"""What a copy is one of, if not of the goods: a document, a thing long past, a stuff or a detail, or others' goods."""

from __future__ import annotations

from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

SMALL = 3  # letters of a word that joins a stuff to what it is: imitation of horn
NEAR_WORDS = 7  # words behind a copy in which it says what it is a copy of
PART = 4  # letters of a word that others are joined to: Wikinger|messer, Hanse|kogge
JOINED = 4  # words before a thing in which "with" makes it come with the goods


def of_harmless(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the copy is of something that anybody may copy: of a Roman coin, of the receipt; not with a
    receipt, or hence without one. Or it is but the stuff or a detail of the goods: imitation horn, a fake pocket.
    """
    if view.sets["imitates"].match(tokens.words, a) and _of_stuff(tokens, a, b, view):
        return True
    for k in range(b, min(len(tokens.words), b + NEAR_WORDS)):
        ends = any(view.sets[name].match(tokens.words, k) for name in ("included", "but"))
        if ends or tokens.pause(k - 1, k):
            break
        if _copied(tokens.words, k, view):
            return True
    return _named_before(tokens, a, view)


def _copied(words: tuple[str, ...], k: int, view: View) -> bool:
    """Whether word ``k`` begins what anybody may copy, or is joined to it: a Hanse|kogge."""
    parts = view.sets["copied_parts"]
    return bool(view.sets["copied"].match(words, k) or parts.begins(words[k], PART) or parts.ends(words[k], PART))


def _named_before(tokens: Tokens, a: int, view: View) -> bool:
    """Whether what anybody may copy stands right before the copy: a "galleon replica", not "with papers, replica"."""
    copied = view.sets["copied"]
    before = copied.ending_at(tokens.words, a, 2)
    if before is None and a > 1 and len(tokens.words[a - 1]) <= SMALL and not tokens.pause(a - 2, a - 1):
        before = copied.ending_at(tokens.words, a - 1, 2)  # "place for the key and a copy"
    if before is None or tokens.pause(a - 1, a):
        return False
    near = range(max(0, before[0] - JOINED), before[0])
    comes = (view.sets[name].match(tokens.words, k) for name in ("included", "wrapping") for k in near)
    return not any(comes)


def _of_stuff(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether a stuff or a detail stands right beside the words ``a:b``, or one small word apart: imitation of horn."""
    stuff = view.sets["imitated"]
    behind = [k for k in (b, b + 1) if k < len(tokens.words) and (k == b or len(tokens.words[b]) <= SMALL)]
    if any(stuff.match(tokens.words, k) and not _paused(tokens, b, k) for k in behind):
        return True
    before = stuff.ending_at(tokens.words, a, 2)
    if before is None or tokens.pause(a - 1, a):
        return False
    led = before[0] > 0 and view.sets["of"].match(tokens.words, before[0] - 1)
    return not led  # "bolso de piel, falso" is no stuff


def _paused(tokens: Tokens, a: int, b: int) -> bool:
    return any(tokens.pause(k - 1, k) for k in range(a, b + 1))


def of_others(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the copies are those of others: "there are many fakes, this one is real"."""
    before = any(view.sets["plenty"].match(tokens.words, k) for k in range(max(0, a - 3), a))
    behind = any(view.sets["plenty"].match(tokens.words, k) for k in range(b, min(len(tokens.words), b + 4)))
    if not (before or behind):
        return False
    rest = range(b, min(len(tokens.words), b + 3 * NEAR_WORDS))
    return any(view.sets["real"].match(tokens.words, k) for k in rest)
