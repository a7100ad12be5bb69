"""Waiting out a database that restarts or fails over, and giving up in time to say so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pymongo.errors import (
    AutoReconnect,
    ConnectionFailure,
    PyMongoError,
    WaitQueueTimeoutError,
    WTimeoutError,
)

from crawler.errors import ServerUnavailable
from crawler.store.database import brief

Result = TypeVar("Result")

PATIENCE = 60.0  # seconds: an election takes up to 12, a crashed mongod that replays its journal about 30
FIRST_PAUSE = 0.1  # seconds; doubles
LONGEST_PAUSE = 3.0  # seconds
TRANSIENT = (AutoReconnect, ConnectionFailure, WaitQueueTimeoutError, WTimeoutError)


def transient(error: PyMongoError) -> bool:
    """Whether the same call may succeed later: the server went away, is electing, or asks for a retry."""
    return isinstance(error, TRANSIENT) or error.has_error_label("RetryableWriteError")


async def patiently(call: Callable[[], Awaitable[Result]], patience: float = PATIENCE) -> Result:
    """Await ``call()`` again while the server is away, for about ``patience`` seconds; it must be safe to repeat.

    Raises:
        ServerUnavailable: the server stayed away; what was to be written is not durable.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    pause = FIRST_PAUSE
    while True:
        try:
            return await call()
        except PyMongoError as error:
            if not transient(error):
                raise
            if loop.time() + pause > end:
                raise ServerUnavailable(f"MongoDB stayed away for {patience:.0f} s: {brief(error)}") from error
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
