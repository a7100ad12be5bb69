"""Numbers as people write them: ``1.299,00``, ``1'299.–``, ``1,25,000.00``, ``١٬٢٩٩٫٠٠``, ``9.9万``.

A wrong reading is usually wrong by a factor of a hundred or a thousand, so whatever two people could read
differently carries both values.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from decimal import Decimal
from functools import cache
from typing import NamedTuple

FIRM_SPACE = "\u00a0"  # what all spaces that hold a number together become
_SPACES = "\t\v\f\r\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000"
_FIRM_SPACES = "\u00a0\u2007\u2009\u202f"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_OTHER = "，،⹁．−‐‑：（）％／＋－"  # commas, full stop, minus and hyphens, full-width signs
_ASCII = ",,,.---:()%/+-"
_invisible = re.compile(f"[{_INVISIBLE}]")


@cache
def _same_length() -> dict[int, str]:
    """Map every character that only *looks* other than ASCII to its ASCII twin, one to one."""
    table = {ord(c): " " for c in _SPACES}
    table |= {ord(c): FIRM_SPACE for c in _FIRM_SPACES}
    table |= {ord(c): "'" for c in _APOSTROPHES}
    table |= dict(zip(map(ord, _OTHER), _ASCII, strict=True))
    for point in range(0x80, min(sys.maxunicode, 0x1FFFF) + 1):
        digit = unicodedata.decimal(chr(point), None)
        if digit is not None:
            table[point] = str(digit)
    return table


def plain(text: str) -> tuple[str, list[int] | None]:
    """Return the text with ASCII digits, plain spaces and apostrophes, and where each character stood.

    Line ends stay, and so do spaces that hold a number together, all as ``FIRM_SPACE``.

    The second value is None when nothing was taken out, that is, when positions are the same.
    """
    if text.isascii():
        return text.translate(_ASCII_SPACES), None
    text = text.translate(_same_length())
    if not _invisible.search(text):
        return text, None
    places = [at for at, character in enumerate(text) if character not in _INVISIBLE]
    return "".join(text[at] for at in places), places


_ASCII_SPACES = {ord(c): " " for c in "\t\v\f\r"}

# Digit runs of more than 15 are article numbers, never amounts; every repetition is bounded to stay linear.
NUMBER = re.compile(
    r"""
    (?=[\d.,])(?<!\d)(?:                                              # the former fails at once at most characters
        (?<!\d[x×])\d{1,3}(?:[ \u00a0]\d{3}(?!\d)){1,4}(?:[.,٫·]\d{1,4}(?!\d))?  # 1 299 000,50, not 160x230 399,00
      | \d{1,15}(?:[.,'٬٫·]\d{1,15}){0,6}                          # 1.299,50  1'299  1,25,000
      | (?<![\w.,/])[.,]\d{1,2}(?![.,]\d)                         # .99, but not the dot of Rs.49, S/.49 or US$.1,500
    )(?!\d)
    """,
    re.VERBOSE,
)


_NO_DIGIT = re.compile(r"\D")


class Number(NamedTuple):
    """A value, the other value that the digits could mean, and why this one was chosen."""

    value: Decimal
    alternative: Decimal | None = None
    note: str = ""


def interpret(digits: str, decimals: int = 2, decimal_sign: str | None = None) -> Number | None:
    """Return what a ``NUMBER`` match means, or None for what is no amount (a date, a version).

    ``decimals``: of the currency (ISO 4217). ``decimal_sign``: of the page's language, ``.`` or ``,``, if known.
    """
    digits = digits.replace("·", "٫") if digits.count("·") == 1 else digits
    signs = [c for c in digits if not c.isdigit()]
    if not signs:
        return Number(Decimal(digits))
    last = signs[-1]
    if last == "٫" or (last in ".," and signs.count(last) == 1 and len(set(signs)) > 1):
        whole, _, fraction = digits.rpartition(last)
        return _number(whole, fraction) if _grouped(whole) else None
    if len(signs) > 1 or last in "' \u00a0٬":
        return _many(digits, last)
    return _one(digits, last, decimals, decimal_sign)


def _number(whole: str, fraction: str = "", alternative: Decimal | None = None, note: str = "") -> Number:
    digits = whole if whole.isdecimal() else _NO_DIGIT.sub("", whole) or "0"
    return Number(Decimal(f"{digits}.{fraction}" if fraction else digits), alternative, note)


def _grouped(whole: str) -> bool:
    """Tell whether the groups are thousands, or lakh and crore: 3 at the end, 2 or 3 before, none mixed."""
    if whole.isdecimal():
        return True
    first, *rest = _NO_DIGIT.split(whole)
    if not rest:
        return True
    sizes = {len(group) for group in rest[:-1]}
    return (len(rest[-1]) == 3 and sizes <= {3}) or (sizes <= {2} and len(rest[-1]) == 3 and 1 <= len(first) <= 2)


def _many(digits: str, last: str) -> Number | None:
    if _grouped(digits):
        return _number(digits)
    whole, _, fraction = digits.rpartition(last)
    if len(fraction) == 2 and last in ".," and _grouped(whole):  # 1.299.00, typed with one sign for both
        return _number(whole, fraction, note="the same sign groups and parts: read as two decimals")
    return None


def _one(digits: str, sign: str, decimals: int, decimal_sign: str | None) -> Number:
    whole, _, fraction = digits.partition(sign)
    parted = _number(whole, fraction)
    if len(fraction) != 3 or len(whole) > 3 or whole in ("", "0") or (whole.startswith("0") and len(whole) > 1):
        return parted
    grouped = _number(digits)
    if decimals == 0:
        return grouped
    if decimals == 3 and decimal_sign in (sign, None):
        return Number(parted.value, grouped.value, f"{digits}: a currency of three decimals, so {sign} parts them")
    if decimals == 3:
        return Number(grouped.value, parted.value, f"{digits}: {sign} parts no decimals here, so thousands")
    if decimal_sign in (sign, None):
        return Number(grouped.value, parted.value, f"{digits}: thousands, since prices have no three decimals")
    return grouped
