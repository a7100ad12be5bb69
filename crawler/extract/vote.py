"""The vote on one field: the highest source wins, who agrees is its reason, and the losers are kept with theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.extract.model import Field, Reading
from crawler.money import Money

RANK = {
    "json_ld": 0,
    "microdata": 1,
    "rdfa": 2,
    "javascript_state": 3,
    "platform": 4,
    "meta": 5,
    "visible": 6,
    "page": 7,
}
"""Which source wins where nothing else decides: what is written for machines and most specific first."""
_RANKS: dict[str, tuple[str, ...]] = {
    # the words a visitor reads are what was offered
    "availability": ("json_ld", "microdata", "rdfa", "platform", "visible", "javascript_state", "meta", "cart_button"),
    "category": ("json_ld", "microdata", "rdfa", "visible", "platform", "javascript_state", "meta"),
    "brand": ("json_ld", "microdata", "rdfa", "visible", "platform", "javascript_state", "meta"),
}


def alone(reading: Reading) -> Field:
    """A field that only one source can speak of."""
    return Field(reading.value, reading, "only source")


def order(name: str) -> Callable[[Reading], int]:
    """What sorts the readings of a field, the highest source first."""
    ranks = _RANKS.get(name)
    if ranks is None:
        return lambda reading: RANK.get(reading.extractor, 9)
    return lambda reading: ranks.index(reading.extractor) if reading.extractor in ranks else 9


def by_rank(name: str, readings: list[Reading]) -> Field:
    """The highest source; how many others agree is part of the reason."""
    if len(readings) == 1:
        return alone(readings[0])
    ordered = sorted(readings, key=order(name))
    return field(ordered[0], ordered[1:], "")


def field(winner: Reading, others: list[Reading], reason: str) -> Field:
    """A decided field; without a ``reason`` it is who agrees, or that nobody else or nobody higher speaks."""
    judged = [(one, same(one.value, winner.value)) for one in others]
    agreeing = sorted({one.extractor for one, same in judged if same} - {winner.extractor})
    losers = tuple((one, f"{winner.extractor} ranks higher") for one, same in judged if not same)
    if not reason:
        reason = f"agrees with {', '.join(agreeing)}" if agreeing else ("highest source" if losers else "only source")
    return Field(winner.value, winner, reason, losers)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: texts but for case and spaces, money but for a currency that one lacks."""
    if isinstance(one, Money) and isinstance(other, Money):
        return one.amount == other.amount and (one.currency == other.currency or None in (one.currency, other.currency))
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return bool(one == other)
