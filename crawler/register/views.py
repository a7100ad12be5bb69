"""Texts that must be rearranged before a name can be read in them: letters drawn out, written backwards, or added up.

Each view is a text with the index in the original of each of its characters. Made only where the text gives cause,
so that an ordinary title pays one search for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

MAX_VIEWED = 5_000  # characters; a disguise further in is not read by buyers either
DRAWN_OUT = re.compile(r"([^\W\d_])\1\1", re.IGNORECASE)
BACKWARDS = re.compile("\u202e([^\u202c\n]+)")
"""What a right-to-left override turns round: buyers read it forwards, filters do not."""
ADDED_UP = re.compile(r"(?<![^\W_])[^\W_](?:\s?[+&]\s?[^\W_](?![^\W_])){3,}")

View = tuple[str, list[int], str]
"""Text, places in the original, and the disguise that it undoes."""


def views(text: str) -> Iterator[View]:
    """Yield the further readings of ``text``, none for an ordinary one."""
    text = text[:MAX_VIEWED]
    if DRAWN_OUT.search(text):
        yield from _drawn_out(text)
    if "\u202e" in text:
        yield _backwards(text)
    if ADDED_UP.search(text):
        yield ADDED_UP.sub(lambda match: re.sub("[+&]", "-", match[0]), text), list(range(len(text))), "spaced"


def _drawn_out(text: str) -> Iterator[View]:
    """``Veeelmora``: long runs as one letter, as two, and every run as one."""
    runs: list[tuple[int, str, int]] = []
    for letter, group in groupby(enumerate(text), key=lambda pair: pair[1].casefold()):
        found = list(group)
        runs.append((found[0][0], letter, len(found)))
    for most, from_ in ((1, 3), (2, 3), (1, 2)):
        places = [start + k for start, letter, size in runs for k in range(_kept(letter, size, most, from_))]
        yield "".join(text[k] for k in places), places, "drawn_out"


def _kept(letter: str, size: int, most: int, from_: int) -> int:
    return min(size, most) if size >= from_ and letter.isalpha() else size


def _backwards(text: str) -> View:
    places = list(range(len(text)))
    for match in BACKWARDS.finditer(text):
        places[match.start(1) : match.end(1)] = reversed(places[match.start(1) : match.end(1)])
    return "".join(text[k] for k in places), places, "reversed"
