"""A run as a whole: its name, and what only Redis knows of it until its end cleans up."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.frontier.worker import Worker


class Run:
    """From the first worker's start to the exact end; a run that was stopped keeps its name when it goes on."""

    def __init__(self, worker: Worker) -> None:
        self._redis: Any = worker.server.redis
        self._places = [f"{shard.tag}:{shard.frontier}" for shard in worker.shards]
        self._key = f"{self._places[0]}:run"

    async def name(self) -> str:
        """The run's name, the same for all workers: the time of its start and some letters."""
        new = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{uuid.uuid4().hex[:6]}"
        await self._redis.set(self._key, new, nx=True)
        return str((await self._redis.get(self._key) or new.encode()).decode())

    async def end(self, name: str) -> None:
        """The run is over: the next worker begins another."""
        if await self._redis.get(self._key) == name.encode():
            await self._redis.delete(self._key)

    async def spent(self, sites: Sequence[str]) -> list[int]:
        """Pages spent of the budgets of these storefronts."""
        totals = [0] * len(sites)
        for place in self._places:
            found = await self._redis.hmget(f"{place}:b", sites) if sites else []
            totals = [total + int(pages or 0) for total, pages in zip(totals, found, strict=True)]
        return totals

    async def blocked(self) -> dict[str, str]:
        """Host and port → why it ended for this run."""
        found: dict[str, str] = {}
        for place in self._places:
            raw = await self._redis.hgetall(f"{place}:blocked")
            found |= {host.decode(): why.decode("utf-8", "replace") for host, why in raw.items()}
        return found

    async def cut(self, pages: int) -> bool:
        """Whether pages were dropped because the run had spent its own budget of ``pages``; 0: it has none."""
        return pages > 0 and (await self.spent([""]))[0] > pages
