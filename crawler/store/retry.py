"""Waiting out a MongoDB that restarts or fails over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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
from crawler.retry import Result, until_served
from crawler.store.database import brief

PATIENCE = 60.0  # seconds: an election takes up to 12, a crashed mongod that replays its journal about 30
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
    try:
        return await until_served(call, lambda error: isinstance(error, PyMongoError) and transient(error), patience)
    except PyMongoError as error:
        if not transient(error):
            raise
        raise ServerUnavailable(f"MongoDB stayed away for {patience:.0f} s: {brief(error)}") from error
