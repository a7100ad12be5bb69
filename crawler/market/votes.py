"""Votes on prices in Redis, where all workers share them: core types and one script (decisions/market-references.md).

Per product and epoch one hash: digest of the storefront → price step. Memory is bounded: ``MOST_OWNERS`` votes of
about 30 bytes per product and epoch, and an epoch's votes expire when the next but one has begun.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from redis.asyncio import Redis

from crawler.indicators.references import Product, Reference, reference

EPOCH = 28 * 24 * 3600  # seconds; prices older than two epochs are no longer what the product costs
MOST_OWNERS = 512  # votes per product and epoch: the quarter of 512 is known to within two per cent of the votes
SNAPSHOT_SECONDS = 400 * 24 * 3600  # how long a reference that a flag rests on can be looked up by its version
SCRIPT = (resources.files("crawler.market") / "votes.lua").read_text("utf-8")


class Market:
    """Exchanges the prices of a page for the references that its offers are compared with."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self.redis = redis
        self.prefix = prefix
        self._script = redis.register_script(SCRIPT)
        self._secret = b""

    async def exchange(
        self, storefront: str, seen: Mapping[Product, int], at: datetime, also: Iterable[Product] = ()
    ) -> dict[Product, Reference]:
        """Record what ``storefront`` asks for each product, and return what the *others* ask for it.

        Recording the same again changes nothing.

        :param seen: product → price step of the highest price that the page shows for it.
        :param also: products to look up without a vote.
        Raises:
            redis.exceptions.RedisError: the server cannot be reached; nothing of it was needed to go on.
        """
        owner = owner_digest(storefront, await self.secret())
        wanted: dict[Product, int | None] = {**dict.fromkeys(also), **seen}
        pipe = self.redis.pipeline(transaction=False)
        for product, step in wanted.items():
            keys = [self._key(product, epoch_of(at) - back) for back in (0, 1)]
            voter = "" if step is None else owner
            await self._script(keys=keys, args=[voter, step or 0, MOST_OWNERS, 2 * EPOCH], client=pipe)
        answers = await pipe.execute() if wanted else []
        return {
            product: reference(product, _others(answer, owner)) for product, answer in zip(wanted, answers, strict=True)
        }

    async def secret(self) -> bytes:
        """Return what storefronts are digested with, made once for all workers that share this Redis.

        Without it, names whose digests are small could be sought at home, and crowd honest votes out of the sample.
        """
        if not self._secret:
            key = f"{{{self.prefix}:market}}:secret"
            await self.redis.set(key, secrets.token_bytes(16), nx=True)
            stored = await self.redis.get(key)
            assert isinstance(stored, bytes)  # a secret that was just set
            self._secret = stored
        return self._secret

    async def keep(self, used: Iterable[Reference]) -> None:
        """Keep references that flags rest on, so that their versions can be looked up for a year."""
        pipe = self.redis.pipeline(transaction=False)
        for item in used:
            pipe.set(self._snapshot(item.product.key, item.version), _packed(item), nx=True, ex=SNAPSHOT_SECONDS)
        await pipe.execute()

    async def kept(self, product: Product, version: str) -> Reference | None:
        """Return the reference of that version, None when it is unknown or was kept too long ago."""
        packed = await self.redis.get(self._snapshot(product.key, version))
        found = reference(product, json.loads(packed)["steps"]) if packed else None
        return found if found and found.version == version else None

    def _key(self, product: Product, epoch: int) -> str:
        return f"{{{self.prefix}:market:{product.key}}}:{epoch}"

    def _snapshot(self, product: str, version: str) -> str:
        return f"{{{self.prefix}:market:{product}}}:version:{version}"


def epoch_of(at: datetime) -> int:
    """Return the number of the epoch that ``at`` lies in."""
    return int(at.astimezone(UTC).timestamp()) // EPOCH


def owner_digest(storefront: str, secret: bytes) -> str:
    """Return a name of fixed size for a storefront, whatever characters its key has, that nobody outside can choose."""
    return hashlib.blake2b(storefront.encode("utf-8", "surrogatepass"), key=secret, digest_size=8).hexdigest()


def _others(answer: Any, owner: str) -> list[int]:
    """The newest vote of each storefront but ``owner``; the same storefronts by the same rule as the script's limit."""
    now, before = (dict(zip(flat[::2], flat[1::2], strict=True)) for flat in answer)
    votes = {**before, **now}
    votes.pop(owner.encode(), None)
    return [int(votes[name]) for name in sorted(votes)[:MOST_OWNERS]]


def _packed(item: Reference) -> bytes:
    return json.dumps({"product": item.product.__dict__, "steps": item.steps}).encode()
