"""Whose name it is otherwise: another maker's product is measured by it, a shop or a person bears it."""

from __future__ import annotations

import re

from crawler.indicators.reading.offer import Reading
from crawler.indicators.text import tables
from crawler.indicators.text.title_words import going_on, refers
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.indicators.text.ways import lower
from crawler.items import MATCHED_TEXT_LIMIT, Provenance
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry

SHOP_WORDS = frozenset(squeeze(word, SIGHT) for word in ("outlet", "sale", "official", "discount", "factory", "deals"))
"""A shop called so trades on the name, it does not bear it."""
PERSON = re.compile(r"(?:\b[A-ZÀ-Þ]\.\s|\b(?:by|von|par|di|por|door|przez)\s[A-ZÀ-Þ][a-zß-ÿ]+\s)$")
"""``J. ``, ``by Anna ``: what stands before a family name."""
LEADING = re.compile(r"\W*([A-ZÀ-Þ][\w'’-]{2,20})\s+([A-Z]{1,3}-?\d{1,4}[A-Za-z]?)\b")
"""A made-up name and a model at the beginning of a title: ``Soundpeak X1``."""
CARS_FIRST = "spare parts"  # their titles begin with the car that the part fits


def made_by_another(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """The page names another maker, whose name the title begins with: the brand is what it is measured by."""
    title, maker = reading.place("title"), reading.place("brand")
    if title is None or maker is None or any(f.place is maker for f in reading.found):
        return None
    first, words = maker.tokens.words, title.tokens.words
    if not first or words[: len(first)] != first or entry.holder.sector == CARS_FIRST:
        return None
    own = [f for f in reading.of(entry) if f.place is title and not f.mention.deliberate]
    return ("comparison: another maker is named first", maker.proof(0, len(maker.text))) if own else None


def leads(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Another maker's product, name and model, stands first: the brand is what it is measured by."""
    title = reading.place("title")
    match = LEADING.match(title.text) if title else None
    if title is None or match is None or entry.holder.sector == CARS_FIRST:
        return None
    first = squeeze(match[1], SIGHT)
    if first in tables.goods_words() or first in reading.view.fillers:
        return None
    if reading.context.product_words[entry.name].issuperset(fold_phrase(match[2])):
        return None  # "jigsaw GS-600 by": the brand's own
    named = [f for f in reading.found if f.place is title]
    if any(f.mention.start < match.end() for f in named):
        return None
    own = [f for f in named if f.entry.name == entry.name and not f.mention.deliberate]
    return ("comparison: another product is named first", title.proof(0, match.end())) if own else None


def referred(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """A part refers to another maker's, whose name and number stand behind a word for that: "vgl. SB-77 (…)"."""
    title = reading.place("title")
    if title is None or entry.holder.sector != CARS_FIRST:
        return None
    named = [f for f in reading.of(entry) if f.place is title]
    before = title.text[: min(f.mention.start for f in named)] if named else ""
    match = refers().search(lower(before))
    return ("comparison: a part refers to another maker's", title.proof(*match.span())) if match else None


def namesake(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """A shop or person that bears the name and sells nothing that the brand's sector sells."""
    title = reading.place("title")
    if title is None or reading.of_sector(entry):
        return None
    shop = reading.context.storefront
    trades_on_it = shop is not None and bool(SHOP_WORDS.intersection(Tokens.of(shop.name or "").words))
    if not trades_on_it:
        for a, b, _ in tables.other_goods().find(title.tokens.words):
            proof = title.proof(title.tokens.starts[a], title.tokens.ends[b - 1])
            return "namesake: the goods are of an everyday trade and not of the brand's", proof
    if shop is not None and shop.name and not trades_on_it:
        for mention in reading.context.matcher.find(shop.name):
            if mention.brand == entry.name and not mention.deliberate:
                proof = Provenance(extractor="storefront", path="name", text=shop.name[:MATCHED_TEXT_LIMIT])
                return "namesake: the shop bears the name and sells other goods than the brand", proof
    for f in reading.of(entry):
        before = f.place.text[: f.mention.start]
        if f.place.field == "title" and (match := PERSON.search(before)):
            return "namesake: the name is that of a person", f.place.proof(match.start(), f.mention.end)
    return None


def goes_on(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """The name is one of a list that goes on, "Velmora, Orsano and others": what the thing suits, what is worked on."""
    title = reading.place("title")
    if title is None:
        return None
    tokens, names = title.tokens, [f for f in reading.found if f.place is title]
    named = {k for f in names for k in range(*tokens.at(f.mention.start, f.mention.end))}
    named |= {k for k, word in enumerate(tokens.words) if word in reading.context.product_words[entry.name]}
    for a, b in going_on().spans(tokens.words, 0, len(tokens.words)):
        if a - 1 in named and not any(f.mention.deliberate for f in names):
            proof = title.proof(tokens.starts[a - 1], tokens.ends[b - 1])
            return "accessory: the name is one of several that the thing is for", proof
    return None
