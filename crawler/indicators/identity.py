"""Which product of the register an offer is: by GTIN, maker's number, model, or the name of the line."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from stdnum import ean

from crawler.indicators import tables
from crawler.indicators.places import Place
from crawler.indicators.reading import Reading
from crawler.indicators.tokens import Phrases, Tokens, fold_phrase
from crawler.items import Provenance
from crawler.register.folding import CJK, SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.schema import ProductLine
from crawler.register.words import is_word

PACK = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(ml|cl|l|oz|g|kg|mg|tabletten|tablets?|tabs?|capsules?|kapseln|comprim[ée]s|gélules|"
    r"comprimidos|compresse|tabletki|pcs|pieces|stück|pièces|piezas|pezzi|st)\b",
    re.IGNORECASE,
)
UNITS = {"tabletten": "tablet", "tablets": "tablet", "tablet": "tablet", "tabs": "tablet", "tab": "tablet",
         "comprimés": "tablet", "comprimes": "tablet", "comprimidos": "tablet", "compresse": "tablet",
         "tabletki": "tablet", "capsules": "capsule", "capsule": "capsule", "kapseln": "capsule",
         "gélules": "capsule", "pcs": "piece", "pieces": "piece", "stück": "piece", "pièces": "piece",
         "piezas": "piece", "pezzi": "piece", "st": "piece"}  # fmt: skip
BEFORE_UNIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_]{3})(?=\d)")  # 20mg is 20 mg, Pulse3 is Pulse 3
FACTORS = {"cl": ("ml", 10.0), "l": ("ml", 1000.0), "kg": ("g", 1000.0)}
STRAP = re.compile(
    r"(?i)(?:strap|armband|bracelet|cinturino|correa|pulseira|bandje|ремеш|kordon|表带|替えベルト)|\bband\b|\bpasek\b|レザーベルト"
)
WIDTH = re.compile(r"(?<!\d)(?:1\d|2[0-6])\s?(?:mm|мм)", re.IGNORECASE)
"""The width of a watch strap; cases are wider."""
READ = 500  # characters of a title
VARIANT = r"[\s-]?(?:pro|max|plus|mini|lite|ultra|se|air|xl|neo|fe)(?![^\W\d_])"
"""What makes another product of a numbered one, if it stands right behind the number: Pulse 3 *Pro*."""
MULTIPLE = re.compile(
    r"(?<![\w.,])(?:[2-9]|[1-9]\d)\s?[x×](?![a-z]|\s?\d)|(?<![a-z0-9])[x×]\s?(?:[2-9]|[1-9]\d)(?![\w.,])", re.IGNORECASE
)
"""``3 x``, ``x2``: several at once; not ``30 x 20``, which is a size."""


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


def pack_of(text: str) -> tuple[float, str] | None:
    """Return amount and unit of the first pack size in ``text``: ``1 l`` → (1000.0, "ml")."""
    match = PACK.search(text)
    if not match:
        return None
    unit = match[2].lower()
    unit = UNITS.get(unit, unit)
    amount = float(match[1].replace(",", "."))
    base, factor = FACTORS.get(unit, (unit, 1.0))
    return amount * factor, base


def packs_of(text: str) -> list[tuple[float, str]]:
    """Return all pack sizes in ``text``."""
    return [pack for match in PACK.finditer(text) if (pack := pack_of(match[0]))]


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
        for place in reading.places:
            if place.field in {"title", "url"} and any(_phrase(place.tokens, n) for n in getattr(line, by)):
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
    words = {*title.tokens.words, *Tokens.of(BEFORE_UNIT.sub(" ", title.text)).words}
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
        return Identity(None, reason="the title names other goods or another model than the register")
    longest = max(size for size, _ in best)
    lines = {line.name: line for size, line in best if size == longest}
    if len(lines) > 1:
        return Identity(None, reason=f"several products are named: {', '.join(sorted(lines))}")
    return Identity(next(iter(lines.values())), "name", title.provenance)


def _another(reading: Reading, entry: Entry, line: ProductLine, title: Place) -> bool:
    """Whether the title says that it is something else under the line's name: Riviera *shorts*, Pulse 3 *Pro*."""
    words = title.tokens.words
    own = {word for name in (line.name, *line.spellings) for word in fold_phrase(name)}
    numbers = [match[0] for name in (line.name, *line.spellings) for match in re.finditer(r"(?<=\s)\d+", name)]
    if any(re.search(rf"(?<!\d){number}{VARIANT}", title.text, re.IGNORECASE) for number in numbers):
        return True
    kinds = _kinds_of(line)
    if not kinds:
        return False
    goods = tables.goods(entry.holder.sector).find(words)
    sold = {word for a, b, _ in goods if not reading.comes_with(title.tokens, a) for word in words[a:b]}
    return bool(sold - own) and not any(phrases.find(words) for phrases in kinds)


def _kinds_of(line: ProductLine) -> list[Phrases]:
    """The kinds of goods that the end of a line's name names: ``Riviera shirt`` is a shirt."""
    name = fold_phrase(line.name)
    return [phrases for names, phrases in tables.kinds() if any(name[k:] in names for k in range(len(name)))]


def accessory(reading: Reading, entry: Entry) -> str:
    """Return the accessory that the title names, if any: a case for the product is not the product.

    Unless the product itself is called a case.
    """
    title = reading.place("title")
    if title is None:
        return ""
    own = {word for line in entry.brand.lines for name in (line.name, *line.spellings) for word in fold_phrase(name)}
    for a, b, label in reading.view.sets["accessories"].find(title.tokens.words):
        if label == "no_accessories" or reading.comes_with(title.tokens, a):
            continue
        if not own.issuperset(title.tokens.words[a:b]):
            return title.text[title.tokens.starts[a] : title.tokens.ends[b - 1]]
    return _joined(reading, title) or _strap(title)


def _joined(reading: Reading, title: Place) -> str:
    """Return a word that ends with one for an accessory: Neoprenhülle."""
    ends, goods = tuple(reading.view.ends), tables.goods_words()
    for k, word in enumerate(title.tokens.words):
        if word.endswith(ends) and word not in goods and not reading.comes_with(title.tokens, k):
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


def _distinctive(line: ProductLine) -> frozenset[str]:
    """Return the words of a product's name that say which it is, if one of them is no ordinary word.

    "Aurelia" names the Aurelia tote in any language; "Petite" alone is an adjective.
    """
    words = frozenset(fold_phrase(line.name)) - tables.goods_words()
    return words if any(len(word) > 3 and not is_word(word) for word in words) else frozenset()


def _translated(line: ProductLine, words: Set[str], tokens: Tokens) -> int:
    """Return how many words name the product in another language: ``Volt`` and any word for a charger; 0 if not."""
    name = fold_phrase(line.name)
    for names, phrases in tables.kinds():
        for size in range(len(name) - 1, 0, -1):
            kind = name[-size:]
            rest = frozenset(name[:-size])
            if kind in names and rest <= words and phrases.find(tokens.words):
                return len(name)
    return 0


def _phrase(tokens: Tokens, phrase: str) -> bool:
    wanted = fold_phrase(phrase)
    joined = "".join(wanted)
    if any(word == joined for word in tokens.words):
        return True
    size = len(wanted)
    return any(tokens.words[k : k + size] == wanted for k in range(len(tokens.words) - size + 1))
