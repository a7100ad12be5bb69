"""What is known of a shop's single addresses and names, as numbers in a few sets that its workers share.

A number is a digest of eight bytes: two of a million addresses are taken for one once in forty million shops.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

Mark = Literal["handed_on", "missing", "dropped", "again", "in_feed", "wanted", "product", "leaf", "offer", "named",
               "gone", "legal"]  # fmt: skip
LETTERS: dict[str, Mark] = {
    "h": "handed_on",  # a step to it was given
    "m": "missing",  # it could not be had
    "d": "dropped",  # not worth it when its turn came
    "a": "again",  # handed on once more after that
    "f": "in_feed",  # a feed told the product whole
    "w": "wanted",  # its page is evidence nevertheless
    "p": "product",  # name of a product that something shows to exist
    "l": "leaf",  # leaf of an address that gave an offer
    "o": "offer",  # … with that offer
    "n": "named",  # name of a product of which one address was handed on
    "g": "gone",  # … and could not be had
    "s": "legal",  # kind of legal page that was handed on
}
MARKS = {mark: letter.encode() for letter, mark in LETTERS.items()}
LIMIT = 200_000  # numbers under one mark; beyond, the frontier's own set still drops what was seen
SIZE = 8


@lru_cache(maxsize=16_384)  # the links of a menu stand on every page
def number(text: str) -> int:
    """The number of an address or name, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=SIZE).digest())


class Marks:
    """Grows only: what one worker adds can be added by all."""

    def __init__(self) -> None:
        self._sets: dict[Mark, set[int]] = {mark: set() for mark in MARKS}
        self._news: list[bytes] = []

    def add(self, mark: Mark, text: str) -> bool:
        """Mark something; whether it was not marked so before."""
        found, value = self._sets[mark], number(text)
        if value in found:
            return False
        if len(found) < LIMIT:
            found.add(value)
            self._news.append(MARKS[mark] + value.to_bytes(SIZE))
        return True

    def has(self, mark: Mark, text: str) -> bool:
        """Whether something is marked so."""
        return number(text) in self._sets[mark]

    def count(self, mark: Mark) -> int:
        """How many are."""
        return len(self._sets[mark])

    def size(self) -> int:
        """All numbers, under whatever mark."""
        return sum(map(len, self._sets.values()))

    def waiting(self) -> int:
        """How many were added since ``news`` was called."""
        return len(self._news)

    def news(self) -> list[bytes]:
        """What was added since the last call, as members of a set that others read."""
        news, self._news = self._news, []
        return news

    def absorb(self, members: Iterable[bytes]) -> None:
        """Take what others added; a member that is none of ours is left alone."""
        for member in members:
            mark = LETTERS.get(chr(member[0])) if len(member) == SIZE + 1 else None
            if mark is not None and len(self._sets[mark]) < LIMIT:
                self._sets[mark].add(int.from_bytes(member[1:]))
