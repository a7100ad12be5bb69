"""The further addresses of products: kept in Redis until the first is had, for whichever worker finds that it is not.

Two sets of a shop and run: ``KEY`` holds ``NAME NUL ADDRESS`` for each further address and ``NAME NUL`` once all of a
product were tried; ``KEY:tried`` the addresses that could not be had. Each step may be repeated: a worker that is
killed in between leaves the page that failed with the frontier, and who fetches it comes to the same address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from redis import exceptions

from crawler.retry import Result, until_served

if TYPE_CHECKING:
    from redis.asyncio import Redis

IDLE_SECONDS = 7 * 24 * 3600  # a shop that nobody asked for in a week starts anew
PASSES = (exceptions.ConnectionError, exceptions.TimeoutError, exceptions.OutOfMemoryError, OSError)
PATIENCE = 30.0  # seconds in which it is tried again while Redis is away or full


class Others:
    """The further addresses of one shop's products."""

    def __init__(self, redis: Redis, key: str) -> None:
        self.redis, self.key = redis, key

    async def keep(self, others: Iterable[tuple[str, str]]) -> list[str]:
        """Keep (name of a product, further address) pairs; the addresses whose product had all been tried before."""
        pairs = [(_name(name), url) for name, url in others]

        async def once() -> list[str]:
            pipe = self.redis.pipeline(transaction=False)
            pipe.zadd(self.key, dict.fromkeys((f"{name}\0{url}" for name, url in pairs), 0))
            pipe.expire(self.key, IDLE_SECONDS)
            for name, _ in pairs:  # asked after it was added: see ``after``
                pipe.zscore(self.key, f"{name}\0")
            _, _, *ended = await pipe.execute()
            return [url for (_, url), end in zip(pairs, ended, strict=True) if end is not None]

        return await patiently(once)

    async def after(self, name: str, failed: str) -> str | None:
        """The address to try when this one could not be had; None when there is no other."""
        name = _name(name)

        async def once() -> str | None:
            await self.redis.sadd(f"{self.key}:tried", failed)
            await self.redis.expire(f"{self.key}:tried", IDLE_SECONDS)
            other = await self._next(name)
            if other is None:
                await self.redis.zadd(self.key, {f"{name}\0": 0})
                await self.redis.expire(self.key, IDLE_SECONDS)
                other = await self._next(name)  # added between the look and the note
            return other

        return await patiently(once)

    async def _next(self, name: str) -> str | None:
        members = await self.redis.zrangebylex(self.key, f"[{name}\0", f"({name}\1")
        texts = [member.decode("utf-8", "replace") if isinstance(member, bytes) else member for member in members]
        urls = [url for text in texts if (url := text.partition("\0")[2])]
        tried = await self.redis.smismember(f"{self.key}:tried", urls) if urls else []
        return next((url for url, was in zip(urls, tried, strict=True) if not was), None)


def _name(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


async def patiently(once: Callable[[], Awaitable[Result]]) -> Result:
    """Try again while Redis is away or full; raised after half a minute it sends the page back into the frontier."""
    return await until_served(once, lambda error: isinstance(error, PASSES), PATIENCE)
