"""Waiting for a server that is away, and giving up in time to say so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Result = TypeVar("Result")

FIRST_PAUSE = 0.1  # seconds; doubles
LONGEST_PAUSE = 3.0  # seconds


async def until_served(
    call: Callable[[], Awaitable[Result]], passes: Callable[[Exception], bool], patience: float
) -> Result:
    """Await ``call()`` again, for about ``patience`` seconds, while it fails with an error that ``passes`` by itself.

    It must be safe to repeat. Raises its last error.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    pause = FIRST_PAUSE
    while True:
        try:
            return await call()
        except Exception as error:
            if not passes(error) or loop.time() + pause > end:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
