"""One shard of the frontier: numbered exchanges with its scripts, safe to repeat after a lost reply."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgpack
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from crawler.errors import ServerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds between attempts while Redis does not answer
AWAY = (RedisConnectionError, RedisTimeoutError, OutOfMemoryError, ReadOnlyError, OSError)
WAIT_FOR = ("OOM", "MISCONF", "LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "UNKILLABLE")
"""Error replies that pass: memory full, disk full, loading its log, a slow script, a failover."""


def script(name: str) -> str:
    """The text of a script with the common part before it."""
    folder = files("crawler.frontier")
    return (folder / "core.lua").read_text("utf-8") + (folder / f"{name}.lua").read_text("utf-8")


def passes(error: Exception) -> bool:
    """Whether an error of Redis passes by itself, so that waiting is right and giving up is wrong."""
    text = str(error)
    return isinstance(error, AWAY) or any(word in text[:200] for word in WAIT_FOR)


class Shard:
    """The scripts of one shard, called with a worker's identity and a call number."""

    def __init__(self, redis: Redis, tag: str, frontier: str, *, clock_ms: str = "") -> None:
        self.redis, self.tag, self.frontier, self.clock_ms = redis, tag, frontier, clock_ms
        self.worker = uuid.uuid4().hex[:16]
        self.number = 0
        self.confirmed_at = float("-inf")
        """Monotonic time at which the last exchange that succeeded was sent: until a little later all leases hold."""
        self.control = -1
        """The number of the operator's orders that this worker knows."""
        self.run_id = ""
        """The server process that our leases were last checked against."""
        self._unsure = True
        self.trips = 0
        self._exchange = redis.register_script(script("exchange"))
        self._finish = redis.register_script(script("finish"))

    def renew_identity(self) -> None:
        """Begin anew under another name: what the old one held belongs to others now."""
        self.worker, self.number = uuid.uuid4().hex[:16], 0

    async def run(self, lua: Any, arguments: dict[str, Any]) -> dict[bytes, Any]:
        """Call a script of this shard with msgpack in and out."""
        packed = msgpack.packb(arguments, use_bin_type=False)
        self.trips += 1
        reply = await lua(keys=[self.tag], args=[self.frontier, self.clock_ms, packed])
        return msgpack.unpackb(reply, raw=True, strict_map_key=False)  # type: ignore[no-any-return]

    async def exchange(self, arguments: Callable[[], dict[str, Any]]) -> dict[bytes, Any]:
        """An exchange that is repeated, under one number, until Redis has answered.

        ``arguments`` is asked anew before each attempt, when the connection stands: it names the server that answers.
        """
        self.number += 1

        async def once() -> dict[bytes, Any]:
            if self._unsure:
                await self.redis.ping()
            reply = await self.run(self._exchange, {**arguments(), "w": self.worker, "n": self.number})
            self._unsure = False
            if reply[b"status"] == b"full":
                logger.warning("Redis' memory is full: pushes wait, nothing is lost")
            return reply

        return await self.persist(once)

    async def finish(self, only_if: dict[str, Any]) -> dict[bytes, Any]:
        """End the run if nothing is left of it (see finish.lua)."""
        return await self.persist(lambda: self.run(self._finish, only_if))

    async def persist(self, attempt: Any) -> dict[bytes, Any]:
        """Repeat ``attempt`` while Redis is away or full, with growing pauses; other errors are raised."""
        pause = FIRST_PAUSE
        while True:
            sent = time.monotonic()
            try:
                reply: dict[bytes, Any] = await attempt()
            except (RedisError, OSError) as error:
                if isinstance(error, ResponseError) and not passes(error):
                    raise ServerUnavailable(f"Redis refuses the frontier's script: {error}") from error
                if pause == FIRST_PAUSE:
                    logger.warning("Redis does not serve (%s); waiting, nothing is lost", error)
                self._unsure = True
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                self.confirmed_at = sent
                return reply
