"""Whether who calls a thing a copy parts with it: "turned out to be fake, so it goes cheap" is said of what is sold."""

from __future__ import annotations

from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens

SENTENCES = 2  # that begin behind the copy, in which its seller parts with it
REACH = 40  # words before and behind a copy


def parted_with(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether words of parting with one's own thing, or of why it is cheap, stand in the sentence of the copy ``a:b``
    or soon behind it; not if something real is named with them, which may then be what is sold.
    """
    start, end = _stretch(tokens, a, b)
    words = tokens.words[start:end]
    return bool(view.sets["parting"].find(words)) and not view.sets["real"].find(words)


def _stretch(tokens: Tokens, a: int, b: int) -> tuple[int, int]:
    start, end, ended = a, b, 0
    while start > max(0, a - REACH) and not tokens.sentence_ends(start - 1, start):
        start -= 1
    while end < min(len(tokens.words), b + REACH):
        ended += tokens.sentence_ends(end - 1, end)
        if ended > SENTENCES:
            break
        end += 1
    return start, end
