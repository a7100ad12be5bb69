"""Patterns of class and id names, told apart by the letters that they begin with before any of them is tried.

Names are given in lower case with a space in front. A pattern begins behind a sign (a space, a hyphen, an underscore)
and ends before one. Most names say nothing: one pass over a name costs less than sixty alternatives at each sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

import ahocorasick

_SIGNS = " \t\n\r\f_-"  # the spaces of HTML, and what the words of a name are joined by
SIGN = f"[{_SIGNS}]"
ENDS = f"(?=$|{SIGN})"
WORD_BOUNDS = re.compile(r"(?=[A-Z])(?<=[a-z])")
"""Where the words of a name like ``oldPrice`` meet."""
_LETTERS = "(?:[a-z_-](?![?{]))+"
_LITERAL = re.compile(rf"{_LETTERS}(?:-\?{_LETTERS})?")


def any_of(patterns: str) -> str:
    """Alternatives that are parted by spaces, as one pattern."""
    return f"(?:{'|'.join(patterns.split())})"


def beginnings(patterns: Iterable[str], anywhere: Iterable[str] = ()) -> Any:
    """The automaton of what alternatives begin with, behind each sign, and of words that count anywhere."""
    automaton = ahocorasick.Automaton()
    for pattern in " ".join(patterns).split():
        literal = _LITERAL.match(pattern)
        if literal is None:
            raise ValueError(f"an alternative begins with a letter: {pattern}")
        for sign, hyphen in product(_SIGNS, ("-", "")):
            automaton.add_word(sign + literal[0].replace("-?", hyphen), True)
    for word in anywhere:
        automaton.add_word(word, True)
    automaton.make_automaton()
    return automaton
