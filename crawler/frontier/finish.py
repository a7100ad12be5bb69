"""The exact end of a run, and a worker's leave."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.frontier.scheduler import Scheduler

logger = logging.getLogger(__name__)

BUCKETS, CHUNK = 2048, 512  # of the first generation, as in exchange.lua; keys per UNLINK: about 0.1 ms
FINISHED = "finished"


class Finish:
    """Says when nothing is queued, leased or delayed in any shard, no seed waits and nothing is under way here."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.keep_waiting = scheduler.settings.getbool("FRONTIER_KEEP_WAITING")
        self.persist = scheduler.settings.getbool("SCHEDULER_PERSIST")
        self.over = False
        self.before_cleaning: Callable[[], Awaitable[None]] | None = None
        """Awaited by a leaving worker while Redis still knows the run's budgets and blocked hosts."""
        self._asking: asyncio.Task[None] | None = None

    def nothing_left(self) -> bool:
        """What this worker knows of the end, from its last exchange with each shard."""
        s = self.scheduler
        if s.settling.leased or s.worker.busy() or s.seeds.waiting or not s.open_for_work:
            return False
        return all(t and t["queued"] <= 0 and t["leased"] <= 0 for t in s.worker.totals)

    def check(self) -> None:
        """Called after every exchange: ask the shards to end the run when it looks like it."""
        if self.over or self.keep_waiting or self._asking or not self.nothing_left():
            return
        if self.scheduler.crawler.engine._start is not None:
            return  # start() still brings requests
        self._asking = asyncio.ensure_future(self._ask())

    def ended_without_us(self) -> None:
        """Others ended the run while this worker was away: it has ended for this one too, unless it is to wait."""
        if self.keep_waiting:
            return
        worker = self.scheduler.worker
        self.over = worker.draining = worker.outlived = True
        self.scheduler._wake()

    async def _ask(self) -> None:
        worker = self.scheduler.worker
        try:
            for shard, totals in zip(worker.shards, worker.totals, strict=True):
                reply = await shard.finish({"pushed": totals["pushed"], "keep": True})
                if not reply[b"ended"]:
                    return
            self.over = not await self._late_seeds() and self.nothing_left()
        except (RedisError, OSError) as error:
            logger.warning("Redis does not serve (%s): the end is asked for again", error)
        finally:
            self._asking = None
            self.scheduler._wake()

    async def _late_seeds(self) -> bool:
        """Whether seeds came after the last look at their list."""
        seeds = self.scheduler.seeds
        listed = await self.scheduler.server.redis.llen(seeds.key)
        seeds.waiting = bool(listed) or await seeds.ranks_wait()
        return seeds.waiting

    async def leave(self, reason: str) -> None:
        """The last words of a worker: settle, give back, and after the run's end forget what it has seen."""
        worker = self.scheduler.worker
        await worker.leave()
        if self.over and not self.scheduler.stats.get_value("scheduler/dequeued/redis"):
            logger.warning("this worker found nothing to fetch: -a url=… or `scrapy seed FILE` queues something")
        if self.before_cleaning:
            await self.before_cleaning()
        if not self.over or worker.outlived:  # then another run may have begun
            logger.info("left the frontier (%s)", reason)
            return
        await self.scheduler.seeds.ranked.end_run()
        for shard, totals in zip(worker.shards, worker.totals, strict=True):
            if not self.persist:
                await shard.finish({"pushed": totals.get("pushed", 0), "keep": False})
                await self._clean(shard.redis, f"{shard.tag}:{shard.frontier}")
        logger.info("left the frontier (%s)", reason)

    @staticmethod
    async def _clean(redis: object, prefix: str) -> None:
        """Remove the buckets of ended runs; whoever is killed in the middle leaves the rest to the next."""
        while old := await redis.lindex(f"{prefix}:old", 0):  # type: ignore[attr-defined]
            epoch, last = old.decode().split(":")
            for generation in range(int(last) + 1):
                size = BUCKETS * 2**generation
                for start in range(0, size, CHUNK):
                    keys = [f"{prefix}:s{epoch}:{generation}:{n}" for n in range(start, min(size, start + CHUNK))]
                    await redis.unlink(*keys)  # type: ignore[attr-defined]
            await redis.lrem(f"{prefix}:old", 1, old)  # type: ignore[attr-defined]
