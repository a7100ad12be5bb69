"""What a description says of an offer (``described.yaml``): a person gives something away, or the thing only fits."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from crawler import tabular
from crawler.indicators.clauses import grammar
from crawler.indicators.clauses.admissions import copies
from crawler.indicators.lawful import services, sold
from crawler.indicators.lawful.second_hand import aged
from crawler.indicators.reading.offer import LEANT_ON, Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.open_phrases import Words
from crawler.indicators.text.title_words import people
from crawler.indicators.text.tokens import Tokens
from crawler.indicators.titles.title import title_of
from crawler.items import Provenance
from crawler.register.loading import Entry

FEW_WORDS = 300  # characters: private sellers write little, and in long copy words of wear stand by chance
TELLING = 4  # letters of a word that names a product
LONG_ENOUGH = 5  # words of a description that would name its goods
READ = 300  # words of a description; who sells and what is said first
PERSON = 2  # words of one person, or of wear: "my bag, I wore it"; where a shop speaks one is not enough
SYLLABLES = "ko"  # its texts are read by the syllable
OWN_THING = "second-hand: one person speaks of the own thing, as no shop does"
OPENING = 200  # characters of a description that say what is offered where the title is a bare name


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = tabular.words((resources.files("crawler.data") / "described.yaml").read_text("utf-8"))
    return loaded


@cache
def _disclaims() -> Words:
    return Words(tuple(_table()["disclaims"]))


@cache
def _trade() -> Words:
    return Words(tuple(_table()["trade"]))


def _persons(place: Place, language: str) -> list[tuple[int, int]]:
    """Where one person speaks, by the words as written: folded, a 1 is an I."""
    words, tokens = set(_table()["person"].get(language, ())), place.tokens
    count = min(READ, len(tokens.words)) if words else 0
    said = [(k, k + 1) for k in range(count) if tokens.text[tokens.starts[k] : tokens.ends[k]].lower() in words]
    return said if language != SYLLABLES else [(a, b) for a, b in said if _apart(tokens, a)]


def _apart(tokens: Tokens, k: int) -> bool:
    """Whether word ``k`` is no syllable of a longer one: 제 가방, not 제품 or 이내."""
    return (k == 0 or tokens.between(k - 1, k) != "") and (k + 1 == len(tokens.words) or tokens.between(k, k + 1) != "")


def personal(reading: Reading) -> tuple[str, Provenance] | None:
    """One person speaks: of goods of their own, which shops do not do.

    Not where the page declares the goods new: then it is a customer who speaks, beside or in the description.
    """
    place = sold.own_words(reading)
    if place is None or reading.declared_new:
        return None
    found = _persons(place, reading.language)
    trade = sold.shop_speaks(reading) or _trade().any(place.tokens.words, 0, min(READ, len(place.tokens.words)))
    return _found(place, found, OWN_THING) if found and (len(found) >= PERSON or not trade) else None


def bare(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Where the title is little but a name, the description says what is offered: work, a thing that fits, a bottle."""
    title, place = title_of(reading, entry), sold.own_words(reading)
    if title is None or place is None or title.goods - title.names:
        return None
    tokens = place.tokens
    return (
        (None if reading.declared_new else _found(place, _persons(place, reading.language), OWN_THING))
        or _found(place, _disclaims().spans(tokens.words, 0, len(tokens.words)),
               "accessory: the description disclaims any tie to the maker")
        or _work(reading, entry)
        or _alone(reading, entry)
        or _elsewhere(reading, entry)
    )  # fmt: skip


def _elsewhere(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """No sentence of a description of some length names goods that the brand sells, or only to leave them out."""
    place = reading.place("description")
    title = title_of(reading, entry)
    if place is None or title is None or not tables.knows(entry.holder.sector):
        return None
    if entry.holder.sector in LEANT_ON and people().any(title.words, title.start, title.stop):
        return None  # whom it is for is told of what is worn
    words = place.tokens.words[:READ]
    if any(f.place is place and f.role == "claim" for f in reading.of(entry)) or _own(reading, entry, words):
        return None  # what goods do is told of them by their name
    if any(f.place.field == "brand" and f.role == "claim" for f in reading.of(entry)) or copies(reading):
        return None  # the page names their maker, or calls them its copies
    if len(words) < LONG_ENOUGH or any(_offered(reading, a) for a in _goods_in(entry, words)):
        return None
    return _found(
        place, [(0, 1)], "goods not recognised: the description of a bare name tells of no goods of the brand"
    )


def _own(reading: Reading, entry: Entry, words: tuple[str, ...]) -> bool:
    """Whether the description names the product that the title names."""
    title = reading.place("title")
    own = reading.context.product_words[entry.name].intersection(title.tokens.words if title else ())
    return any(len(word) >= TELLING and word in own for word in words)


def _goods_in(entry: Entry, words: tuple[str, ...]) -> list[int]:
    phrases = [tables.goods(entry.holder.sector), *(kind for _, kind in tables.kinds())]
    return sorted(a for one in phrases for a, _, _ in one.find(words))


def _offered(reading: Reading, a: int) -> bool:
    """Whether goods named at word ``a`` of the description are neither kept away nor the buyer's."""
    place = reading.place("description")
    if place is None:
        return False
    tokens, words = place.tokens, grammar.load().get(reading.language)
    if words is not None and words.kept_away(tokens.words, a):
        return False
    if services.yours(place.text, tokens.starts[a], reading.language):
        return False
    first, last = _sentence(tokens, a, a + 1)
    return not any(first <= x < last for x, _, _ in reading.view.sets["alone"].find(tokens.words))


def _work(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    place = reading.place("description")
    if place is None:
        return None
    text = place.text[:OPENING]
    span = services.work(text, entry.holder.sector) or services.asks_of_yours(text, reading.language)
    return ("service: the description offers work on the buyer's goods", place.proof(*span)) if span else None


def used(reading: Reading) -> tuple[str, Provenance] | None:
    """Age, wear or use are told of goods that nobody declares new, as titles tell them."""
    place = None if reading.declared_new else sold.own_words(reading)
    if place is None or len(place.text) > FEW_WORDS:
        return None
    found = aged(place.text, reading.language, tables.goods_words())
    enough = len(found) >= (PERSON if sold.shop_speaks(reading) else 1)
    return ("second-hand: age, wear or use are told", place.proof(*found[0])) if enough else None


def _alone(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Something is said to be empty or not to come with it, in a sentence that names the goods or what they come in."""
    place = reading.place("description")
    if place is None:
        return None
    tokens = place.tokens
    for a, b, _ in reading.view.sets["alone"].find(tokens.words[:READ]):
        first, last = _sentence(tokens, a, b)
        around = tokens.words[first:last]
        named = tables.goods(entry.holder.sector).find(around) or reading.view.sets["wrapping"].find(around)
        if named or reading.context.product_words[entry.name].intersection(around):
            return _found(place, [(a, b)], "packaging: the description says that the goods do not come with it")
    return None


def _sentence(tokens: Tokens, a: int, b: int) -> tuple[int, int]:
    while a and not tokens.sentence_ends(a - 1, a):
        a -= 1
    while b < len(tokens.words) and not tokens.sentence_ends(b - 1, b):
        b += 1
    return a, b


def _found(place: Place, spans: list[tuple[int, int]], reason: str) -> tuple[str, Provenance] | None:
    if not spans:
        return None
    a, b = spans[0]
    return reason, place.proof(place.tokens.starts[a], place.tokens.ends[b - 1])
