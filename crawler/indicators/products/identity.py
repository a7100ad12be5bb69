"""Which product of the register an offer is: by GTIN, maker's number, model, or the name of the line."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from stdnum import ean

from crawler.indicators.products import kinds, leads, packings, subkinds
from crawler.indicators.products.heard import words_by_ear
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.tokens import Phrases, Tokens, fold_phrase
from crawler.indicators.titles.accessories import accessory
from crawler.items import Provenance
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.schema import ProductLine
from crawler.register.words import is_word

BEFORE_UNIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_]{3})(?=\d)")  # 20mg is 20 mg, Pulse3 is Pulse 3
ANOTHER = "the title names other goods, a set, sample or part, or another model than the register"


@dataclass(frozen=True)
class Identity:
    """The product, and by what it was recognised; or why it was not."""

    line: ProductLine | None
    by: str = ""
    """``gtin``, ``mpn``, ``model`` or ``name``."""
    proof: Provenance | None = None
    reason: str = ""


def identify(reading: Reading, entry: Entry) -> Identity:
    """Return the product line of ``entry`` that the offer is one of."""
    written = accessory(reading, entry)
    if written:
        return Identity(None, reason=f"the title names an accessory or part: {written}")
    return by_number(reading, entry) or by_name(reading, entry)


def by_number(reading: Reading, entry: Entry) -> Identity | None:
    """Return the product that a GTIN, maker's number or model of the offer belongs to, None without one."""
    for by in ("gtin", "mpn", "model"):
        found = _by_number(reading, entry, by)
        if found is not None:
            return found
    return None


def gtin14(written: str) -> str | None:
    """Return the GTIN with 14 digits, None if its check digit is wrong."""
    digits = re.sub(r"[\s-]", "", written)
    return digits.zfill(14) if ean.is_valid(digits) else None


def _by_number(reading: Reading, entry: Entry, by: str) -> Identity | None:
    offer = reading.offer
    fields = {"gtin": ("gtin",), "mpn": ("mpn", "sku"), "model": ("mpn", "sku")}[by]
    for line in entry.brand.lines:
        wanted = {squeeze(number, SIGHT) for number in getattr(line, by)}
        for name in fields:
            value = getattr(offer, name)
            if not value or name not in offer.provenance:
                continue
            given = gtin14(value) if by == "gtin" else value
            if given and (given in line.gtin if by == "gtin" else squeeze(given, SIGHT) in wanted):
                return Identity(line, by, offer.provenance[name])
        if by == "gtin":
            continue
        if of_another_kind(reading, entry):
            continue  # a guide bolt for the brake pads of that number
        for place in reading.places:
            if place.field in {"title", "url"} and any(_phrase(place.tokens, n) for n in getattr(line, by)):
                if leads.other(reading, entry, line, kinds.of(line), numbered=True):
                    break
                return Identity(line, by, place.provenance)
    return None


def by_name(reading: Reading, entry: Entry) -> Identity:
    """Return the product whose name stands in the title, or why none does; found once."""
    key = f"by name {entry.name}"
    if key not in reading.memo:
        reading.memo[key] = _by_name(reading, entry)
    known: Identity = reading.memo[key]
    return known


def _by_name(reading: Reading, entry: Entry) -> Identity:
    title = reading.place("title")
    if title is None:
        return Identity(None, reason="the offer has no title")
    best: list[tuple[int, ProductLine]] = []
    words = {*title.tokens.words, *Tokens.of(BEFORE_UNIT.sub(" ", title.text)).words, *words_by_ear(entry, title.text)}
    for line in entry.brand.lines:
        for name in (line.name, *line.spellings):
            wanted = fold_phrase(name)
            if set(wanted) <= words:
                best.append((len(wanted), line))
        telling = _distinctive(line)
        size = _translated(line, words, title.tokens) or (len(telling) if telling <= words else 0)
        if size:
            best.append((size, line))
    if not best:
        return Identity(None, reason="no product of the register is named in the title")
    best = [(size, line) for size, line in best if not _another(reading, entry, line, title)]
    if not best:
        return Identity(None, reason=ANOTHER)
    longest = max(size for size, _ in best)
    lines = {line.name: line for size, line in best if size == longest}
    if len(lines) > 1:
        return Identity(None, reason=f"several products are named: {', '.join(sorted(lines))}")
    return Identity(next(iter(lines.values())), "name", title.provenance)


def _another(reading: Reading, entry: Entry, line: ProductLine, title: Place) -> bool:
    """Whether the title says that it is something else under the line's name: Riviera *shorts*, Pulse 3 *Pro*."""
    of_line = kinds.of(line)
    words = title.tokens.words
    neighbour = subkinds.another(fold_phrase(line.name), words)
    if neighbour or packings.variant(line, title.text) or leads.other(reading, entry, line, of_line):
        return True
    if not of_line.phrases or of_line.named(words) or any(True for _ in of_line.in_a_case(words)):
        return False
    if not of_line.firsts.isdisjoint(words):
        return False
    own = {word for name in (line.name, *line.spellings) for word in fold_phrase(name)}
    beside = tables.kinds_beside(reading.context.goods[entry.name])
    goods = (*tables.goods(entry.holder.sector).find(words), *beside.find(words))
    sold = {word for a, b, _ in goods if not reading.comes_with(title.tokens, a) for word in words[a:b]}
    return bool(sold - own)


def of_another_kind(reading: Reading, entry: Entry) -> bool:
    """Whether the title names a product of the brand by its number or a name that is no ordinary word, and goods of
    other kinds.

    What stands beside it is then for the product: a cap that keeps the rain off an Aurelia tote.
    """
    title = reading.place("title")
    if title is None:
        return False
    named = [kinds.of(line) for line in entry.brand.lines if _named(line, title.tokens)]
    named = [one for one in named if one.phrases]
    if not named or any(one.named(title.tokens.words) for one in named):
        return False
    return bool(tables.kinds_beside(reading.context.goods[entry.name]).find(title.tokens.words))


def joined_to(reading: Reading, entry: Entry) -> str:
    """Return a thing that the title joins to a product of the brand that it names: pads *for* discs of that number."""
    title = reading.place("title")
    words = set(title.tokens.words) if title else set()
    lines = (one for one in entry.brand.lines if any({*fold_phrase(n)} <= words for n in (one.name, *one.spellings)))
    return next(filter(None, (leads.joined_to(reading, entry, kinds.of(line)) for line in lines)), "")


def _named(line: ProductLine, tokens: Tokens) -> bool:
    name = _distinctive(line)
    return bool(name and name <= set(tokens.words)) or any(_phrase(tokens, number) for number in line.model)


def _distinctive(line: ProductLine) -> frozenset[str]:
    """Return the words of a product's name that say which it is, if one of them is no ordinary word.

    "Aurelia" names the Aurelia tote in any language; "Petite" alone is an adjective.
    """
    words = frozenset(fold_phrase(line.name)) - tables.goods_words()
    return words if any(len(word) > 3 and not is_word(word) for word in words) else frozenset()


def _translated(line: ProductLine, words: Set[str], tokens: Tokens) -> int:
    """Return how many words name the product in another language: ``Volt`` and any word for a charger; 0 if not."""
    name = fold_phrase(line.name)
    told = any(rest <= words and phrases.find(tokens.words) for rest, phrases in _with_a_kind(name))
    return len(name) if told else 0


@cache
def _with_a_kind(name: tuple[str, ...]) -> tuple[tuple[frozenset[str], Phrases], ...]:
    """Return the kinds that a product's name ends with, each with the words before it."""
    cuts = [(name[-size:], frozenset(name[:-size])) for size in range(len(name) - 1, 0, -1)]
    return tuple((rest, phrases) for names, phrases in tables.all_kinds() for kind, rest in cuts if kind in names)


def _phrase(tokens: Tokens, phrase: str) -> bool:
    wanted = fold_phrase(phrase)
    joined = fold_phrase("".join(filter(str.isalnum, phrase)))
    if any((word,) == joined for word in tokens.words):
        return True
    size = len(wanted)
    return any(tokens.words[k : k + size] == wanted for k in range(len(tokens.words) - size + 1))
