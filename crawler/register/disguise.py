"""By which means a name was disguised: compares what is written with what the rights holder writes."""

from __future__ import annotations

import unicodedata

from crawler.register.aliases import Alias
from crawler.register.folding import FILLERS, LEET, OTHER_SCRIPT, SIGNS

DELIBERATE = frozenset({"homoglyph", "leet", "zero_width", "styled", "spaced", "combining", "reversed"})
"""Disguises that a reader does not see or reads through, and that nobody types by accident."""
UNSEEN = frozenset({"homoglyph", "zero_width", "styled", "reversed"})
"""Disguises that show that the name is meant, even if it is an everyday word."""
HARMLESS_INVISIBLE = frozenset("\u00ad")  # a soft hyphen is typesetting
LOOKALIKE_ASCII = frozenset({("i", "l"), ("l", "i"), ("I", "l"), ("1", "l"), ("|", "l")})


def of_letters(alias: Alias, text: str, places: list[int]) -> tuple[str, ...]:
    """Return how the characters of ``text`` at ``places`` differ from those of ``alias``, in a fixed order."""
    found: set[str] = {alias.disguise} if alias.disguise else set()
    for k, place in enumerate(places):
        kind = _letter(alias.origin[k], text[place])
        if kind:
            found.add(kind)
        if k and place - places[k - 1] > 1:
            found |= _between(text[places[k - 1] + 1 : place], k in alias.splits)
    return tuple(sorted(found))


def _letter(wanted: str, given: str) -> str:
    if given == wanted or given.casefold() == wanted.casefold():
        return "homoglyph" if _swapped(wanted, given) else ""
    if given.isascii():
        return _ascii(wanted, given)
    base = unicodedata.normalize("NFD", given)[0].casefold()
    if base == unicodedata.normalize("NFD", wanted)[0].casefold():
        return "" if not wanted.isascii() else "accent"
    if unicodedata.normalize("NFKC", given).casefold() == wanted.casefold():
        return "styled"
    if OTHER_SCRIPT.match(wanted) and OTHER_SCRIPT.match(given):
        return ""
    return "homoglyph" if unicodedata.category(given)[0] == "L" else "styled"


def _swapped(wanted: str, given: str) -> bool:
    """Whether a capital I stands for a small l, or the other way round (casefold alone calls I and i equal)."""
    return (wanted, given) in LOOKALIKE_ASCII


def _ascii(wanted: str, given: str) -> str:
    if given in SIGNS or given in LEET:
        return "leet"
    if wanted in LEET or wanted in SIGNS:
        return "leet"
    plain = unicodedata.normalize("NFD", wanted)[0].casefold()
    if plain == given.casefold() or not wanted.isascii():
        return ""  # a name with an accent, written without
    return "homoglyph"


def _between(gap: str, split: bool) -> set[str]:
    found: set[str] = set()
    for character in gap:
        category = unicodedata.category(character)
        if category in {"Mn", "Me"}:
            found.add("combining")
        elif category in {"Cf", "Cc", "Cs"} or character in FILLERS:
            if character not in HARMLESS_INVISIBLE:
                found.add("zero_width")
        elif not split and category[0] not in "LN":  # a Cyrillic soft sign folds to nothing and is a letter
            found.add("spaced")
    return found
