"""Where each amount of a text stands: what is before and behind it, and which words speak of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from crawler.prices.amount import Amount
from crawler.prices.words import Phrase

REACH_BEFORE = 40  # characters between a label and its price: "RRP (recommended, incl. VAT): £20"
REACH_AFTER = 32  # "12,90 € pro Stück inkl. 19 % MwSt."
_STOP = re.compile(
    r"[.!?|;•·\n](?:(?<=[.!?]) (?=[A-Z])|(?<!\.))"
)  # what stands before the end of a sentence says nothing of the next
_ADJACENT = re.compile(r"[ \n:(–-]{0,4}")
_MINUS = re.compile(r"(?:\A|[ \n($€£¥])-\Z")
_PLUS = re.compile(r"(?:\A|[ \n(\[])[+] {0,2}\Z|[(\[](?:add|plus|aufpreis|zuschlag):? {0,2}\Z", re.IGNORECASE)
PLUS_REACH = 13  # characters: "(Zuschlag: ", and a sign of money


class Setting(NamedTuple):
    """An amount's place: the text between its neighbours, and the phrases in it."""

    before: str
    after: str
    left: tuple[Phrase, ...]
    """Phrases in ``before``, nearest first, that speak of this amount."""
    right: tuple[Phrase, ...]
    amount: Amount
    follows: bool = False
    """Whether ``before`` begins at another amount."""
    minus: bool = False
    plus: bool = False
    """Whether such a sign stands right in front."""


def settings(text: str, amounts: list[Amount], phrases: list[Phrase]) -> list[Setting]:
    """Return the place of each amount; a phrase between two amounts goes to one of them."""
    starts = [phrase.start for phrase in phrases]
    floors, ceilings = _bounds(amounts, len(text))
    places = []
    for amount, floor, ceiling in zip(amounts, floors, ceilings, strict=True):
        begin, end = max(floor, amount.start - REACH_BEFORE), min(ceiling, amount.end + REACH_AFTER)
        for stop in _STOP.finditer(text, begin, amount.start):
            begin = stop.end()
        window = phrases[bisect_left(starts, begin) : bisect_left(starts, end)]
        places.append(_setting(text, amount, (begin, floor, end), window))
    return places


def _setting(text: str, amount: Amount, bounds: tuple[int, int, int], window: list[Phrase]) -> Setting:
    begin, floor, end = bounds
    left = [p for p in window if p.end <= amount.start and p.before and not _claimed(text, p, floor, amount)]
    right = [
        p
        for p in window
        if p.start >= amount.end and p.after and not _is_label(text, p) and not _is_next(p, (amount.end, end), text)
    ]
    return Setting(
        text[begin : amount.start],
        text[amount.end : end],
        tuple(sorted(left, key=lambda p: (-p.end, p.start))),
        tuple(sorted(right, key=lambda p: (p.start, -p.end))),
        amount,
        follows=begin == floor > 0,
        minus=_is_minus(text, amount.start) or _is_minus(text, amount.number_start),
        plus=_PLUS.search(text, max(0, amount.start - PLUS_REACH), amount.start) is not None,
    )


def _is_minus(text: str, at: int) -> bool:
    return text[at - 1 : at] == "-" and _MINUS.match(text, max(0, at - 2), at) is not None


def _bounds(amounts: list[Amount], length: int) -> tuple[list[int], list[int]]:
    """Return between which positions the words about each amount stand; a number without sign bounds nothing."""
    signed = any(amount.sign for amount in amounts)
    floors, ceilings = [0] * len(amounts), [length] * len(amounts)
    for index in range(1, len(amounts)):
        before = amounts[index - 1]
        floors[index] = before.end if before.sign or not signed else floors[index - 1]
    for index in range(len(amounts) - 2, -1, -1):
        after = amounts[index + 1]
        ceilings[index] = after.start if after.sign or not signed else ceilings[index + 1]
    return floors, ceilings


def _claimed(text: str, phrase: Phrase, floor: int, amount: Amount) -> bool:
    """Tell whether a phrase belongs to the amount before it: right behind that one, not right in front of this."""
    if not floor or not phrase.after or _is_label(text, phrase):
        return False
    return _ADJACENT.fullmatch(text, floor, phrase.start) is not None and phrase.end + 1 < amount.start


def _is_next(phrase: Phrase, between: tuple[int, int], text: str) -> bool:
    """Tell whether a phrase is about the next amount: the RRP of "$149 RRP $189", "60 €, shipping possible 5 €"."""
    begin, end = between
    if not phrase.before or end >= len(text) or phrase.end >= end:
        return False
    own_clause = "," in text[begin : phrase.start] and not text[end].isalpha() and not text[end].isspace()
    return own_clause or not text[phrase.end : end].strip(" :\n")


def _is_label(text: str, phrase: Phrase) -> bool:
    return text[phrase.end : phrase.end + 2].lstrip().startswith((":", "："))


def between(place: Setting, phrase: Phrase) -> str:
    """Return the text between an amount and a phrase beside it."""
    if phrase.start >= place.amount.end:
        return place.after[: phrase.start - place.amount.end]
    gap = place.amount.start - phrase.end
    return place.before[-gap:] if gap else ""


def spoken(place: Setting, phrase: Phrase) -> str:
    """Return a phrase as the text spells it."""
    if phrase.end <= place.amount.start:
        begin = phrase.start - (place.amount.start - len(place.before))
        return place.before[max(begin, 0) : begin + phrase.end - phrase.start]
    begin = phrase.start - place.amount.end
    return place.after[begin : begin + phrase.end - phrase.start]
