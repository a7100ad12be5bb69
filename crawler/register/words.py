"""Ordinary words of the languages shops write in: a word is never a misspelt brand.

The word lists are those of pyspellchecker (MIT), read once, at the first doubtful token of a process. They are kept
as sorted 64-bit hashes: 8 bytes a word instead of 60.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from functools import cache
from importlib import resources

from crawler.register.folding import SIGHT

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
PAIR = re.compile(rb'"([^"]{2,30})": ?(?!50\b)\d+')
"""Word and frequency; 50 is the lists' floor: a million rare forms that would cost five seconds and stop few typos."""


def is_word(folded: str) -> bool:
    """Return whether ``folded`` (as ``folding.squeeze`` gives it) is an ordinary word of one of LANGUAGES."""
    known = _known()
    key = hash(folded)
    place = bisect_left(known, key)
    return place < len(known) and known[place] == key


@cache
def _known() -> array[int]:
    keys: set[int] = set()
    for language in LANGUAGES:
        packed = (resources.files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
        words = b"\n".join(PAIR.findall(gzip.decompress(packed))).decode("utf-8")
        if "\\u" in words:
            words = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), words)
        keys.update(map(hash, words.translate(SIGHT).split()))
    return array("q", sorted(keys))
