"""Brands used by a storefront that may not sell them, and names in disguise."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators import price, wording
from crawler.indicators.clauses.admissions import channel, copies
from crawler.indicators.lawful import uses as lawful
from crawler.indicators.products import identity
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.found import Found
from crawler.indicators.reading.offer import Reading
from crawler.indicators.titles import accessories
from crawler.indicators.titles import unusual as titles
from crawler.indicators.titles.title import title_of
from crawler.items import Flag
from crawler.register.folding import SIGHT, squeeze
from crawler.register.loading import Entry
from crawler.register.slips import slip_of

MAX_PROOFS = 5  # places named by one flag
INFLECTING = frozenset({"pl", "cs", "sk", "uk", "ru", "fi", "et", "hu", "hr", "sl", "sr", "lt", "lv", "tr"})
"""Languages in which a name takes one letter for its case; others add an s to it for several, or for its own."""


def unauthorised(reading: Reading) -> Iterator[Flag]:
    """A storefront that is neither official nor authorised offers goods under the name: weak on its own."""
    for entry in reading.brands:
        if reading.context.authorised(entry):
            continue
        claims = reading.claims(entry)
        sure = [f for f in claims if "typo" not in f.mention.disguise]
        if sure:
            yield from _claimed(reading, entry, sure)
        else:
            yield from _undecided(reading, entry)


def _claimed(reading: Reading, entry: Entry, claims: list[Found]) -> Iterator[Flag]:
    why = lawful.reason(reading, entry)
    proofs = tuple(f.proof for f in claims[:MAX_PROOFS])
    part = accessories.accessory(reading, entry)
    bare = identity.by_name(reading, entry).line is not None or accessories.only_accessory(reading, entry)
    if part and bare and not any(f.mention.deliberate for f in claims):
        reason = "accessory: “{part}” beside the name of a product may be the maker's own or one that fits it"
        yield abstained("brand.unauthorised", reading.context, reason, proofs, entry=entry, part=part)
        return
    if why is None and not any(f.mention.deliberate for f in claims) and identity.of_another_kind(reading, entry):
        reason = "accessory: beside the name of a product, goods of another kind are named"
        yield abstained("brand.unauthorised", reading.context, reason, proofs, entry=entry)
        return
    joined = "" if why or any(f.mention.deliberate for f in claims) else identity.joined_to(reading, entry)
    if joined:
        reason = "accessory: “{part}” is joined to the product that is named, and is for it"
        yield abstained("brand.unauthorised", reading.context, reason, proofs, entry=entry, part=joined)
        return
    if why is not None:
        reason, proof = why
        yield abstained("brand.unauthorised", reading.context, reason, (*proofs, proof), entry=entry, text=proof.text)
        return
    unclear = wording.beyond_claim(reading, entry)
    if unclear and _shown(reading, entry, claims):
        reason, proof = unclear
        yield abstained("brand.unauthorised", reading.context, reason, (*proofs, proof), entry=entry, text=proof.text)
        return
    if not _shown(reading, entry, claims):
        reason = "goods not recognised: nothing says that goods of a kind that {brand} sells are offered"
        yield abstained("brand.unauthorised", reading.context, reason, proofs, entry=entry)
        return
    flag = raised(
        "brand.unauthorised",
        reading.context,
        proofs,
        entry=entry,
        allegation=channel(reading),
        text=claims[0].mention.text,
        field=claims[0].place.field,
        disguise=list(claims[0].mention.disguise),
        of_middle=price.of_middle(reading, entry),
    )
    if flag is not None:
        yield flag


def _shown(reading: Reading, entry: Entry, claims: list[Found]) -> bool:
    """Whether it is plain what the name is claimed for: the goods are named or called copies, it is the maker, or it is
    disguised.
    """
    if any(f.mention.deliberate or f.place.field == "brand" for f in claims) or copies(reading):
        return True
    title = title_of(reading, entry)
    sold = reading.context.goods[entry.name]
    plain = title is not None and (
        titles.vouched(title) or titles.joined(title, sold) or titles.measured(title, sold.sector)
    )
    return plain or reading.goods_shown(entry) or identity.identify(reading, entry).line is not None


def _undecided(reading: Reading, entry: Entry) -> Iterator[Flag]:
    """A name is there, but not as the maker's, or not surely as this one's."""
    found = [f for f in reading.of(entry) if f.place.field in {"title", "brand"}]
    for f in found[:1]:
        if f.role not in {"claim", "inspired"}:
            reason = "lawful reference: “{text}” is named as what the goods are for or about ({by})"
        elif f.mention.ambiguous:
            reason = "ambiguous: “{text}” is also an everyday word or name, and nothing here says the brand"
        else:
            continue
        yield abstained(
            "brand.unauthorised", reading.context, reason, (f.proof,), entry=entry, text=f.mention.text,
            role=f.role, by=f.by,
        )  # fmt: skip


def disguised(reading: Reading) -> Iterator[Flag]:
    """The name is written so that people read it and filters do not."""
    for entry in reading.brands:
        if reading.context.authorised(entry):
            continue
        found = [
            f for f in reading.of(entry) if f.mention.deliberate and not f.mention.ambiguous and f.place.field != "url"
        ]
        for f in found[:1]:
            flag = raised(
                "brand.disguised",
                reading.context,
                tuple(g.proof for g in found[:MAX_PROOFS]),
                entry=entry,
                text=f.mention.text,
                field=f.place.field,
                disguise=list(f.mention.disguise),
                characters=[f"U+{ord(c):04X}" for c in f.mention.text if not c.isascii()][:20],
            )
            if flag is not None:
                yield flag


def misspelt(reading: Reading) -> Iterator[Flag]:
    """A word that is no ordinary word misses the name by one letter: for a watch-list only.

    Most such words are other names, so one that is no plain slip needs goods of the brand beside it, or its product.
    """
    for entry in reading.brands:
        if reading.context.authorised(entry) or (reading.claims(entry) and not _only_typos(reading, entry)):
            continue
        for f in [f for f in reading.of(entry) if "typo" in f.mention.disguise and f.place.field in {"title", "brand"}][
            :1
        ]:
            if _inflected(f.mention.text, entry, reading.language) or not _likely_slip(reading, entry, f):
                continue
            flag = raised("brand.misspelt", reading.context, (f.proof,), entry=entry, text=f.mention.text)
            if flag is not None:
                yield flag


def _likely_slip(reading: Reading, entry: Entry, found: Found) -> bool:
    if "transliteration" in found.mention.disguise:
        slip = "near"
    else:
        slip = slip_of(squeeze(found.mention.text, SIGHT), squeeze(found.mention.name, SIGHT))
    if slip == "slip" or (slip == "near" and reading.of_sector(entry)):
        return True
    return (identity.by_number(reading, entry) or identity.by_name(reading, entry)).line is not None


def _only_typos(reading: Reading, entry: Entry) -> bool:
    return all("typo" in f.mention.disguise for f in reading.claims(entry))


def _inflected(written: str, entry: Entry, language: str) -> bool:
    """Whether ``written`` is the name with the letter of a case, or an s: Haldgreny, Haldgrens."""
    added = written[len(entry.brand.name) :].lower()
    whole = written[: len(entry.brand.name)].lower() == entry.brand.name.lower()
    return whole and (added == "s" or (len(added) == 1 and language in INFLECTING))
