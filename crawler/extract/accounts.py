"""Whether a page is where one logs in, registers or asks for a password: its address says so in words of its own.

What such a page shows of goods is the menu's, or what is advertised beside the form.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import pairwise

from crawler import tabular
from crawler.extract.address import page_path

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DIGIT = re.compile(r"\d")
PIECE_LIMIT = 60  # characters of a piece of a path
WORDS = 6  # that it is made of


def is_of_an_account(url: str) -> bool:
    """Whether the last piece of an address is made of nothing but words for an account."""
    piece = page_path(url[:500]).rpartition("/")[2][:PIECE_LIMIT].partition(".")[0]
    words = [word.lower() for word in _WORD.findall(piece)]
    if not words or len(words) > WORDS or _DIGIT.search(piece):
        return False
    places, beside = _words()
    joined = map("".join, pairwise(words))  # "sign-in", "log_on"
    return places.issuperset(set(words) - beside) and not places.isdisjoint([*words, *joined])


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files("crawler.data").joinpath("accounts.yaml").read_text("utf-8")
    tables: dict[str, list[str]] = tabular.words(text)
    return frozenset(tables["places"]), frozenset(tables["beside"])
