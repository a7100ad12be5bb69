"""Waiting out a database that restarts or fails over, and giving up in time to say so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConnectionFailure,
    OperationFailure,
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
# What a server says while it shuts down, steps down, or is short of time; from the error table of the server's docs.
TRANSIENT_CODES = frozenset({6, 7, 50, 64, 89, 91, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436})
TRANSIENT = (AutoReconnect, ConnectionFailure, WaitQueueTimeoutError, WTimeoutError)


def transient(error: PyMongoError) -> bool:
    """Whether the same call may succeed later: the server went away, is electing, or asks for a retry."""
    if isinstance(error, TRANSIENT) or error.has_error_label("RetryableWriteError"):
        return True
    if isinstance(error, BulkWriteError) and error.details:
        return bool(error.details["writeConcernErrors"]) or all(
            item["code"] in TRANSIENT_CODES for item in error.details["writeErrors"]
        )
    return isinstance(error, OperationFailure) and error.code in TRANSIENT_CODES


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
