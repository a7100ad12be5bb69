"""Words that admit a copy or play with it, beside the name of a brand; negations and warnings are understood."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators.clauses.admissions import all_admissions, copies, spoken_of
from crawler.indicators.lawful import uses as lawful
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.offer import Reading
from crawler.indicators.titles import accessories
from crawler.items import Flag, Provenance
from crawler.register.loading import Entry

TOLD = "about: news"
"""The reason of what tells of goods as the papers do: copies are named there as often as by who sells them."""


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
            part = accessories.only_accessory(reading, entry)
            if part:
                reason = "accessory: “{part}” may be shaped to fit the brand's goods"
                yield abstained("wording.inspired", reading.context, reason, (f.proof,), entry=entry, part=part)
                continue
            flag = raised("wording.inspired", reading.context, (f.proof,), entry=entry, words=f.by, text=f.mention.text)
            if flag is not None:
                yield flag


def beyond_claim(reading: Reading, entry: Entry) -> tuple[str, Provenance] | None:
    """Return why the title is no plain claim to goods of the brand (``lawful.beyond_claim``), and where.

    Whoever admits a copy has said what the name is there for, however much else the title says.
    """
    if copies(reading):
        return None
    return lawful.beyond_claim(reading, entry)


def _flags(reading: Reading, label: str, code: str) -> Iterator[Flag]:
    entry = _subject(reading)
    spoken = [f for f in spoken_of(reading) if f.label == label] if entry else []
    if entry is None or not spoken:
        return
    if lawful.wanted(reading):
        return  # who looks for the goods says what is not wanted
    why = lawful.reason(reading, entry)
    if why and why[0].startswith(TOLD):
        reason, proof = "about: news, a test or a guide tells of copies", why[1]
        yield abstained(code, reading.context, reason, (proof,), entry=entry, text=proof.text)
        return
    found = [f for f in spoken if f.sure]
    if not found:
        first = spoken[0]
        proofs = (first.place.proof(first.start, first.end),)
        reason = "unclear: the words neither call the goods so nor deny it, “{text}”"
        yield abstained(code, reading.context, reason, proofs, entry=entry, text=first.text)
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
