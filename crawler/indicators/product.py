"""What the page says of the product contradicts itself or the register."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.indicators.lawful import uses as lawful
from crawler.indicators.products import identity, packs
from crawler.indicators.raising import raised
from crawler.indicators.reading.offer import Reading
from crawler.items import Flag
from crawler.register.loading import Entry


def contradiction(reading: Reading) -> Iterator[Flag]:
    """The number is that of one product of the brand, the title names another."""
    for entry in reading.brands:
        if not _of_the_brand(reading, entry):
            continue
        numbered = identity.by_number(reading, entry)
        named = identity.by_name(reading, entry)
        if numbered is None or numbered.line is None or named.line is None or numbered.line == named.line:
            continue
        assert numbered.proof is not None
        assert named.proof is not None
        flag = raised(
            "product.contradiction", reading.context, (numbered.proof, named.proof), entry=entry,
            number=numbered.proof.text, numbered=numbered.line.name, named=named.line.name, by=numbered.by.upper(),
        )  # fmt: skip
        if flag is not None:
            yield flag


def _of_the_brand(reading: Reading, entry: Entry) -> bool:
    """Whether a stranger offers the brand's own: used goods, or another maker's "same as", have other packs."""
    if reading.context.authorised(entry) or not reading.claims(entry) or reading.used:
        return False
    return lawful.reason(reading, entry) is None


def unknown_pack(reading: Reading) -> Iterator[Flag]:
    """The product is offered in a pack that its maker does not sell."""
    for entry in reading.brands:
        if not _of_the_brand(reading, entry):
            continue
        found = identity.identify(reading, entry)
        if found.line is None or not found.line.packs:
            continue
        sold = [pack for written in found.line.packs for pack in packs.packs_of(written)]
        title = reading.place("title")
        for pack in packs.packs_of(title.text if title else ""):
            units = {unit for _, unit in sold}
            if title is None or pack[1] not in units or pack in sold or packs.MULTIPLE.search(title.text):
                continue
            flag = raised(
                "product.unknown_pack", reading.context, (title.provenance,), entry=entry, product=found.line.name,
                pack=f"{pack[0]:g} {pack[1]}", sold=", ".join(found.line.packs),
            )  # fmt: skip
            if flag is not None:
                yield flag
            return


def parallel_import(reading: Reading) -> Iterator[Flag]:
    """The offer says that genuine goods come past the maker's channels; lawful or not depends on the country."""
    said = reading.parallel
    if said is None:
        return
    for entry in reading.brands:
        if reading.context.authorised(entry) or not reading.claims(entry) or lawful.reason(reading, entry):
            continue
        place, start, end = said
        flag = raised(
            "product.parallel_import", reading.context, (place.proof(start, end),), entry=entry,
            words=place.text[start:end], field=place.field,
        )  # fmt: skip
        if flag is not None:
            yield flag
