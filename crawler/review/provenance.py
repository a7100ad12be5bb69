"""The chain of pointers from the first seed to a storefront."""

from __future__ import annotations

from typing import Any

from pymongo.database import Database

from crawler.items import storefront_key_of
from crawler.store import queries
from crawler.store.database import Document

LONGEST = 20  # steps; discovery goes three deep, and chains of several runs may join


def chain(store: Database[Document], key: str) -> list[Document]:
    """The pointers from the first seed to ``key``, in that order; empty when an operator named it, or nobody did.

    Of several that point to the same storefront the first one counts; a ring ends where it began.
    """
    found: list[Document] = []
    seen = {key}
    while len(found) < LONGEST:
        before = next(
            (one for one in queries.pointers_to(store, key) if storefront_key_of(one["source"]) not in seen), None
        )
        if before is None:
            break
        found.append(before)
        key = storefront_key_of(before["source"])
        seen.add(key)
    return found[::-1]


def others(store: Database[Document], key: str, shown: list[Document]) -> list[Document]:
    """Who else pointed to it."""
    first: Any = shown[-1]["_id"] if shown else None
    return [one for one in queries.pointers_to(store, key) if one["_id"] != first]
