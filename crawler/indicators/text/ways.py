"""Ways of saying something as data has them: regular expressions in lower case that begin and end with words.

Where a language is written without spaces (Thai, Chinese, Japanese, Korean with its endings) a way may begin anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SPACELESS = re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc]")
ARABIC = re.compile(r"[\u0620-\u064a]")
THE = "(?:[وفبل]?ال|لل|و)?"
"""Arabic joins its article, and small words before it, to the noun."""
LONG, SHORT = 7, 4  # letters of a noun that loses two letters in a case, and of one that loses none


def lower(text: str) -> str:
    """Return ``text`` in small letters, each at the place where it stood: the small one of ``İ`` is two characters."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[:1] for letter in text)


def either(ways: Iterable[str]) -> str:
    """Return a pattern of one group for any of ``ways``."""
    apart: list[str] = []
    together: list[str] = []
    for way in ways:
        (together if SPACELESS.search(way) else apart).append(THE + way if ARABIC.match(way) else way)
    words = rf"(?<!\w)(?:{'|'.join(apart)})(?!\w)" if apart else ""
    return "(?:" + "|".join(filter(None, [words, *together])) + ")"


def noun(name: str) -> str:
    """Return a way for a noun in lower case and its cases and plurals: ``torebka`` is also ``torebki``, ``torebek``."""
    if SPACELESS.search(name):
        return re.escape(name)
    stem = name[: len(name) - (2 if len(name) >= LONG else 1 if len(name) > SHORT else 0)]
    return re.escape(stem) + r"\w{0,4}"
