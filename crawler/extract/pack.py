"""How much is in a pack: an amount in grams, millilitres or pieces, from a label's value or from the product's name."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from crawler.extract import labels

_UNITS: dict[str, tuple[Decimal, str]] = {
    **dict.fromkeys(["ml", "мл", "毫升"], (Decimal(1), "ml")),
    "cl": (Decimal(10), "ml"),
    "dl": (Decimal(100), "ml"),
    **dict.fromkeys(
        ["l", "lt", "ltr", "litre", "litres", "liter", "liters", "litro", "litri", "л"], (Decimal(1000), "ml")
    ),
    **dict.fromkeys(("fl oz", "fl. oz", "fl.oz", "fl. oz."), (Decimal("29.5735"), "ml")),
    **dict.fromkeys(["g", "gr", "gram", "grams", "gramm", "г", "克"], (Decimal(1), "g")),
    **dict.fromkeys(["kg", "kilo", "кг"], (Decimal(1000), "g")),
    **dict.fromkeys(["oz", "oz.", "ounce", "ounces"], (Decimal("28.3495"), "g")),
    **dict.fromkeys(["lb", "lbs", "pound", "pounds"], (Decimal("453.592"), "g")),
}
"""Unit as written → how many of the base unit; US customary units by their legal definitions."""
_DIGIT = re.compile(r"\d")
_NUMBER = r"\d{1,5}(?:[.,]\d{1,3})?"
_PACK_OF = re.compile(r"(?<!\w)(?:pack|set|box|case) of (\d{1,4})(?![\w.,])", re.IGNORECASE)


@cache
def _units() -> dict[str, tuple[Decimal, str]]:
    return {**_UNITS, **dict.fromkeys(labels.tables().pieces, (Decimal(1), "pieces"))}


@cache
def _pack() -> re.Pattern[str]:
    unit = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<times>\d{{1,3}}) ?[x×] ?)?(?P<number>{_NUMBER})[ -]?(?P<unit>{unit})(?![\w/²³])",
        re.IGNORECASE,
    )


class Pack(NamedTuple):
    """What was written, and the amount in the base unit."""

    text: str
    amount: Decimal
    unit: str
    """``ml``, ``g`` or ``pieces``."""


def find(text: str) -> Pack | None:
    """The first pack size in a text; a dose (``500 mg``) and a rate (``€/kg``) are none."""
    text = text[:500]
    if not _DIGIT.search(text):  # most texts have none
        return None
    match = _pack().search(text)
    if match:
        factor, unit = _units()[match["unit"].casefold()]
        amount = Decimal(match["number"].replace(",", ".")) * factor * int(match["times"] or 1)
        return Pack(match[0].strip(), amount.normalize(), unit) if amount else None
    counted = _PACK_OF.search(text)
    return Pack(counted[0], Decimal(counted[1]), "pieces") if counted else None
