"""Random lives of a frontier, from seeds: the invariants hold after every step, and a seed gives one trace."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from tests.frontier.simulation import Simulation


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_is_lost_and_nothing_is_in_two_places(server: Redis, seed: int) -> None:
    await Simulation(server, seed).run(70)


async def test_the_same_seed_gives_the_same_trace(server: Redis) -> None:
    first = await Simulation(server, 77).run(50)
    await server.flushdb()
    assert await Simulation(server, 77).run(50) == first
