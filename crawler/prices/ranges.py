"""Two amounts that belong together: the ends of a range, and the sides of a reduction."""

from __future__ import annotations

import re

from crawler.prices import scan, setting
from crawler.prices.amount import Amount
from crawler.prices.draft import Draft
from crawler.prices.numerals import interpret

_RANGE = re.compile(
    r"[ \n]{0,3}(?:[-–—~～]|to|through|bis|à|a|al|hasta|tot|till?|do|до|đến|ile)[ \n]{0,3}", re.IGNORECASE
)
_TIGHT = re.compile(r" ?[-–—~～] ?")
_INTO = re.compile(
    r"[ \n]{0,3}(?:to|auf|à|a|naar|por|für|for|voor|na|per|до|→|➜|➡️?|[-=]{0,2}>|降至|降到)[ \n]{0,3}", re.IGNORECASE
)
_RANGE_RATIO = 20  # "10-50 €" is a range; "Pulse 3 - 149 €" is a name and a price


def borrowing(place: setting.Setting, other: Amount) -> setting.Setting:
    """Return a bare number with the sign of its neighbour."""
    return place._replace(amount=place.amount._replace(sign=other.sign, code=other.code))


def opens_range(text: str, place: setting.Setting, following: Amount) -> bool:
    """Tell whether a bare number is the low end of ``10-20 €``, and not a name's number before a dash."""
    amount, gap = place.amount, text[place.amount.end : following.start]
    if not following.sign or not (_RANGE.fullmatch(gap) or _TIGHT.fullmatch(gap)):
        return False
    named = re.search(r"[^\W\d_]", place.before) and not place.left
    return not (named and gap not in ("-", "–")) and _ratio_is_fair(amount.digits, following.digits)


def closes_range(text: str, place: setting.Setting, before: Amount, draft: Draft) -> bool:
    """Tell whether a bare number is the high end of ``€ 10-20``."""
    gap = text[before.end : place.amount.start]
    if draft.end != before.end or not before.sign or scan.is_measure(text, place.amount):
        return False
    return bool(_RANGE.fullmatch(gap)) and _ratio_is_fair(before.digits, place.amount.digits)


def _ratio_is_fair(low: str, high: str) -> bool:
    first, second = interpret(low), interpret(high)
    return bool(first and second) and first.value < second.value <= first.value * _RANGE_RATIO  # type: ignore[union-attr]


def pairs(text: str, drafts: list[Draft]) -> list[Draft]:
    """Name the two ends of a range, and the two sides of "from 20 to 10"."""
    for index in range(len(drafts) - 1):
        first, second = drafts[index], drafts[index + 1]
        if first.role not in ("price", "from", "was") or second.role not in ("price", "limit"):
            continue
        if first.value is None or second.value is None:
            continue
        gap = text[first.end : second.start]
        if first.role != "was" and _RANGE.fullmatch(gap) and first.value < second.value:
            drafts[index], drafts[index + 1] = first._replace(role="low"), second._replace(role="high")
        elif _INTO.fullmatch(gap) and first.value > second.value:
            drafts[index] = first._replace(role="was", note=first.note or "reduced to the next")
    return drafts
