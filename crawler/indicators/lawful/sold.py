"""What a description says is sold although its title names goods of a brand (``sold.yaml``).

A title is often copied from the maker's product: the box, the repair or the pattern is told of in the text alone. No
list knows all that may be sold; but that the goods are left out, that the buyer sends them in, or that only what they
come in is offered, is said in few ways.
"""

from __future__ import annotations

import re

from crawler.indicators.lawful import services, speech
from crawler.indicators.lawful.sold_words import (
    CLAUSE,
    OPENING,
    behind,
    first_words,
    leading,
    named,
    not_sold,
    only_sent,
    things,
    told_by,
    ways,
    wrapping,
)
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.tokens import Tokens, fold_phrase
from crawler.indicators.text.ways import lower
from crawler.items import Provenance
from crawler.register.loading import Entry

READ = 1_000  # characters of a description in which goods may be left out
LONGEST = 300  # characters of a clause: longer ones are lists
REACH = 60  # characters before goods that may leave them out
FEW = 5  # words of a clause that only says that the goods are not there: "no bag inside"
FEW_LETTERS = 20  # of such a clause where words are not told apart
SENTENCE = re.compile(r"[^.!?…。！？\n]+")
WORDS = re.compile(r"\w+")
PARTS = "spare parts"
SIGNS = 2  # of work: what is done, done once more, or that the buyer brings the goods


def own_words(reading: Reading) -> Place | None:
    """Return the description without what customers are quoted with, None if there is none; read once."""
    if "own words" not in reading.memo:
        place = reading.place("description")
        own = Place(place.field, speech.own(place.text, ways("reviews")), place.provenance) if place else None
        reading.memo["own words"] = own
    known: Place | None = reading.memo["own words"]
    return known


def shop_speaks(reading: Reading) -> bool:
    """Whether the description says what shops say: stock, returns, free delivery."""
    place = own_words(reading)
    return place is not None and ways("shop").search(lower(place.text[:READ])) is not None


def otherwise(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why the description says that no goods of the brand are sold, and where; None if it does not."""
    place = own_words(reading)
    if place is None or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    text = lower(place.text[:READ])
    for reason, span in (
        ("packaging: the description says that the goods do not come with it", _without_goods(reading, entry, text)),
        ("packaging: the description offers what goods come in", _alone(reading, text)),
        ("accessory: the description offers what is put on the goods", _put_on(text, entry)),
        ("accessory: the description says that nothing else is sent", _nothing_else(reading, entry, text)),
        ("service: the description offers work on the buyer's goods", _worked_on(text, entry)),
    ):
        if span is not None:
            return reason, place.proof(*span)
    return None


def _without_goods(reading: Reading, entry: Entry, text: str) -> tuple[int, int] | None:
    patterns = [named(kind) for kind in sorted(_kinds(reading, entry))]
    for clause in CLAUSE.finditer(text):
        said = clause[0][:LONGEST]
        for goods in (match for pattern in (things(), *patterns) for match in pattern.finditer(said)):
            if _left_out(said, goods) or (goods.re is not things() and _is_without(said, goods)):
                return clause.start() + goods.start(), clause.start() + goods.end()
    return None


def _left_out(clause: str, goods: re.Match[str]) -> bool:
    before = clause[max(0, goods.start() - REACH) : goods.start()]
    led = leading("before").search(before) or leading("shape").search(before) or not_sold().search(before)
    return led is not None or behind().match(clause, goods.end()) is not None


def _is_without(clause: str, goods: re.Match[str]) -> bool:
    """Whether a clause of few words says only that there are none: "no bag inside", not "needs no tools"."""
    return (
        _is_short(clause)
        and leading("without").search(clause[max(0, goods.start() - REACH) : goods.start()]) is not None
    )


def _is_short(clause: str) -> bool:
    words = WORDS.findall(clause)
    return len(words) <= FEW and len(clause) <= FEW * FEW_LETTERS


def _kinds(reading: Reading, entry: Entry) -> set[str]:
    """The kinds of goods that the title names, or that the product of the brand is which it names."""
    title = reading.place("title")
    if title is None:
        return set()
    words = title.tokens.words
    lines = [line for line in entry.brand.lines if set(fold_phrase(line.name)) & set(words) - tables.goods_words()]
    texts = [words, *(fold_phrase(line.name) for line in lines)]
    return {kind for one in texts for kind in tables.kinds_in(one)}


def _alone(reading: Reading, text: str) -> tuple[int, int] | None:
    """Where what goods come in is said to be empty, or alone; not alone where a shop speaks: "only original boxes"."""
    match = wrapping("empty").search(text, 0, OPENING)
    if match is None and not shop_speaks(reading):
        match = wrapping("only").search(text, 0, OPENING)
    return match.span() if match else None


def _worked_on(text: str, entry: Entry) -> tuple[int, int] | None:
    """Work on the buyer's goods: it is named in several words, or the buyer sends or brings them; no warranty is."""
    if entry.holder.sector in services.CARED_FOR:
        return None
    signs: list[tuple[int, int]] = []
    told = quoted = False
    for sentence in SENTENCE.finditer(text[:OPENING]):
        if ways("warranty").search(sentence[0]):
            continue
        quoted = quoted or ways("quoted").search(sentence[0]) is not None
        own = [m for name in ("works", "hand_in", "quoted") for m in ways(name).finditer(sentence[0])]
        told = told or bool(own)  # words for work alone, of titles in all languages, are others in some: flick
        for start, end in sorted(m.span() for m in (*own, *services.load().finditer(sentence[0]))):
            if not signs or sentence.start() + start >= signs[-1][1]:
                signs.append((sentence.start() + start, sentence.start() + end))
    if quoted and len(signs) < SIGNS:
        signs += [m.span() for m in ways("worked_on").finditer(text[:OPENING])][:1]
    return signs[0] if told and len(signs) >= SIGNS else None


def _comes_along(entry: Entry, clause: str, before: str) -> bool:
    """Whether a thing that a clause names comes with the goods; or is theirs: a maker's spare parts replace others'."""
    if ways("along").search(clause) or ways("with_it").search(before):
        return True
    return entry.holder.sector == PARTS and bool(tables.goods(PARTS).find(Tokens.of(clause).words))


def _put_on(text: str, entry: Entry) -> tuple[int, int] | None:
    """What is put on the goods or kept beside them, as the first words or the first clause say."""
    first, match = CLAUSE.search(text), first_words("beside").match(text)
    if first and match and not _comes_along(entry, first[0], text[: match.start("first")]):
        return match.span("first")
    found = told_by("put_on", text[: first.end()]) if first else []
    return found[0].span() if found else None


def _nothing_else(reading: Reading, entry: Entry, text: str) -> tuple[int, int] | None:
    """What else than goods is said to be all that is sent."""
    kinds = [named(kind) for kind in _kinds(reading, entry)]
    for sentence in SENTENCE.finditer(text[:OPENING]):
        found = ways("nothing_else").search(sentence[0])
        if found and not any(kind.search(sentence[0]) for kind in kinds):
            return sentence.start() + found.start(), sentence.start() + found.end()
    if not ways("only").search(text, 0, OPENING):
        return None
    for clause in CLAUSE.finditer(text[:OPENING]):
        match = only_sent().search(clause[0])
        if match and not any(kind.search(match[0]) for kind in kinds):
            return clause.start() + match.start(), clause.start() + match.end()
    return None
