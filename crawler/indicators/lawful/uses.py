"""Why a seller without authorisation may use a name for an offer: used goods, books, work, wrapping, comparison."""

from __future__ import annotations

import re

from crawler.indicators.clauses import reports
from crawler.indicators.lawful import about, described, others, packaging, parts, services, sold
from crawler.indicators.lawful.second_hand import told, worn
from crawler.indicators.reading.offer import LEANT_ON, Reading
from crawler.indicators.reading.places import Place
from crawler.indicators.text import tables
from crawler.indicators.text.tokens import fold_phrase
from crawler.indicators.titles import heads, shades
from crawler.indicators.titles import unusual as titles
from crawler.indicators.titles.title import title_of
from crawler.items import Provenance
from crawler.register.loading import Entry

Reason = tuple[str, Provenance]
LAWFUL = (
    ("used", "second-hand: used goods may be sold on under their name"),
    ("printed", "about: goods that tell of the brand, or show it"),
    ("media", "about: goods that tell of the brand, or show it"),
    ("services", "service: work on goods that the buyer has"),
)
"""Words that stand for a lawful use wherever in the title they are, and the reason that they give."""
OLD_YEAR = re.compile(
    r"(?<![\w.,/-])(?<!since )(?<!seit )(?<!depuis )(?<!desde )(?<!dal )(?<!est )(?:19\d\d|200\d|201[0-6])"
    r"(?!\w|[.,/-]\w)(?!\s?(?:mm|ml|cm|m|g|kg|W|V|Ah|(?i:mah|watts?|lm|lumens?|lumen|pcs|вт|мл|мач|лм)|瓦|毫安|流明)\b)"
)
"""A year of at least a decade ago, standing alone; not the year of a foundation, nor a measure."""
WANTED_FIRST = 2  # words at the beginning of a title: "URGENT: looking for"; further on it is "most wanted"
PRINTED_KINDS = frozenset({"book", "novel", "magazine", "comic", "textbook"})


def reason(reading: Reading, entry: Entry) -> Reason | None:
    """Return why a seller without authorisation may use the name for this offer, and where that stands; found once."""
    key = f"lawful {entry.name}"
    if key not in reading.memo:
        reading.memo[key] = _reason(reading, entry)
    known: Reason | None = reading.memo[key]
    return known


def _reason(reading: Reading, entry: Entry) -> Reason | None:
    if reading.offer.condition in {"used", "refurbished", "damaged"} and "condition" in reading.offer.provenance:
        return "second-hand: used goods may be sold on under their name", reading.offer.provenance["condition"]
    for name, why in LAWFUL:
        said = reading.first(name, ("title",))
        if said is None or (name == "media" and _sells_media(entry)) or (name == "printed" and _sells_print(entry)):
            continue
        if not (_names_a_product(reading, entry, *said) or _names_goods(reading, entry, *said)):
            return why, said[0].proof(said[1], said[2])
    return (
        reports.told(reading)
        or about.otherwise(reading, entry)
        or _old(reading)
        or _worn(reading)
        or _worked_on(reading, entry)
        or wanted(reading)
        or about.asked(reading, entry)
        or packaging.wrapped(reading, entry)
        or packaging.of_paper(reading, entry)
        or packaging.left_out(reading, entry)
        or others.made_by_another(reading, entry)
        or others.leads(reading, entry)
        or others.referred(reading, entry)
        or others.namesake(reading, entry)
        or others.goes_on(reading, entry)
        or described.personal(reading)
        or described.used(reading)
        or described.bare(reading, entry)
        or sold.otherwise(reading, entry)
    )


def _names_a_product(reading: Reading, entry: Entry, title: Place, start: int, end: int) -> bool:
    """Whether these words are part of a product's own name: a "Corso belt" is no course.

    It stands there whole, or begins right behind the brand's name in a title that names goods: "Dornvale Corso shoes".
    """
    words, there = set(fold_phrase(title.text[start:end])), set(title.tokens.words)
    names = (set(fold_phrase(name)) for line in entry.brand.lines for name in (line.name, *line.spellings))
    follows = any(f.place is title and f.mention.end == start - 1 for f in reading.of(entry))
    begins = follows and not tables.goods_words().isdisjoint(there - words)
    return any(words <= name and (begins or name <= there) for name in names)


def _names_goods(reading: Reading, entry: Entry, title: Place, start: int, end: int) -> bool:
    """Whether these words are but part of what goods are called: a DVD *player*."""
    a, b = title.tokens.at(start, end)
    goods = tables.any_goods(reading.context.goods[entry.name]).find(title.tokens.words)
    return any(c <= a and b <= d and d - c > b - a for c, d, _ in goods)


def wanted(reading: Reading) -> Reason | None:
    """Somebody looks for the goods: said first or last in the title, and not asked of the buyer."""
    title = reading.place("title")
    if title is None or "?" in title.text:
        return None  # "Looking for a new watch?"
    tokens = title.tokens
    for a, b, _ in reading.view.sets["wanted"].find(tokens.words):
        if a < WANTED_FIRST or b == len(tokens.words):
            return "wanted: somebody looks for the goods", title.proof(tokens.starts[a], tokens.ends[b - 1])
    return None


def _worn(reading: Reading) -> Reason | None:
    """Age, wear, or why somebody gives it away."""
    title, description = reading.place("title"), sold.own_words(reading)
    if title is not None and not reading.declared_new:
        for a, b, label in reading.view.admissions.find(title.tokens.words):
            if label == "no_box":
                proof = title.proof(title.tokens.starts[a], title.tokens.ends[b - 1])
                return "second-hand: it comes without its box, and nothing declares it new", proof
    span = worn(title.text, reading.language, tables.goods_words()) if title else None
    if title is not None and span is not None:
        return "second-hand: age, wear or use are told", title.proof(*span)
    span = told(description.text) if description and not reading.declared_new else None
    if description is not None and span is not None:
        return "second-hand: a private person tells of the own thing", description.proof(*span)
    return None


def _worked_on(reading: Reading, entry: Entry) -> Reason | None:
    """Work is named, or the name is on something of the buyer's."""
    title = reading.place("title")
    if title is None:
        return None
    span = services.work(title.text, entry.holder.sector)
    if span and not reading.comes_with(title.tokens, title.tokens.at(*span)[0]):
        return "service: work on goods that the buyer has", title.proof(*span)
    for f in reading.of(entry):
        found = services.yours(title.text, f.mention.start, reading.language) if f.place is title else None
        if found:
            return "service: the goods that the name is on are the buyer's", title.proof(*found)
    return None


def _old(reading: Reading) -> Reason | None:
    """A year of make long past: goods that old are not offered as new."""
    title = reading.place("title")
    match = OLD_YEAR.search(title.text) if title else None
    if title is None or match is None:
        return None
    return "second-hand: a year long past is named", title.proof(match.start(), match.end())


def beyond_claim(reading: Reading, entry: Entry) -> Reason | None:
    """Return why the title is no plain claim to new goods of the brand: other goods lead it, or it says what no shop's
    title says.

    Not if the name is disguised: then it is plain. Whoever declares the goods new may say more; whoever declares the
    brand to be their maker may name parts of it.
    """
    title, place = title_of(reading, entry), reading.place("title")
    plain = title is None or titles.vouched(title) or any(f.mention.deliberate for f in reading.of(entry))
    if title is None or place is None or plain:
        return None
    if entry.holder.sector in LEANT_ON:
        title = shades.known(title)
    made = any(f.place.field == "brand" and f.role == "claim" for f in reading.of(entry))
    told = titles.measured(title, entry.holder.sector)
    leading = None if made or told else heads.leading(title)
    if leading and leading[1] >= titles.TOO_MUCH:
        k = leading[0]
        why = "title led by other goods: it may be a thing for the brand's goods"
        return why, place.proof(title.tokens.starts[k], title.tokens.ends[k])
    part = None if made else parts.behind_goods(title, reading.context.goods[entry.name])
    if part:
        proof = place.proof(title.tokens.starts[part[0]], title.tokens.ends[part[1] - 1])
        return "accessory: a part is named behind the goods that it is of", proof
    much = None if reading.declared_new else titles.strange(title, leading, told)
    if much is None:
        return None
    _, a, b = much
    why = "title not understood: it says more than a name, goods and the words of selling"
    return why, place.proof(title.tokens.starts[a], title.tokens.ends[b])


def _sells_media(entry: Entry) -> bool:
    return entry.holder.sector == "media and software"


def _sells_print(entry: Entry) -> bool:
    """Whether a book in print may be the brand's own goods."""
    return any(work.kind.casefold() in PRINTED_KINDS for work in entry.brand.works)
