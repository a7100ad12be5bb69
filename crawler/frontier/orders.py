"""What operators order at run time, and how a worker reads it: stop, pause, do not crawl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Orders:
    """The orders of a shard as they were last read."""

    stop: str = ""
    """Why everything stops; empty: it does not."""
    paused: frozenset[str] = frozenset()
    do_not_crawl: frozenset[str] = frozenset()
    """Host names without a port; a name covers all below it."""
    stopped_cases: frozenset[bytes] = frozenset()

    def forbid(self, host: str) -> str:
        """Why nothing may begin at ``host:port`` now; empty if it may."""
        if host in self.paused:
            return "paused"
        name = host.rsplit(":", 1)[0]
        while self.do_not_crawl and name:
            if name in self.do_not_crawl:
                return "do_not_crawl"
            name = name.partition(".")[2]
        return ""

    def stops(self, entry: bytes) -> bool:
        """Whether an entry belongs to a stopped case."""
        if not self.stopped_cases:
            return False
        parts = entry.split(b"\0", 2)
        return len(parts) == 3 and parts[1] in self.stopped_cases


async def read_orders(redis: Any, tag: str) -> Orders:
    """The orders of a shard."""
    async with redis.pipeline(transaction=True) as pipe:
        pipe.get(f"{tag}:stop")
        pipe.smembers(f"{tag}:paused")
        pipe.smembers(f"{tag}:dnc")
        pipe.hkeys(f"{tag}:stopped")
        stop, paused, forbidden, cases = await pipe.execute()
    return Orders(
        stop=(stop or b"").decode("utf-8", "replace"),
        paused=frozenset(host.decode() for host in paused),
        do_not_crawl=frozenset(host.decode() for host in forbidden),
        stopped_cases=frozenset(cases),
    )
