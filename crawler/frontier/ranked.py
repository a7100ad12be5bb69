"""Storefronts that were pointed to and wait: ranked, each once over all workers and runs, bounded in steps and number.

They move into the list of seeds when the frontier has few hosts: look, push, and only then remove, so that a worker
that dies in between repeats, and loses nothing.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis

AT_ONCE = 200  # of one script call: well under a millisecond each hundred
RANK, GLANCED = "rank", "glanced"
"""Keys of a seed's meta: the rank with which it was released; that its home page was looked at before."""
LOOKS = 3  # times the budget: first looks after which nobody is put back any more
OF_ONE = 200  # storefronts that one may point us to: a hostile page makes up names without end, and memory is shared


class Pointed(NamedTuple):
    """One storefront that another pointed to: its keys, how soon it is to be asked, and its seed as JSON."""

    source: str
    target: str
    rank: int
    seed: str


class Ranked:
    """Those that wait for one spider."""

    def __init__(self, redis: Redis, prefix: str, spider: str) -> None:
        self.redis: Any = redis
        self.base = f"{{{prefix}:discovered:{spider}}}"
        self._heat = redis.register_script(files("crawler.frontier").joinpath("heat.lua").read_text("utf-8"))
        self._add = redis.register_script(files("crawler.frontier").joinpath("ranked.lua").read_text("utf-8"))

    async def add(
        self, found: Sequence[Pointed], most_steps: int, *, ranked: bool = True, of_one: int = OF_ONE
    ) -> tuple[int, int, int]:
        """Add them; returns how many are new, were known, and are refused: further than ``most_steps`` from a seed, or
        more than ``of_one`` (0: any number) of one source."""
        total = [0, 0, 0]
        keys = [f"{self.base}:{name}" for name in ("known", "ranked", "seeds", "links", "glanced")]
        for start in range(0, len(found), AT_ONCE):
            arguments: list[Any] = [most_steps, of_one, int(ranked)]
            for one in found[start : start + AT_ONCE]:
                arguments += one
            reply = await self._add(keys=keys, args=arguments)
            total = [a + int(b) for a, b in zip(total, reply, strict=True)]
        return total[0], total[1], total[2]

    async def heat(self, seen: dict[str, tuple[int, int]], most: int) -> dict[str, int]:
        """Count what was seen of those who point, ``key → (points, offers)``; returns their heat up to now.

        An offer has up to 100 points. Whoever they pointed to and waits moves up or down with them. A page that is read
        again counts again: ranks order a queue, and are no evidence.
        """
        keys = [f"{self.base}:{name}" for name in ("heat", "ranked", "links")]
        arguments: list[Any] = [most]
        for key, (points, offers) in seen.items():
            arguments += [key, points, offers]
        reply = await self._heat(keys=keys, args=arguments) if seen else []
        return dict(zip(seen, map(int, reply), strict=True))

    async def best(self, count: int) -> list[tuple[str, float, bytes]]:
        """The first of those that wait: key, rank, seed."""
        rows = await self.redis.zrevrange(f"{self.base}:ranked", 0, count - 1, withscores=True) if count > 0 else []
        if not rows:
            return []
        seeds = await self.redis.hmget(f"{self.base}:seeds", [key for key, _ in rows])
        return [(key.decode(), rank, seed or b"") for (key, rank), seed in zip(rows, seeds, strict=True)]

    async def left(self, budget: int) -> int:
        """How many may still be crawled in this run."""
        spent = int(await self.redis.get(f"{self.base}:spent") or 0)
        return min(max(0, budget - spent), int(await self.redis.zcard(f"{self.base}:ranked")))

    async def release(self, list_key: str, room: int, budget: int) -> int:
        """Move the best into the list of seeds; returns how many."""
        taken = await self.best(min(room, await self.left(budget)))
        for key, rank, seed in taken:
            if seed:
                await self.redis.rpush(list_key, _with_rank(seed, rank))
            if await self.redis.zrem(f"{self.base}:ranked", key):
                await self.redis.incr(f"{self.base}:spent")
            await self.redis.hdel(f"{self.base}:seeds", key)
            await self.redis.srem(f"{self.base}:glanced", key)
        return len(taken)

    async def end_run(self) -> None:
        """The next run has a budget of its own."""
        await self.redis.delete(f"{self.base}:spent", f"{self.base}:looks")

    async def put_back(self, one: Pointed, budget: int) -> bool:
        """Let a storefront wait again that was only looked at: it does not count on the budget until it is read.

        False when nobody else waits, or after ``LOOKS`` times the budget of such looks: then it is read now.
        """
        if not await self.redis.zcard(f"{self.base}:ranked"):
            return False
        if int(await self.redis.get(f"{self.base}:looks") or 0) >= LOOKS * budget:
            return False
        async with self.redis.pipeline(transaction=True) as pipe:
            pipe.hset(f"{self.base}:seeds", one.target, one.seed)
            pipe.zadd(f"{self.base}:ranked", {one.target: one.rank})
            pipe.sadd(f"{self.base}:glanced", one.target)  # whoever points there once more does not lift it
            pipe.incr(f"{self.base}:looks")
            pipe.decr(f"{self.base}:spent")
            await pipe.execute()
        return True


def _with_rank(seed: bytes, rank: float) -> bytes:
    """The seed, and the rank with which its turn came."""
    said = json.loads(seed)
    said["meta"] = {**(said.get("meta") or {}), RANK: int(rank)}
    return json.dumps(said).encode()
