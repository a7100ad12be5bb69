"""What is known of a shop's single addresses and names, as numbers in a few sets that its workers share.

A number is a digest of eight bytes: two of a million addresses are taken for one once in forty million shops. Beside it
stands which page made the mark. A page is read again when its worker was killed before its links were durable: then
what it marked does not count, or nobody would have a link that everybody leaves out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
SIZE, PAGE_SIZE = 8, 4
NO_PAGE = 0


@lru_cache(maxsize=16_384)  # the links of a menu stand on every page
def number(text: str) -> int:
    """The number of an address or name, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=SIZE).digest())


class Marks:
    """Grows, but for pages that are read again: what one worker adds can be added by all."""

    def __init__(self) -> None:
        self._sets: dict[Mark, dict[int, int]] = {mark: {} for mark in MARKS}
        """Mark → number → the page that made it."""
        self._pages: set[int] = set()
        self._page = NO_PAGE
        self._news: list[bytes] = []

    @contextmanager
    def of(self, page: str) -> Iterator[None]:
        """What is marked inside was made by this page; without an await, because others mark meanwhile."""
        before, self._page = self._page, number(page) >> 8 * (SIZE - PAGE_SIZE) if page else NO_PAGE
        try:
            yield
        finally:
            self._page = before

    def read_anew(self, page: str) -> None:
        """A page is about to be read: what it marked at an earlier reading does not count."""
        with self.of(page):
            if self._page in self._pages:
                for found in self._sets.values():
                    for value in [value for value, made_by in found.items() if made_by == self._page]:
                        del found[value]

    def add(self, mark: Mark, text: str) -> bool:
        """Mark something; whether it was not marked so before."""
        found, value = self._sets[mark], number(text)
        if value in found:
            return False
        if len(found) < LIMIT:
            found[value] = self._page
            self._note(self._page)
            self._news.append(MARKS[mark] + value.to_bytes(SIZE) + self._page.to_bytes(PAGE_SIZE))
        return True

    def _note(self, page: int) -> None:
        if page != NO_PAGE:
            self._pages.add(page)

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
            mark = LETTERS.get(chr(member[0])) if len(member) == 1 + SIZE + PAGE_SIZE else None
            if mark is not None and len(self._sets[mark]) < LIMIT:
                page = int.from_bytes(member[1 + SIZE :])
                self._sets[mark].setdefault(int.from_bytes(member[1 : 1 + SIZE]), page)
                self._note(page)
