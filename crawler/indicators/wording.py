"""Words that admit a copy or play with it, beside the name of a brand; negations and warnings are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.indicators import grammar, identity, lawful, tables
from crawler.indicators.assertion import Said, clause_of, said
from crawler.indicators.lexicon import View
from crawler.indicators.negation import negated
from crawler.indicators.places import Place
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading import Reading
from crawler.indicators.tokens import Tokens
from crawler.items import Flag, Provenance
from crawler.register.loading import Entry

CODES = re.compile(
    r"(?<![\w.])(?:[1１]\s?[:：∶]\s?[1１](?![\d:/])|(?<![\w'’])A{3,5}\+{0,3}(?!\w)|(?<!\w)A\+{2,4}(?!\w)|(?<![\w])(?:5|6|7|8|9|10)A(?!\w))"
)
"""1:1, AAA, AAA+, A++, 7A: grades of copies. Read from the text as written, because folding loses the colon."""
CODE_IS_HARMLESS = re.compile(
    r"(?:scale|maßstab|massstab|échelle|escala|scala|schaal|aspect|ratio|macro|makro|zoom|exchange|umtausch|support|"
    r"coaching|batter|batterie|pila|baterij|bateria|pile|akku|cells?\b|micro|lr03|rating|rated|video ?game|game|titel|"
    r"meeting|session|consult|chat|training|tutor|call|lesson|schnitt|pattern|ampere|amp\b|volt|usb|current|"
    r"fast charg)",
    re.IGNORECASE,
)
Plain = Callable[[str], bool]
Span = tuple[int, int, str]
COPIES = frozenset({"replica", "quality", "surplus"})
"""Admissions that say that the goods are not the maker's."""
MAX_PHRASES = 100  # of a text that are looked at: no seller writes so many
NEAR = 25  # characters before and behind a code in which a scale or battery explains it
NEAR_WORDS = 7  # words behind a copy in which it says what it is a copy of


@dataclass(frozen=True)
class Admission:
    """A phrase that admits, at its characters of a place."""

    place: Place
    start: int
    end: int
    label: str

    @property
    def text(self) -> str:
        """As written."""
        return self.place.text[self.start : self.end]


def replica(reading: Reading) -> Iterator[Flag]:
    """The seller's own words call the goods a copy."""
    yield from _flags(reading, "replica", "wording.replica")


def quality(reading: Reading) -> Iterator[Flag]:
    """A grade of copies stands where a quality would: AAA, 1:1, mirror quality."""
    yield from _flags(reading, "quality", "wording.quality")


def surplus(reading: Reading) -> Iterator[Flag]:
    """The goods are said to be left over at the factory: how copies are often explained."""
    yield from _flags(reading, "surplus", "wording.surplus")


def no_papers(reading: Reading) -> Iterator[Flag]:
    """Sold without the box, papers or label that come with the genuine product."""
    if not reading.used:
        yield from _flags(reading, "no_papers", "wording.no_papers")
        if reading.declared_new and not any(f.label == "no_papers" for f in all_admissions(reading)):
            yield from _flags(reading, "no_box", "wording.no_papers")


def no_prescription(reading: Reading) -> Iterator[Flag]:
    """A maker's medicine is sold to whoever pays."""
    entry = _subject(reading)
    if entry is not None and entry.holder.sector == "pharmaceuticals":
        yield from _flags(reading, "no_prescription", "wording.no_prescription")


def inspired(reading: Reading) -> Iterator[Flag]:
    """Another maker's goods lean on the name: inspired by, style, like."""
    for entry in reading.brands:
        why = lawful.reason(reading, entry)
        if reading.context.authorised(entry) or (why and why[0].startswith("about")):
            continue  # a pattern, a print: not goods that lean on the maker's
        for f in [f for f in reading.of(entry) if f.role == "inspired" and not f.mention.ambiguous][:1]:
            part = identity.only_accessory(reading, entry)
            if part:
                reason = "accessory: “{part}” may be shaped to fit the brand's goods"
                yield abstained("wording.inspired", reading.context, reason, (f.proof,), entry=entry, part=part)
                continue
            flag = raised("wording.inspired", reading.context, (f.proof,), entry=entry, words=f.by, text=f.mention.text)
            if flag is not None:
                yield flag


def admissions(tokens: Tokens, view: View, language: str | None, plain: Plain, title: bool) -> list[Span]:
    """Return the admitting phrases of a text that its clauses assert of the goods, as word ranges."""
    found: list[Span] = []
    denied_until = -1
    phrases = _phrases(tokens, view)
    phrases = sorted(phrases + _unreal(tokens, view, language, phrases))
    for a, b, label in phrases[:MAX_PHRASES]:
        if label == "harmless":
            continue
        if label == "replica" and (_of_others(tokens, a, b, view) or _of_harmless(tokens, b, view)):
            continue
        spoken = _said(tokens, a, b, view, language, plain)
        if spoken == "denied" or (denied_until >= 0 and _listed(tokens, denied_until, a)):
            denied_until = b - 1
        else:
            denied_until = -1
            if spoken == "asserted" or title or label != "replica":
                found.append((a, b, label))
    return found


def _phrases(tokens: Tokens, view: View) -> list[Span]:
    """Return the listed phrases; one that is harmless only across a pause is read up to that: "imitation, leather"."""
    found: list[Span] = []
    for a, b, label in view.admissions.find(tokens.words):
        pauses = [k for k in range(a + 1, b) if label == "harmless" and tokens.pause(k - 1, k)]
        cut = view.admissions.find(tokens.words[a : pauses[0]]) if pauses else [(0, b - a, label)]
        found += [(a + x, a + y, inner) for x, y, inner in cut]
    return found


def _unreal(tokens: Tokens, view: View, language: str | None, known: list[Span]) -> list[Span]:
    """Return where the goods are said not to be real: "is not the original", nothing behind it that is not original."""
    covered = {k for a, b, _ in known for k in range(a, b)}
    found: list[Span] = []
    for a, b, _ in view.sets["real"].find(tokens.words)[:MAX_PHRASES]:
        words = grammar.of(tokens.words, language, a)
        start, end = words.denied_at(tokens.words, a, b)
        alone = end == len(tokens.words) or tokens.pause(end - 1, end) or view.sets["but"].match(tokens.words, end)
        pauses = any(tokens.pause(k - 1, k) for k in range(start + 1, end))
        if (start, end) != (a, b) and alone and not pauses and covered.isdisjoint(range(start, end)):
            found.append((start, end, "replica"))
    return found


def _said(tokens: Tokens, a: int, b: int, view: View, language: str | None, plain: Plain) -> Said:
    if negated(tokens, a, b, view):
        return "denied"
    return said(clause_of(tokens, a, b, view), grammar.of(tokens.words, language, a), plain)


def _of_harmless(tokens: Tokens, b: int, view: View) -> bool:
    """Whether the copy is of something that anybody may copy: of a Roman coin, of the receipt; not with a
    receipt, or hence without one."""
    for k in range(b, min(len(tokens.words), b + NEAR_WORDS)):
        ends = any(view.sets[name].match(tokens.words, k) for name in ("included", "but"))
        if ends or tokens.pause(k - 1, k):
            return False
        if view.sets["copied"].match(tokens.words, k):
            return True
    return False


def _of_others(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the copies are those of others: "there are many fakes, this one is real"."""
    before = any(view.sets["plenty"].match(tokens.words, k) for k in range(max(0, a - 3), a))
    behind = any(view.sets["plenty"].match(tokens.words, k) for k in range(b, min(len(tokens.words), b + 4)))
    if not (before or behind):
        return False
    rest = range(b, min(len(tokens.words), b + 3 * NEAR_WORDS))
    return any(view.sets["real"].match(tokens.words, k) for k in rest)


def _listed(tokens: Tokens, last: int, a: int) -> bool:
    """Whether word ``a`` continues a list that word ``last`` stands in: "no replicas, fakes or copies"."""
    return a - last <= 3 and not tokens.sentence_ends(last, a)


def _codes(place: Place) -> Iterator[Admission]:
    for match in CODES.finditer(place.tokens.text):
        around = place.text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if not CODE_IS_HARMLESS.search(around):
            yield Admission(place, match.start(), match.end(), "quality")


def _code_denied(code: Admission, view: View, language: str | None, plain: Plain) -> bool:
    a, b = code.place.tokens.at(code.start, code.end)
    return a < b and _said(code.place.tokens, a, b, view, language, plain) == "denied"


def all_admissions(reading: Reading) -> list[Admission]:
    """Return every admission in title and description."""
    if "admissions" not in reading.memo:
        reading.memo["admissions"] = _all_admissions(reading)
    known: list[Admission] = reading.memo["admissions"]
    return known


def beyond_claim(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why the title is no plain claim to goods of the brand (``lawful.beyond_claim``), and where.

    Whoever admits a copy has said what the name is there for, however much else the title says.
    """
    if any(found.label in COPIES for found in all_admissions(reading)):
        return None
    return lawful.beyond_claim(reading, entry)


def _all_admissions(reading: Reading) -> list[Admission]:
    found: list[Admission] = []
    language = reading.offer.language
    own = frozenset().union(*reading.context.product_words.values(), tables.goods_words())
    plain = own.__contains__
    for place in reading.places:
        if place.field in {"title", "description"}:
            tokens = place.tokens
            for a, b, label in admissions(tokens, reading.view, language, plain, place.field == "title"):
                found.append(Admission(place, tokens.starts[a], tokens.ends[b - 1], label))
            found += [code for code in _codes(place) if not _code_denied(code, reading.view, language, plain)]
    return found


def _flags(reading: Reading, label: str, code: str) -> Iterator[Flag]:
    entry = _subject(reading)
    if entry is None:
        return
    found = [f for f in all_admissions(reading) if f.label == label]
    if not found:
        return
    flag = raised(
        code,
        reading.context,
        tuple(f.place.proof(f.start, f.end) for f in found[:3]),
        entry=entry,
        words=found[0].text,
        field=found[0].place.field,
        all=sorted({f.text.casefold() for f in found})[:10],
    )
    if flag is not None:
        yield flag


def _subject(reading: Reading) -> Entry | None:
    """The brand that the words are about: the one most claimed, unless the storefront may sell it."""
    for entry in reading.brands:
        roles = {f.role for f in reading.of(entry) if not f.mention.ambiguous}
        if roles & {"claim", "inspired"} and not reading.context.authorised(entry):
            return entry
    return None
