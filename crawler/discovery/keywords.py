"""What to search a marketplace for: words made from the register, and which of them are worth a request.

A query is a brand's name, alone or with one of: a product line, a word with which sellers admit what they sell, a
disguised spelling. What earlier runs yielded decides the order; a seller counts at most ``PER_SELLER`` per query, so
that nobody who fills a page with his own goods can steer the search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from crawler.discovery.suspicion import strength
from crawler.indicators.text import lexicon
from crawler.indicators.text.word_lists import Wording
from crawler.register.loading import Entry, Register

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from crawler.items import Offer

PER_SELLER = 3  # suspicious offers of one seller that one query is credited with
SUSPICIOUS = 50  # points of ``strength``: a price far below the range, an admission, a disguise
SELLERS_KEPT = 180 * 86_400  # seconds; then a seller who still fills the results counts again
PRIOR = (1.0, 2.0)  # suspicious offers and looks that a query that nobody made yet is credited with
ADMITTING_WORDS = 6  # of one language and kind: the first of each list of the lexicon are the commonest
LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5"})
MOST_WORDS = 6  # of one query; longer ones find nothing


@dataclass(frozen=True, slots=True)
class Query:
    """Words to search for, and what they were made of."""

    words: str
    brand: str
    kind: str
    """``name``, ``line``, ``spelling``, ``disguise`` or ``admitting``."""


def queries(register: Register, languages: tuple[str, ...] = ("en",)) -> list[Query]:
    """Every query that the register gives, each once: all brands' plainest first, so that a small budget meets all."""
    by_brand = [list(_of_brand(entry, languages)) for entry in register.entries.values()]
    turns = chain.from_iterable(zip_longest(*by_brand))
    found: dict[str, Query] = {}
    for query in turns:
        if query is not None and len(query.words.split()) <= MOST_WORDS:
            found.setdefault(query.words.casefold(), query)
    return list(found.values())


def _of_brand(entry: Entry, languages: tuple[str, ...]) -> Iterator[Query]:
    name = entry.name
    if not entry.brand.ambiguous:
        yield Query(name, name, "name")
    for line in entry.brand.lines:
        yield Query(f"{name} {line.name}", name, "line")
    for spelling in entry.brand.spellings:
        yield Query(spelling, name, "spelling")
    for written in disguises(name):
        yield Query(written, name, "disguise")
    for word in admitting(languages):
        yield Query(f"{name} {word}", name, "admitting")


def disguises(name: str) -> Iterator[str]:
    """Spellings under which sellers hide a name from its holder's search: ``V3lmora``, ``Vel mora``, ``V3lm0r4``."""
    low = name.casefold()
    if len(low) < 5 or not low.isascii():
        return
    for letter in "eoai":
        if letter in low:
            yield name.replace(letter, letter.translate(LEET), 1)
    yield low.translate(LEET)
    middle = len(name) // 2
    yield f"{name[:middle]} {name[middle:]}"
    yield " ".join(name)
    yield f"{name[:-1]}*"


@cache
def admitting(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Words with which sellers of these languages admit that something is a copy."""
    lists = {file.language: file for file in lexicon.load().files if isinstance(file, Wording)}
    found = [word for language in languages if (own := lists.get(language))
             for kind in (own.replica, own.quality) for word in kind[:ADMITTING_WORDS]]  # fmt: skip
    return tuple(dict.fromkeys(found))


def yielded(offers: list[Offer]) -> dict[str, int]:
    """What a page is worth: seller → offers with strong grounds. That nobody authorised a sale alone is none."""
    counted: dict[str, int] = {}
    for offer in offers:
        if strength(offer.flags) >= SUSPICIOUS:
            counted[offer.storefront] = counted.get(offer.storefront, 0) + 1
    return counted


def ranked(candidates: list[Query], known: Mapping[str, tuple[float, float]]) -> list[Query]:
    """The queries by suspicious offers a look; what nobody made yet stands at the prior, in its given order."""

    def worth(query: Query) -> float:
        found, looks = known.get(digest(query.words), (0.0, 0.0))
        return (found + PRIOR[0]) / (looks + PRIOR[1])

    return sorted(candidates, key=worth, reverse=True)


def digest(words: str) -> str:
    """The name of a query in Redis: its words are a person's, and may be long."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:24]


class Memory:
    """What all workers and runs know of a marketplace's queries: when each was last made, and what it yielded."""

    def __init__(self, redis: Redis, prefix: str, profile: str, window: float) -> None:
        self.redis, self.window = redis, window
        self.base = f"{{{prefix}:queries:{profile}}}"

    async def known(self) -> dict[str, tuple[float, float]]:
        """Digest → suspicious offers and result pages of all earlier runs."""
        found, looks = await self.redis.hgetall(f"{self.base}:found"), await self.redis.hgetall(f"{self.base}:looks")
        return {_text(name): (float(found.get(name, 0)), float(count)) for name, count in looks.items()}

    async def due(self, candidates: list[Query]) -> list[Query]:
        """Those that were not made within the window."""
        if not candidates:
            return []
        keys = [f"{self.base}:made:{digest(query.words)}" for query in candidates]
        made = await self.redis.mget(keys)
        return [query for query, at in zip(candidates, made, strict=True) if at is None]

    async def made(self, words: str) -> None:
        """A query was answered: not again within the window."""
        await self.redis.set(f"{self.base}:made:{digest(words)}", b"1", ex=max(1, int(self.window)))

    async def credit(self, words: str, found: Mapping[str, int], looks: int = 1) -> None:
        """A page was stored: suspicious offers by seller, of whom each counts ``PER_SELLER`` at most over all pages of
        these words; ``looks`` is 1 for a page of results, 0 for the page of an item that stood there."""
        name, new = digest(words), 0
        async with self.redis.pipeline(transaction=True) as pipe:
            for seller, count in found.items():
                pipe.hincrby(f"{self.base}:of:{name}", hashlib.sha256(seller.encode()).hexdigest()[:12], count)
            pipe.expire(f"{self.base}:of:{name}", SELLERS_KEPT)
            totals = (await pipe.execute())[: len(found)]
        for count, total in zip(found.values(), totals, strict=True):
            new += min(PER_SELLER, total) - min(PER_SELLER, total - count)
        async with self.redis.pipeline(transaction=True) as pipe:
            pipe.hincrby(f"{self.base}:found", name, new)
            pipe.hincrby(f"{self.base}:looks", name, looks)
            await pipe.execute()


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name
