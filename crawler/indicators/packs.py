"""Pack sizes and multiples in a text: ``1 l``, ``28 tablets``, ``3 x``."""

from __future__ import annotations

import re

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
FACTORS = {"cl": ("ml", 10.0), "l": ("ml", 1000.0), "kg": ("g", 1000.0)}
MULTIPLE = re.compile(
    r"(?<![\w.,])(?:[2-9]|[1-9]\d)\s?[x×](?![a-z]|\s?\d)|(?<![a-z0-9])[x×]\s?(?:[2-9]|[1-9]\d)(?![\w.,])", re.IGNORECASE
)
"""``3 x``, ``x2``: several at once; not ``30 x 20``, which is a size."""


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
