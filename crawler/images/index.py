"""Which storefronts show one picture: hashes in Redis, shared by all workers.

A 256-bit hash is cut into 16 bands; two hashes that differ in at most 15 bits have a band in common, those that differ
in a few more nearly always. Per picture and storefront about 2.5 kB for 56 days; how many there are is bounded by
``IMAGES_PER_STOREFRONT``.
"""

from __future__ import annotations

import hashlib
from importlib import resources

import orjson
from redis.asyncio import Redis

from crawler.images.fingerprint import Fingerprint, bits

BANDS = 16
BYTES = 32  # of a hash
SAME = 24
"""Bits of 256 in which one picture differs from itself after resizing and recompression; other pictures differ in
about 128, the nearest pair of thousands in 38."""
MOST_PER_BAND = 256  # members
KEPT_SECONDS = 56 * 24 * 3600  # as long as market votes
SCRIPT = (resources.files("crawler.images") / "index.lua").read_text("utf-8")


class Index:
    """Pictures seen anywhere, budgets of storefronts, and fingerprints of addresses looked at before."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self.redis = redis
        self.tag = f"{{{prefix}:images}}"
        self._script = redis.register_script(SCRIPT)

    async def others(self, storefront: str, picture: Fingerprint) -> int:
        """Record that ``storefront`` shows the picture; return how many other storefronts were seen with it."""
        owner = _digest(storefront)
        keys = [*self._bands(picture.phash), *self._bands(picture.mirrored)]
        member = picture.phash.to_bytes(BYTES, "big") + owner
        near = await self._script(keys=keys, args=[member, MOST_PER_BAND, KEPT_SECONDS])
        owners = {
            other[BYTES:] for other in near if bits(picture, int.from_bytes(other[:BYTES], "big")) <= SAME
        }  # fmt: skip
        return len(owners - {owner})

    async def spend(self, storefront: str, budget: int) -> bool:
        """Take one picture from the storefront's budget, shared by all workers; False when nothing is left of it."""
        key = f"{self.tag}:budget:{_digest(storefront).hex()}"
        pipe = self.redis.pipeline()
        pipe.set(key, 0, ex=KEPT_SECONDS, nx=True)
        pipe.incr(key)
        _, count = await pipe.execute()
        return int(count) <= budget

    async def known(self, url: str) -> Fingerprint | None:
        """Return the fingerprint of an address that was looked at before."""
        packed = await self.redis.get(self._address(url))
        if not packed:
            return None
        hashes, rest = orjson.loads(packed)
        one, two, three, four = (int(text, 16) for text in hashes)
        return Fingerprint(one, two, three, four, *rest)

    async def remember(self, url: str, picture: Fingerprint) -> None:
        """Keep the fingerprint of an address, so that it is not fetched again."""
        hashes = [f"{one:x}" for one in (picture.phash, picture.mirrored, picture.whole, picture.whole_mirrored)]
        values = [hashes, [picture.sha256, picture.width, picture.height]]
        await self.redis.set(self._address(url), orjson.dumps(values), ex=KEPT_SECONDS)

    def _address(self, url: str) -> str:
        return f"{self.tag}:url:{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"

    def _bands(self, phash: int) -> list[str]:
        text = phash.to_bytes(BYTES, "big").hex()
        size = len(text) // BANDS
        return [f"{self.tag}:{k:x}:{text[k * size : (k + 1) * size]}" for k in range(BANDS)]


def _digest(storefront: str) -> bytes:
    return hashlib.sha256(storefront.encode("utf-8", "surrogatepass")).digest()[:8]
