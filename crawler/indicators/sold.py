"""What a description says is sold although its title names goods of a brand (``sold.yaml``).

A title is often copied from the maker's product: the box, the repair or the pattern is told of in the text alone. No
list knows all that may be sold; but that the goods are left out, that the buyer sends them in, or that only what they
come in is offered, is said in few ways.
"""

from __future__ import annotations

import re

from crawler.indicators import services, speech, tables
from crawler.indicators.places import Place
from crawler.indicators.reading import Reading
from crawler.indicators.sold_words import behind, first_words, leading, named, ways, wrapping
from crawler.indicators.tokens import fold_phrase
from crawler.indicators.ways import lower
from crawler.items import Provenance
from crawler.register.loading import Entry

READ = 1_000  # characters of a description in which goods may be left out
OPENING = 250  # characters of a description that say what is offered
LONGEST = 300  # characters of a clause: longer ones are lists
REACH = 60  # characters before goods that may leave them out
FEW = 5  # words of a clause that only says that the goods are not there: "no bag inside"
FEW_LETTERS = 20  # of such a clause where words are not told apart
CLAUSE = re.compile(r"[^.!?;:,…。！？；，、()\n|•·]+")
SENTENCE = re.compile(r"[^.!?…。！？\n]+")
WORDS = re.compile(r"\w+")
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
        ("service: the description offers work on the buyer's goods", _worked_on(text, entry)),
        ("about: the description offers what tells of the goods or shows them", _about(text, entry)),
    ):
        if span is not None:
            return reason, place.proof(*span)
    return None


def _without_goods(reading: Reading, entry: Entry, text: str) -> tuple[int, int] | None:
    patterns = [named(kind) for kind in sorted(_kinds(reading, entry))]
    for clause in CLAUSE.finditer(text):
        for goods in (match for pattern in patterns for match in pattern.finditer(clause[0][:LONGEST])):
            if _left_out(clause[0][:LONGEST], goods):
                return clause.start() + goods.start(), clause.start() + goods.end()
    return None


def _left_out(clause: str, goods: re.Match[str]) -> bool:
    before = clause[max(0, goods.start() - REACH) : goods.start()]
    if leading("before").search(before) or leading("shape").search(before) or behind().match(clause, goods.end()):
        return True
    return _is_short(clause) and leading("without").search(before) is not None


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
    return {kind for kind, phrases in tables.kinds_by_name().items() if any(phrases.find(one) for one in texts)}


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
    told = False
    for sentence in SENTENCE.finditer(text[:OPENING]):
        if ways("warranty").search(sentence[0]):
            continue
        own = [m for name in ("works", "hand_in") for m in ways(name).finditer(sentence[0])]
        told = told or bool(own)  # words for work alone, of titles in all languages, are others in some: flick
        for start, end in sorted(m.span() for m in (*own, *services.load().finditer(sentence[0]))):
            if not signs or sentence.start() + start >= signs[-1][1]:
                signs.append((sentence.start() + start, sentence.start() + end))
    return signs[0] if told and len(signs) >= SIGNS else None


def _about(text: str, entry: Entry) -> tuple[int, int] | None:
    """What tells of goods is named by the first words: "Poster in A2", "Ein Schnittmuster"."""
    if entry.holder.sector == "media and software":
        return None
    match = first_words().match(text)
    return match.span("about") if match else None
