"""Whether a title offers what goods come in: a box, a bag of paper, a bottle without what was in it."""

from __future__ import annotations

from crawler.indicators.clauses import grammar
from crawler.indicators.reading.offer import Reading
from crawler.indicators.text import tables
from crawler.indicators.text.title_words import languages, paper
from crawler.indicators.text.tokens import Tokens
from crawler.indicators.titles.title import JOINED
from crawler.items import Provenance
from crawler.register.loading import Entry

APART = frozenset({"en", "tr", "de", "nl", "sv", "da"})
"""Languages in which goods right before wrapping only say what it is for: a shoe box is no shoe."""

OF_PAPER = 2  # words between goods and what they are made of: bolsas de papel


def wrapped(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """What goods come in is named, said to be alone or without goods or a product of the brand beside it."""
    title = reading.place("title")
    found = _wrappings(title.tokens, reading) if title else []
    if title is None or not found or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    goods, words = tables.goods(entry.holder.sector), list(title.tokens.words)
    for a, b in found:
        if b - a > 1 or not goods.match(title.tokens.words, a):
            words[a:b] = [""] * (b - a)
        if a and reading.language in APART and title.tokens.between(a - 1, a) == " ":
            words[a - 1] = "" if goods.match((words[a - 1],), 0) else words[a - 1]
    product = reading.context.product_words[entry.name].intersection(words)
    with_it = product and all(reading.comes_with(title.tokens, a) for a, _ in found)
    if with_it or ((product or goods.find(tuple(words))) and reading.first("alone", ("title",)) is None):
        return None  # "GW-20 solo in its box": without a battery
    proof = title.proof(title.tokens.starts[found[0][0]], title.tokens.ends[found[0][1] - 1])
    return "packaging: the wrapping alone is offered", proof


def _wrappings(tokens: Tokens, reading: Reading) -> list[tuple[int, int]]:
    """Where wrapping is named, also joined to another word, in languages that join words: Lederbox."""
    phrases = reading.view.sets["wrapping"]
    found = [(a, b) for a, b, _ in phrases.find(tokens.words)]
    if reading.language not in languages("joining"):
        return found
    joined = [(k, k + 1) for k, word in enumerate(tokens.words) if phrases.ends(word, JOINED)]
    return found or joined


def of_paper(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """The goods are said to be of paper: a bag of paper is what a bag comes in."""
    title = reading.place("title")
    if title is None or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    tokens = title.tokens
    named = {k for a, b, _ in tables.goods(entry.holder.sector).find(tokens.words) for k in range(a, b)}
    named |= {k for _, kind in tables.kinds() for a, b, _ in kind.find(tokens.words) for k in range(a, b)}
    for a, b in paper().spans(tokens.words, 0, len(tokens.words)):
        beside = named.intersection(range(max(0, a - OF_PAPER), b + OF_PAPER))
        if beside and not reading.comes_with(tokens, a):
            return "packaging: goods of paper are what goods come in", title.proof(tokens.starts[a], tokens.ends[b - 1])
    return None


def left_out(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """The goods of the brand are named to say that they do not come with it, and nothing else that it sells is."""
    title = reading.place("title")
    if title is None or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    tokens, words = title.tokens, grammar.load().get(reading.language)
    named = tables.goods(entry.holder.sector).find(tokens.words)
    if words is None or not named:
        return None
    left = [a for a, _, _ in named if any(not tokens.pause(k, a) for k in words.kept_away(tokens.words, a))]
    proof = title.proof(tokens.starts[named[0][0]], tokens.ends[named[-1][1] - 1])
    return ("packaging: it comes without the goods that the brand sells", proof) if len(left) == len(named) else None
