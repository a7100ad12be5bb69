"""Whether a text tells of copies and offers none: news, warnings, guides, what sets the goods at hand against them."""

from __future__ import annotations

from crawler.indicators.clauses.copy_words import phrases
from crawler.indicators.clauses.parting import parted_with
from crawler.indicators.reading.offer import Reading
from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens
from crawler.items import Provenance

COPIES = frozenset({"replica", "another", "quality"})
"""What titles tell of."""
REACH = 40  # words of a sentence before and behind a copy
NEXT = 30  # words behind it in which the goods at hand are set against it


def tells(tokens: Tokens, view: View) -> tuple[int, int] | None:
    """Return the words of a title that say so."""
    found = view.sets["told"].find(tokens.words)
    return found[0][:2] if found else None


def told(reading: Reading) -> tuple[str, Provenance] | None:
    """Return the words of a title that tells of copies, with the reason why its name is no claim."""
    title = reading.place("title")
    span = tells(title.tokens, reading.view) if title else None
    if title is None or span is None:
        return None
    if not any(label in COPIES for _, _, label in phrases(title.tokens, reading.view, reading.language)):
        return None
    proof = title.proof(title.tokens.starts[span[0]], title.tokens.ends[span[1] - 1])
    return "about: the title tells of copies, and offers none", proof


def beside(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the sentence around the words ``a:b`` says so or tells of what copies, as printers do, or what follows
    sets the goods at hand against them.
    """
    start = a
    while start > max(0, a - REACH) and not tokens.sentence_ends(start - 1, start):
        start -= 1
    end = b
    while end < min(len(tokens.words), b + REACH) and not tokens.sentence_ends(end - 1, end):
        end += 1
    if any(view.sets[name].find(tokens.words[start:end]) for name in ("told", "copiers")):
        return not parted_with(tokens, a, b, view)  # "bought a fake by mistake, selling it on"
    return any(
        tokens.pause(k - 1, k) and view.sets["ours"].match(tokens.words, k)
        for k in range(b, min(len(tokens.words), b + NEXT))
    )
