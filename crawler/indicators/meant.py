"""Whether a name that is also an everyday word means the brand: goods beside it say so, or that they are copies.

The register's context for such a name is written in few languages. Where it names a kind of goods, or the whole sector,
the same kind is meant in all (``kinds.yaml``): ``jacket`` is also ``kurtka``.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.indicators.clauses.admissions import copies
from crawler.indicators.reading.found import Found
from crawler.indicators.reading.offer import Reading
from crawler.indicators.text import tables
from crawler.indicators.text.title_words import languages
from crawler.indicators.titles.title import Title, title_of
from crawler.register.loading import Entry


def settled(reading: Reading) -> Reading:
    """Return the reading with ambiguous names of the title as the brand's, where goods of its kind stand beside them,
    or goods are called copies.

    "Kestrel bag, 1:1 quality": a copy is one of a maker's goods. A cast of a bird is a copy too, so goods must be named
    that the brand may sell.
    """
    unsure = {f.entry.name: f.entry for f in reading.found
              if f.mention.ambiguous and f.place.field == "title" and f.role == "claim"}  # fmt: skip
    meant = {name for name, entry in unsure.items() if _beside(reading, entry) or _copied(reading, entry)}
    if not meant:
        return reading
    return replace(reading, found=tuple(_sure(f) if f.entry.name in meant else f for f in reading.found), memo={})


def _copied(reading: Reading, entry: Entry) -> bool:
    return reading.goods_shown(entry) and copies(reading)


def _beside(reading: Reading, entry: Entry) -> bool:
    """Whether goods that the register's context speaks of stand beside the name, no other word between them."""
    title, sold = title_of(reading, entry), reading.context.meant.get(entry.name)
    if title is None or sold is None or not title.names:
        return False
    goods = {k for a, b, _ in tables.goods_of(sold).find(title.words) for k in range(a, b)}
    if title.language in languages("joining"):
        goods |= {k for k, word in enumerate(title.words) if word.endswith(tables.endings(sold))}
    return any(_joined(title, k) for k in goods - title.names)


def _joined(title: Title, k: int) -> bool:
    near = min(title.names, key=lambda name: abs(name - k))
    between = range(min(near, k) + 1, max(near, k))
    return all(title.known(j) and not title.parted(j) for j in between) and not title.parted(max(near, k))


def _sure(found: Found) -> Found:
    return replace(found, mention=replace(found.mention, ambiguous=False))
