"""An asynchronous client of the test's own Redis database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import redis


@pytest.fixture
async def server(redis_client: redis.Redis, redis_url: str) -> AsyncIterator[Redis]:
    """A client of the database that ``redis_client`` emptied."""
    async with Redis.from_url(redis_url) as client:
        yield client
