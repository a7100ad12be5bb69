"""Pack sizes and multiples in a text: ``1 l``, ``28 tablets``, ``90錠``, ``3 x``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from crawler import tabular
from crawler.register.folding import CJK

FACTORS = {"cl": ("ml", 10.0), "l": ("ml", 1000.0), "kg": ("g", 1000.0)}
MULTIPLE = re.compile(
    r"(?<![\w.,])(?:[2-9]|[1-9]\d)\s?[x×](?![a-z]|\s?\d)|(?<![a-z0-9])[x×]\s?(?:[2-9]|[1-9]\d)(?![\w.,])", re.IGNORECASE
)
"""``3 x``, ``x2``: several at once; not ``30 x 20``, which is a size."""


@cache
def _units() -> dict[str, str]:
    """Return each unit as it is written, in small letters → what it is called here."""
    text = (resources.files("crawler.data") / "pack_units.yaml").read_text("utf-8")
    return {word.casefold(): unit for unit, words in tabular.words(text).items() for word in words}


@cache
def _pack() -> re.Pattern[str]:
    longest = sorted(_units(), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in longest if not CJK.match(word))
    joined = "|".join(re.escape(word) for word in longest if CJK.match(word))
    return re.compile(rf"(\d+(?:[.,]\d+)?)\s*((?:{spaced})(?!\w)|{joined})", re.IGNORECASE)


def packs_of(text: str) -> list[tuple[float, str]]:
    """Return amount and unit of all pack sizes in ``text``: ``1 l`` → (1000.0, "ml")."""
    found = ((match[1], _units().get(match[2].casefold())) for match in _pack().finditer(text))
    return [_based(amount, unit) for amount, unit in found if unit]


def _based(amount: str, unit: str) -> tuple[float, str]:
    base, factor = FACTORS.get(unit, (unit, 1.0))
    return float(amount.replace(",", ".")) * factor, base
