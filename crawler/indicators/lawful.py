"""Why a seller without authorisation may use a name for an offer: used goods, books, work, wrapping, comparison."""

from __future__ import annotations

import re

from crawler.indicators import grammar, others, services, tables, titles
from crawler.indicators.reading import Reading
from crawler.indicators.second_hand import told, worn
from crawler.indicators.tokens import Tokens
from crawler.items import Provenance
from crawler.register.loading import Entry

LAWFUL = (
    ("used", "second-hand: used goods may be sold on under their name"),
    ("printed", "about: goods that tell of the brand, or show it"),
    ("media", "about: goods that tell of the brand, or show it"),
    ("services", "service: work on goods that the buyer has"),
)
"""Words that stand for a lawful use wherever in the title they are, and the reason that they give."""
OLD_YEAR = re.compile(
    r"(?<![\w.,/-])(?<!since )(?<!seit )(?<!depuis )(?<!desde )(?<!dal )(?<!est )(?:19\d\d|200\d|201[0-5])"
    r"(?![\w.,/-]\w)(?!\s?(?:mm|ml|cm|m|g|kg|W|V|Ah|mAh|pcs)\b)"
)
"""A year of at least a decade ago, standing alone; not the year of a foundation, nor a measure."""
WANTED_FIRST = 2  # words at the beginning of a title: "URGENT: looking for"; further on it is "most wanted"
PRINTED_KINDS = frozenset({"book", "novel", "magazine", "comic", "textbook"})


def reason(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why a seller without authorisation may use the name for this offer, and where that stands; found once."""
    key = f"lawful {entry.name}"
    if key not in reading.memo:
        reading.memo[key] = _reason(reading, entry)
    known: tuple[str, Provenance] | None = reading.memo[key]
    return known


def _reason(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    if reading.offer.condition in {"used", "refurbished", "damaged"} and "condition" in reading.offer.provenance:
        return "second-hand: used goods may be sold on under their name", reading.offer.provenance["condition"]
    for name, why in LAWFUL:
        said = reading.first(name, ("title",))
        if said is None or (name == "media" and _sells_media(entry)) or (name == "printed" and _sells_print(entry)):
            continue
        return why, said[0].proof(said[1], said[2])
    return (
        _old(reading)
        or _worn(reading)
        or _worked_on(reading, entry)
        or _wanted(reading)
        or _wrapped(reading, entry)
        or _left_out(reading, entry)
        or others.made_by_another(reading, entry)
        or others.leads(reading, entry)
        or others.namesake(reading, entry)
    )


def _wanted(reading: Reading) -> tuple[str, Provenance] | None:
    """Somebody looks for the goods: said first or last in the title, and not asked of the buyer."""
    title = reading.place("title")
    if title is None or "?" in title.text:
        return None  # "Looking for a new watch?"
    tokens = title.tokens
    for a, b, _ in reading.view.sets["wanted"].find(tokens.words):
        if a < WANTED_FIRST or b == len(tokens.words):
            return "wanted: somebody looks for the goods", title.proof(tokens.starts[a], tokens.ends[b - 1])
    return None


def _wrapped(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """What goods come in is named, said to be alone or without goods or a product of the brand beside it."""
    title = reading.place("title")
    found = _wrappings(title.tokens, reading) if title else []
    if title is None or not found or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    goods, words = tables.goods(entry.holder.sector), list(title.tokens.words)
    for a, b in found:
        if b - a > 1 or not goods.match(title.tokens.words, a):
            words[a:b] = [""] * (b - a)
        if a and reading.language in titles.HEAD_LAST and title.tokens.between(a - 1, a) == " ":
            words[a - 1] = "" if goods.match((words[a - 1],), 0) else words[a - 1]  # a shoe box is no shoe
    named = goods.find(tuple(words)) or reading.context.product_words[entry.name].intersection(words)
    if named and reading.first("alone", ("title",)) is None:
        return None
    proof = title.proof(title.tokens.starts[found[0][0]], title.tokens.ends[found[0][1] - 1])
    return "packaging: the wrapping alone is offered", proof


def _wrappings(tokens: Tokens, reading: Reading) -> list[tuple[int, int]]:
    """Where wrapping is named, also joined to another word, in languages that join words: Lederbox."""
    phrases = reading.view.sets["wrapping"]
    found = [(a, b) for a, b, _ in phrases.find(tokens.words)]
    if reading.language not in titles.JOINING:
        return found
    joined = [(k, k + 1) for k, word in enumerate(tokens.words) if phrases.ends(word, titles.JOINED)]
    return found or joined


def _left_out(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
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


def _worn(reading: Reading) -> tuple[str, Provenance] | None:
    """Age, wear, or why somebody gives it away."""
    title, description = reading.place("title"), reading.place("description")
    if title is not None and not reading.declared_new:
        for a, b, label in reading.view.admissions.find(title.tokens.words):
            if label == "no_box":
                proof = title.proof(title.tokens.starts[a], title.tokens.ends[b - 1])
                return "second-hand: it comes without its box, and nothing declares it new", proof
    span = worn(title.text, reading.language, tables.goods_words()) if title else None
    if title is not None and span is not None:
        return "second-hand: age, wear or use are told", title.proof(*span)
    span = told(description.text) if description else None
    if description is not None and span is not None:
        return "second-hand: a private person tells of the own thing", description.proof(*span)
    return None


def _worked_on(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
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


def _old(reading: Reading) -> tuple[str, Provenance] | None:
    """A year of make long past: goods that old are not offered as new."""
    title = reading.place("title")
    match = OLD_YEAR.search(title.text) if title else None
    if title is None or match is None:
        return None
    return "second-hand: a year long past is named", title.proof(match.start(), match.end())


def beyond_claim(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why the title is no plain claim to new goods of the brand: it says what no shop's title says.

    Not if the page declares the goods new, or the name is disguised: then it is plain.
    """
    title = reading.place("title")
    if title is None or reading.declared_new or any(f.mention.deliberate for f in reading.of(entry)):
        return None
    names: set[int] = set()
    for f in reading.found:
        if f.place is title:
            names.update(range(*title.tokens.at(f.mention.start, f.mention.end)))
    much = titles.strange(title.tokens, reading.language, names, reading.context.product_words[entry.name])
    if much is None:
        return None
    _, a, b = much
    reason = "title not understood: it says more than a name, goods and the words of selling"
    return reason, title.proof(title.tokens.starts[a], title.tokens.ends[b])


def _sells_media(entry: Entry) -> bool:
    return entry.holder.sector == "media and software"


def _sells_print(entry: Entry) -> bool:
    """Whether a book in print may be the brand's own goods."""
    return any(work.kind.casefold() in PRINTED_KINDS for work in entry.brand.works)
