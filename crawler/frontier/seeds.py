"""From the list of seeds in Redis into the frontier, losing none: look, push, and only then remove.

Two workers may do the same at once: the second push finds the address seen, the second removal finds nothing.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawler.frontier.ranked import GLANCED, Ranked

if TYPE_CHECKING:
    from crawler.frontier.scheduler import Scheduler

logger = logging.getLogger(__name__)

AT_ONCE = 100  # seeds per look
LONGEST = 10_000  # bytes of one seed; what is longer is no seed
SEED_META = ("case", "source")


def seed_request(text: str) -> Request:
    """The request of a seed: an address, or ``{"url": …, "priority": …, "case": …, "source": …, "meta": {…}}``.

    ``ValueError`` says what is wrong with it.
    """
    seed: Any = json.loads(text) if text.lstrip().startswith("{") else {"url": text.strip()}
    url, priority, meta = seed.get("url"), seed.get("priority", 0), seed.get("meta") or {}
    if not isinstance(url, str) or not isinstance(priority, int) or not isinstance(meta, dict):
        raise ValueError("a seed has a url, and may have a priority (a number) and meta (an object)")
    meta = {**meta, **{name: seed[name] for name in SEED_META if seed.get(name)}}
    if not url.startswith(("http://", "https://")):
        raise ValueError("not a web address")
    return Request(url, priority=priority, meta=meta)


class Seeds:
    """The seed list of one spider, under the name that scrapy-redis gives it."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        settings, spider = scheduler.settings, scheduler.spider
        pattern = getattr(spider, "redis_key", None) or settings.get("REDIS_START_URLS_KEY") or "%(name)s:start_urls"
        self.key = pattern % {"name": spider.name}
        self.ranked = Ranked(scheduler.server.redis, scheduler.options.prefix, spider.name)
        self.budget = settings.getint("DISCOVERY_BUDGET")
        self.at_once = settings.getint("DISCOVERY_AT_ONCE") or 16
        self.waiting = True
        """Whether the list held anything when it was last looked at; unknown counts as yes."""

    async def top_up(self) -> None:
        """Move up to ``AT_ONCE`` seeds into the frontier; a seed that is none is put aside and counted."""
        redis = self.scheduler.server.redis
        await self._release()
        found: list[Any] = await redis.lrange(self.key, 0, AT_ONCE - 1)
        self.waiting = bool(found) or await self.ranks_wait()
        if not found:
            return
        bad = [raw for raw in found if not self._push(raw)]
        await self.scheduler.worker.round()  # durable in the frontier before it leaves the list
        async with redis.pipeline(transaction=True) as pipe:
            for raw in found:
                pipe.lrem(self.key, 1, raw)
            for raw in bad:
                pipe.rpush(f"{self.key}:rejected", raw[:LONGEST])
                pipe.ltrim(f"{self.key}:rejected", -1000, -1)
            await pipe.execute()

    async def _release(self) -> None:
        """Take the best of those that were pointed to, while the frontier has few hosts and the budget is left."""
        if self.budget <= 0:
            return
        hosts = len(self.scheduler.worker.lines)
        for shard in self.scheduler.worker.shards:
            for band in range(3):
                hosts += int(await shard.redis.zcard(f"{shard.tag}:{shard.frontier}:r{band}"))
        if hosts < self.at_once:
            released = await self.ranked.release(self.key, self.at_once - hosts, self.budget)
            self.scheduler.stats.inc_value("discovery/released", released)

    async def ranks_wait(self) -> bool:
        """Whether one that was pointed to is still to be crawled in this run."""
        return self.budget > 0 and await self.ranked.left(self.budget) > 0

    def _push(self, raw: bytes) -> bool:
        scheduler = self.scheduler
        try:
            if len(raw) > LONGEST:
                raise ValueError("too long for a seed")
            request = seed_request(raw.decode())
            if adapt := getattr(scheduler.spider, "adapt", None):  # an interface instead of the page a person named
                request = adapt(request)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            scheduler.stats.inc_value("seeds/rejected")
            logger.error("no seed: %s: %s", ascii(raw[:100]), error)
            return False
        request.dont_filter = scheduler.settings.getbool("SCHEDULER_PERSIST") or GLANCED in request.meta
        scheduler.inbox.recent.forget_one(request.url)  # after a failed move Redis decides, not our memory
        scheduler.enqueue_request(request)
        scheduler.stats.inc_value("seeds/taken")
        return True
