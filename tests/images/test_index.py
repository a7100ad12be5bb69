import random

import pytest
from redis.asyncio import Redis

from crawler.images.fingerprint import Fingerprint, fingerprint
from crawler.images.index import MOST_PER_BAND, SAME, Index
from tests.images.pictures import drawing, encoded


@pytest.fixture
async def index(redis_client, redis_url):
    redis = Redis.from_url(redis_url)
    yield Index(redis, "test")
    await redis.aclose()


def print_of(phash, mirrored=0):
    return Fingerprint(phash, mirrored, phash, mirrored, "a" * 64, 300, 300)


async def test_other_storefronts_with_the_picture_are_counted_once_each(index):
    bag = drawing(1)
    for shop, quality in (("a.test", 90), ("b.test", 60), ("b.test", 60), ("c.test", 40)):
        await index.others(shop, fingerprint(encoded(bag, quality=quality)))
    await index.others("d.test", fingerprint(encoded(drawing(2))))
    assert await index.others("a.test", fingerprint(encoded(bag))) == 2
    assert await index.others("e.test", fingerprint(encoded(bag.transpose(0)))) == 3


async def test_near_hashes_are_found_and_far_ones_are_not(index):
    rng = random.Random(7)
    found = 0
    for k in range(100):
        one = rng.getrandbits(256)
        other = one
        for bit in rng.sample(range(256), 16):
            other ^= 1 << bit
        await index.others(f"a{k}.test", print_of(one, rng.getrandbits(256)))
        found += await index.others(f"b{k}.test", print_of(other, rng.getrandbits(256))) >= 1
    assert found >= 98
    far = rng.getrandbits(256)
    await index.others("far.test", print_of(far, far))
    for bit in range(0, 16 * (SAME // 8), 2):
        far ^= 1 << bit
    for bit in rng.sample(range(100, 256), SAME):
        far ^= 1 << bit
    assert await index.others("other.test", print_of(far, far)) == 0


async def test_a_picture_that_everybody_shows_does_not_fill_the_memory(index, redis_client):
    for k in range(MOST_PER_BAND + 40):
        count = await index.others(f"shop{k}.test", print_of(5, 9))
    assert count == MOST_PER_BAND
    assert all(redis_client.scard(key) <= MOST_PER_BAND for key in redis_client.keys("*"))
    assert all(redis_client.ttl(key) > 0 for key in redis_client.keys("*"))


async def test_the_budget_is_one_for_all_workers(index, redis_client):
    assert [await index.spend("a.test", 2) for _ in range(4)] == [True, True, False, False]
    assert await index.spend("b.test", 2)
    assert all(redis_client.ttl(key) > 0 for key in redis_client.keys("*"))


async def test_an_address_is_known_again(index):
    known = fingerprint(encoded(drawing(3)))
    assert await index.known("https://a.test/1.jpg") is None
    await index.remember("https://a.test/1.jpg", known)
    assert await index.known("https://a.test/1.jpg") == known
