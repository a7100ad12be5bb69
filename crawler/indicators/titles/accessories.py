"""The accessory or part that a title names: a case for the product is not the product."""

from __future__ import annotations

import re

from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.title_words import languages, selling, soft
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.register.folding import CJK
from crawler.register.loading import Entry

STRAP = re.compile(
    r"(?i)(?:strap|armband|bracelet|cinturino|correa|pulseira|bandje|ремеш|kordon|表带|替えベルト)|\bband\b|\bpasek\b|レザーベルト"
)
WIDTH = re.compile(r"(?<!\d)(?:1\d|2[0-6])\s?(?:mm|мм)", re.IGNORECASE)
"""The width of a watch strap; cases are wider."""
READ = 500  # characters of a title


def accessory(reading: Reading, entry: Entry) -> str:
    """Return the accessory that the title names, if any: a case for the product is not the product.

    Unless the product itself is called a case.
    """
    title = reading.place("title")
    if title is None:
        return ""
    own = {word for line in entry.brand.lines for name in (line.name, *line.spellings) for word in fold_phrase(name)}
    goods = tables.kinds_beside(reading.context.goods[entry.name]).find(title.tokens.words)
    named = {k for k in range(len(title.tokens.words)) if own.issuperset(_without_number(title, k))}
    for a, b, label in reading.view.sets["accessories"].find(title.tokens.words):
        if any(c <= a and b <= d and b - a < d - c for c, d, _ in goods):
            continue  # a card case is a kind of goods
        if reading.view.negations.ending_at(title.tokens.words, a) or named.issuperset(range(a, b)):
            continue  # "sin cable", Clip5
        if label == "no_accessories" or reading.comes_with(title.tokens, a) or _of_goods(reading, entry, title, a, b):
            continue
        if not own.issuperset(title.tokens.words[a:b]):
            return title.text[title.tokens.starts[a] : title.tokens.ends[b - 1]]
    return _joined(reading, title, named | {start for start, end, _ in goods if end == start + 1}) or _strap(title)


def _without_number(title: Place, k: int) -> tuple[str, ...]:
    """The word ``k`` as products are called, without a number joined to it."""
    return fold_phrase(title.text[title.tokens.starts[k] : title.tokens.ends[k]].rstrip("0123456789"))


def _of_goods(reading: Reading, entry: Entry, title: Place, a: int, b: int) -> bool:
    """Whether goods lead the title, in a language that names first what is sold, and a part behind them says what they
    are like: "reloj Orsano, correa de piel". A strap that is told by its width is sold alone.
    """
    if (
        reading.language not in languages("first")
        or not soft(reading.language).any(title.tokens.words, a, b)
        or WIDTH.search(title.text[:READ])
    ):
        return False
    goods = tables.goods_of(reading.context.goods[entry.name]).find(title.tokens.words)
    return any(d <= a and all(map(selling(reading.language).covers, title.tokens.words[:c])) for c, d, _ in goods[:1])


def _joined(reading: Reading, title: Place, named: set[int]) -> str:
    """Return a word that ends with one for an accessory: Neoprenhülle."""
    ends, goods = tuple(reading.view.ends), tables.goods_words()
    for k, word in enumerate(title.tokens.words):
        if word.endswith(ends) and word not in goods and k not in named and not reading.comes_with(title.tokens, k):
            return title.text[title.tokens.starts[k] : title.tokens.ends[k]]
    return ""


def _strap(title: Place) -> str:
    """Return a strap that is told by its width, if no watch is named: leather strap 20 mm."""
    text = title.text[:READ]
    match = STRAP.search(text)
    if match is None or not WIDTH.search(text):
        return ""
    rest = Tokens.of(text[: match.start()] + " . " + text[match.end() :])
    return "" if tables.goods("luxury").find(rest.words) else match[0]


def only_accessory(reading: Reading, entry: Entry) -> str:
    """Return the accessory that the title names without naming goods of the brand's sector beside it, if any."""
    title = reading.place("title")
    written = accessory(reading, entry)
    if title is None or not written:
        return ""
    at = title.text.find(written)
    before, behind = Tokens.of(title.text[:at]).words, Tokens.of(title.text[at + len(written) :]).words
    goods = tables.goods(entry.holder.sector)
    if CJK.search(written):  # what the thing is stands last
        return "" if goods.find(behind) else written
    names = [f.mention.start for f in reading.of(entry) if f.place is title]
    if behind and reading.view.before.match(behind, 0) and names and min(names) > at and not goods.find(before):
        return written  # "insoles for sports shoes by …"
    return "" if goods.find(before) or goods.find(behind) else written
