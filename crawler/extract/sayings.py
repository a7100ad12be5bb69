"""What a short text says by itself, judged once however many pages and readers ask: most texts say nothing.

One pass over a text finds which tables of ``labels`` have a phrase in it; only these are asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import ahocorasick

from crawler.extract import labels, stated

_FIELD, _CART, _RELATED, _AVAILABILITY, _FREE, _ON_REQUEST, _CONDITION = (1 << bit for bit in range(7))


class Saying(NamedTuple):
    """The answers of ``labels`` on one text."""

    labelled: bool = False
    """The label of a field stands in it, perhaps with more."""
    field: str | None = None
    """The field that it announces, and nothing else."""
    cart: bool = False
    related: bool = False
    """It opens a list of other products."""
    related_as_heading: bool = False
    """It does so where it is a heading."""
    availability: str | None = None
    """What it states, alone or behind a label in whatever language."""
    free: bool = False
    on_request: bool = False
    condition: str | None = None
    """That of the thing, where the words alone say it: "new" may also be an arrival."""


PIECES = 8  # of a line that bars part
TELLING = 6  # characters of a condition's shortest phrase that means nothing else where it stands alone
NOTHING = Saying()
_LONG = Saying(labelled=True)  # a label and its value may be in it
_LONG_HEADING = _LONG._replace(related=True, related_as_heading=True)


def saying(low: str) -> Saying:
    """What a case-folded text says; what is too long for a label may still head other products."""
    if len(low) <= labels.LABEL_LIMIT:
        return _saying(low)
    return _LONG_HEADING if labels.is_related(low, heading=False) else _LONG


@lru_cache(maxsize=8192)
def _saying(low: str) -> Saying:
    asked = 0
    for _, table in _phrases().iter(low):
        asked |= table
    if not asked:
        return NOTHING
    return Saying(
        bool(asked & _FIELD),
        labels.meaning(low) if asked & _FIELD else None,
        bool(asked & _CART) and labels.is_cart(low),
        bool(asked & _RELATED) and labels.is_related(low, heading=False),
        bool(asked & _RELATED) and labels.is_related(low, heading=True),
        _availability(low) if asked & _AVAILABILITY else None,
        bool(asked & _FREE) and labels.is_free(low),
        bool(asked & _ON_REQUEST) and labels.is_on_request(low),
        stated.condition(low) if asked & _CONDITION else None,
    )


def _availability(low: str) -> str | None:
    known = stated.availability(low)
    if known is None and (colon := low.find(":")) > 0 and not labels.is_fulfilment(low[:colon]):
        known = stated.availability(low[colon + 1 :].strip())
    if known is None and "|" in low:  # "Maker: Air | Ref. CP-50 | In stock"
        known = next(filter(None, map(stated.availability, low.split("|")[:PIECES])), None)
    return known


@cache
def _phrases() -> Any:
    """Every phrase of the tables, with the tables that have it."""
    known = labels.tables()
    tables: tuple[tuple[int, Iterable[str]], ...] = (
        (_FIELD, known.fields),
        (_CART, known.cart),
        (_RELATED, known.related),
        (_AVAILABILITY, known.availability),
        (_FREE, known.free),
        (_ON_REQUEST, (*known.on_request, *known.priced)),
        (_CONDITION, (phrase for phrase in known.condition if len(phrase) >= TELLING and phrase not in known.vague)),
    )
    automaton = ahocorasick.Automaton()
    for table, phrases in tables:
        for phrase in phrases:
            automaton.add_word(phrase, automaton.get(phrase, 0) | table)
    automaton.make_automaton()
    return automaton
