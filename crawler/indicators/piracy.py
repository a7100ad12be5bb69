"""Unlicensed copies of protected works: downloads, streams, IPTV, licence keys, scans."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators import tables
from crawler.indicators.negation import negated
from crawler.indicators.places import Place
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading import Found, Reading
from crawler.items import Flag

CODES = {"crack": "piracy.crack", "download": "piracy.download", "stream": "piracy.stream", "iptv": "piracy.iptv",
         "key": "piracy.key", "scan": "piracy.scan"}  # fmt: skip


def offered(reading: Reading) -> Iterator[Flag]:
    """A work of the register stands beside words that describe an unlicensed copy."""
    works = [f for f in reading.found if _protected(f) and not reading.context.authorised(f.entry)]
    if not works:
        return
    said = _said(reading)
    subject = works[0]
    for kind, (place, start, end) in said.items():
        if kind not in CODES:
            continue
        proofs = (subject.proof, place.proof(start, end))
        words = place.text[start:end]
        if kind == "key" and "used_licence" in said:
            yield abstained(
                "piracy.key", reading.context, "second-hand: a used licence may be sold on in some countries", proofs,
                entry=subject.entry, words=words,
            )  # fmt: skip
            continue
        flag = raised(
            CODES[kind], reading.context, proofs, entry=subject.entry,
            work=subject.mention.work or subject.mention.text, words=words, field=place.field,
        )  # fmt: skip
        if flag is not None:
            yield flag


def _protected(found: Found) -> bool:
    """Whether the name is that of a work, or of a brand whose holder pursues piracy."""
    if found.mention.ambiguous or found.role not in {"claim", "work"}:
        return False
    return bool(found.mention.work) or "piracy" in found.entry.holder.allegations


def _said(reading: Reading) -> dict[str, tuple[Place, int, int]]:
    """Return the first phrase of each kind that is not denied."""
    said: dict[str, tuple[Place, int, int]] = {}
    for place in reading.places:
        if place.field not in {"title", "description", "category"}:
            continue
        tokens = place.tokens
        for a, b, kind in tables.piracy().find(tokens.words):
            if kind not in said and not negated(tokens, a, b, reading.view):
                said[kind] = (place, tokens.starts[a], tokens.ends[b - 1])
    return said
