"""What has been seen: fingerprints of addresses, and a local memory of those that need no question to Redis."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from w3lib.url import canonicalize_url

LOCAL_LINKS = 400_000  # addresses a worker remembers, as 64-bit hashes: about 30 MB whatever their length


class Fingerprint(NamedTuple):
    """64 bits of an address: ``high`` chooses the bucket in Redis, ``low`` (signed, so that it fits an intset's
    32 bits) is the member."""

    high: int
    low: int


def from_digest(digest: bytes) -> Fingerprint:
    """The first eight bytes of Scrapy's request fingerprint."""
    return Fingerprint(int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big", signed=True))


def of_url(url: str) -> Fingerprint:
    """The fingerprint of a plain GET, the same that Scrapy's default fingerprinter gives, without a Request."""
    text = f'{{"body": "", "headers": {{}}, "method": "GET", "url": {json.dumps(canonicalize_url(url))}}}'
    return from_digest(hashlib.sha1(text.encode(), usedforsecurity=False).digest())


class Recent:
    """A bounded memory of addresses: two dictionaries, the older one forgotten when the younger is full."""

    def __init__(self, size: int = LOCAL_LINKS) -> None:
        self._half = max(1, size // 2)
        self._young: set[int] = set()
        self._old: set[int] = set()

    def add(self, url: str) -> bool:
        """Remember an address; whether it was new."""
        key = hash(url)  # 64 bits, salted per process: a page cannot choose its collisions
        if key in self._young:
            return False
        known = key in self._old
        self._young.add(key)
        if len(self._young) >= self._half:
            self._old, self._young = self._young, set()
        return not known

    def forget_one(self, url: str) -> None:
        """An address of which Redis is to be asked again."""
        self._young.discard(hash(url))
        self._old.discard(hash(url))

    def forget(self) -> None:
        """Everything: Redis may have lost what we believe it knows."""
        self._young, self._old = set(), set()
