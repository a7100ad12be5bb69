"""What operators do with a frontier: look, pause, stop, forbid, retry, purge. Synchronous, for commands.

Nothing here uses ``KEYS`` or holds Redis for long: what may be large is walked with cursors, a thousand at a time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgpack

from crawler.frontier.shard import script
from crawler.frontier.status import STEP, Look, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

BANDS = ("high", "normal", "low")


class Control:
    """The operator's hand on one spider's frontier, over all its shards."""

    def __init__(self, redis: Redis, frontier: str, *, prefix: str = "touchstone", shards: int = 1) -> None:
        self.redis: Any = redis  # redis-py's types do not tell the synchronous client from the other
        self.frontier = frontier
        self.tags = [f"{{{prefix}:{n}}}" for n in range(shards)]

    # --- looking ------------------------------------------------------------------------------------------------
    def status(self, most_hosts: int = 20) -> Status:
        """How things stand; the ``most_hosts`` hosts whose turn is next or that are leased longest, in detail."""
        status = Status()
        for tag in self.tags:
            Look(self.redis, self.frontier, tag, status).take(most_hosts)
        status.hosts = status.hosts[:most_hosts]
        return status

    # --- orders -------------------------------------------------------------------------------------------------
    def _order(self, *commands: tuple[Any, ...]) -> None:
        """Write an order to every shard, and tell all workers that there is one: they look at least twice a second."""
        for tag in self.tags:
            with self.redis.pipeline(transaction=True) as pipe:
                for name, key, *values in commands:
                    pipe.execute_command(name, f"{tag}:{key}", *values)
                pipe.incr(f"{tag}:control")
                pipe.execute()

    def stop(self, reason: str = "stopped") -> None:
        """End every worker's fetching, of all spiders; workers close, and none starts before ``resume``."""
        self._order(("SET", "stop", reason or "stopped"))

    def stop_case(self, case: str, reason: str = "") -> None:
        """End the fetching for one case; its pages are parked and come back with ``resume_case``."""
        self._order(("HSET", "stopped", case, reason or str(int(time.time()))))

    def resume(self) -> None:
        """Let workers start again."""
        self._order(("DEL", "stop"))

    def resume_case(self, case: str) -> int:
        """Let a case go on; returns how many of its parked pages are queued again."""
        self._order(("HDEL", "stopped", case))
        return sum(self._until_done(tag, {"do": "unpark", "case": case}) for tag in self.tags)

    def pause(self, host: str) -> None:
        """Let a host rest until it is resumed; the run does not end meanwhile."""
        self._order(("SADD", "paused", host))
        for tag in self.tags:
            self._call(tag, {"do": "pause", "host": host})

    def unpause(self, host: str) -> None:
        """Let a paused host go on."""
        self._order(("SREM", "paused", host))
        for tag in self.tags:
            self._call(tag, {"do": "unpause", "host": host})

    def forbid(self, name: str) -> None:
        """Put a host name, and all names below it, on the do-not-crawl list: what is queued there is dropped."""
        self._order(("SADD", "dnc", name.lower().rstrip(".")))

    def allow(self, name: str) -> None:
        """Take a host name off the do-not-crawl list."""
        self._order(("SREM", "dnc", name.lower().rstrip(".")))

    # --- dead letters -------------------------------------------------------------------------------------------
    def dead_letters(self, most: int = 100) -> Iterator[dict[str, Any]]:
        """Host, reason, time (seconds since 1970) and address of pages that failed for good, oldest first."""
        from crawler.frontier.entry import lengthen

        for tag in self.tags:
            letters: Any = self.redis.lrange(f"{tag}:{self.frontier}:dead", 0, most - 1)
            for raw in letters:
                try:
                    host, reason, at, entry = msgpack.unpackb(raw, raw=True)
                    address = msgpack.unpackb(entry.split(b"\0", 2)[2])[0]
                    url = lengthen(address, host.decode())
                except Exception:
                    yield {"host": "", "reason": "unreadable", "at": 0.0, "url": ascii(raw[:80])}
                    continue
                yield {"host": host.decode(), "reason": reason.decode("utf-8", "replace"), "at": at / 1000, "url": url}

    def retry_dead(self, host: str = "") -> int:
        """Queue dead letters again, with their attempts forgotten; all, or those of one host. Returns how many."""
        return sum(self._until_done(tag, {"do": "retry", "host": host}) for tag in self.tags)

    def purge(self) -> int:
        """Remove everything of this frontier but its hosts' clocks and the orders; returns how many keys."""
        removed = 0
        for tag in self.tags:
            pattern = f"{tag}:{self.frontier}:*".replace("[", r"\[").replace("*", "*")
            batch: list[bytes] = []
            for key in self.redis.scan_iter(match=pattern, count=STEP):
                batch.append(key)
                if len(batch) >= STEP:
                    removed += int(self.redis.unlink(*batch))
                    batch = []
            if batch:
                removed += int(self.redis.unlink(*batch))
        return removed

    def _until_done(self, tag: str, arguments: dict[str, Any]) -> int:
        """Call a bounded script until it says that it has looked at everything; sums what it moved."""
        moved, left = 0, int(self._call(tag, {**arguments, "do": "length", "of": arguments["do"]})[0])
        while left > 0:
            looked, done = self._call(tag, {**arguments, "most": min(left, 200)})
            moved, left = moved + int(done), left - max(1, int(looked))
        return moved

    def _call(self, tag: str, arguments: dict[str, Any]) -> Any:
        run = self.redis.register_script(script("control"))
        packed = msgpack.packb(arguments, use_bin_type=False)
        return run(keys=[tag], args=[self.frontier, "", packed])
