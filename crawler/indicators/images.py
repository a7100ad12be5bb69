"""What an offer's pictures are: those of the rights holder, or those that many shops show."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators.lawful import uses as lawful
from crawler.indicators.raising import raised
from crawler.indicators.reading.offer import Reading
from crawler.items import Flag, Picture, Provenance

MANY = 4
"""Other storefronts; two shops of one honest owner, or a maker's picture at a few dealers, are below it."""


def official(reading: Reading) -> Iterator[Flag]:
    """A rights holder's own picture stands on the offer of a stranger."""
    for picture in reading.offer.pictures:
        entry = reading.context.register.entries.get(picture.official_brand or "")
        if entry is None or reading.context.authorised(entry) or lawful.reason(reading, entry) is not None:
            continue
        named = any(f.entry.name == entry.name for f in reading.found)
        if named and not reading.claims(entry):
            continue  # "case for …": the picture shows what it is for
        flag = raised(
            "image.official" if named else "image.official_unnamed", reading.context, (_proof(reading, picture),),
            entry=entry, product=picture.official_line, reference=picture.official_file, picture=picture.url,
            phash=picture.phash, sha256=picture.sha256, bits=picture.official_bits,
        )  # fmt: skip
        if flag is not None:
            yield flag
            return


def shared(reading: Reading) -> Iterator[Flag]:
    """One picture, not known as the rights holder's, is shown by many storefronts."""
    for entry in reading.brands:
        if reading.context.authorised(entry) or not reading.claims(entry) or lawful.reason(reading, entry) is not None:
            continue
        for picture in reading.offer.pictures:
            if picture.storefronts < MANY or picture.official_brand:
                continue
            flag = raised(
                "image.shared", reading.context, (_proof(reading, picture),), entry=entry, picture=picture.url,
                storefronts=picture.storefronts, phash=picture.phash, sha256=picture.sha256,
            )  # fmt: skip
            if flag is not None:
                yield flag
                return


def _proof(reading: Reading, picture: Picture) -> Provenance:
    place = reading.offer.provenance["images"]
    return place.model_copy(update={"text": picture.url[:300]})
