"""What a short text states of availability and condition: a phrase of the table, and what may stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from crawler.extract.labels import LABEL_LIMIT, tables

_SAID_LIMIT = 200  # characters of a statement that are looked at: nothing longer is remembered


def availability(text: str) -> str | None:
    """Availability that a short text states: the phrase alone, or at its head ("In stock (27 available)")."""
    return _availability(text[:_SAID_LIMIT])


@lru_cache(maxsize=8192)  # the pages of a shop say the same few things
def _availability(text: str) -> str | None:
    low = text.casefold().strip(" .!。！✓✔✗•*-:")
    table = tables().availability
    counted = _counted().fullmatch(low)
    if counted and table.get(counted[2]) == "InStock":  # "14 units in stock", "only 3 left in stock", "0 in stock"
        return "InStock" if counted[1].strip("0") else "OutOfStock"
    known = table.get(low) or _at_head(low, table, _beginnings("availability"))
    rest = None if known else _subject().match(low) or _for_now().match(low)
    if rest:
        return table.get(_where().sub("", low[rest.end() :]))
    return known or table.get(_for_now_behind().sub("", low))


@lru_cache(maxsize=1024)  # the pages of a shop share their class names
def by_names(names: str) -> str | None:
    """Availability that the class names of an element tell: "stock out-of-stock", "instock availability"."""
    said = {found.lastgroup for one in names[:_SAID_LIMIT].lower().split() if (found := _NAMED.fullmatch(one))}
    return said.pop() if len(said) == 1 else None


_NAMED = re.compile(
    r"(?:(?:product|stock|availability|inventory|status|is)[-_]{1,2}){0,2}"
    r"(?:(?P<OutOfStock>out[-_]?of[-_]?stock|no[-_]?stock|sold[-_]?out|unavailable|not[-_]available)"
    r"|(?P<InStock>in[-_]?stock|available))"
)


def condition(text: str) -> str | None:
    """Condition that a short text states."""
    return _condition(text[:_SAID_LIMIT])


@lru_cache(maxsize=2048)
def _condition(text: str) -> str | None:
    low = text.casefold().strip(" .!")
    table = tables().condition
    return table.get(low) or _at_head(low, table, _beginnings("condition"))


def _at_head(low: str, table: dict[str, str], beginnings: frozenset[str]) -> str | None:
    """The longest phrase that the text begins with, at a word's end, when little follows."""
    if low[:2] not in beginnings:
        return None
    low = low[:LABEL_LIMIT]
    for sign in ("(", "（", ",", " - ", ":", "–", ";", ".", "|", "!", "/", " · "):
        head, found, _ = low.partition(sign)
        if found and (known := table.get(head.strip())):
            return known
    words = low.split(" ")
    for count in range(min(len(words) - 1, 6), 0, -1):
        known = table.get(" ".join(words[:count]))
        if known and (count > 1 or not words[count].isalpha()):
            return known
    return None


@cache
def _beginnings(name: str) -> frozenset[str]:
    """The first two letters of a table's phrases, none of which is shorter: most texts begin otherwise."""
    return frozenset(phrase[:2] for phrase in getattr(tables(), name))


def _any(part: str) -> str:
    """The words that may stand at one place around a phrase, the longest first; a star is up to two letters."""
    words: Iterable[str] = sorted(tables().around[part], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w{0,2}") for word in words)


@cache
def _counted() -> re.Pattern[str]:
    """How many there are: "only 3 left in stock at Leeds"; group 1 is the number, group 2 the phrase."""
    return re.compile(
        rf"(?:(?:{_any('few')}) )?(\d{{1,3}}(?:[.,]\d{{3}}){{1,2}}|\d{{1,6}})\+? (?:(?:{_any('units')})\.? ?)?"
        rf"((?:{_any('there')})\b[^\d]{{0,25}}?)(?: (?:at|in|online)\b.{{0,40}})?"
    )


@cache
def _subject() -> re.Pattern[str]:
    """What a sentence about availability begins with: "Produkt vergriffen", "This item is currently sold out"."""
    return re.compile(
        rf"(?:(?:{_any('sorry')})[,.!:、]? ?(?:(?:{_any('but')}) )?)?(?:(?:{_any('this')}) )?(?:{_any('thing')})"
        rf"(?: (?:{_any('is')}))?(?: (?:{_any('now')}))? "
    )


@cache
def _where() -> re.Pattern[str]:
    """What such a sentence may end with."""
    return re.compile(rf" (?:{_any('where')})$")


@cache
def _for_now_behind() -> re.Pattern[str]:
    """An adverb behind the phrase: "Agotado temporalmente"."""
    return re.compile(rf" (?:{_any('now')})$")


@cache
def _for_now() -> re.Pattern[str]:
    """An adverb before the phrase: "Temporary sold out"."""
    return re.compile(rf"(?:{_any('now')}) ")
