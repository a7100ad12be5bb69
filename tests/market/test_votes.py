import hashlib
import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from crawler.indicators.references import Product, reference
from crawler.market.votes import EPOCH, MOST_OWNERS, Market, owner_digest

NOW = datetime(2026, 3, 10, tzinfo=UTC)
TOTE = Product("Velmora", "Aurelia tote", "", "EUR")
BELT = Product("Velmora", "Corda belt", "", "EUR")


@pytest.fixture
async def market(redis_client, redis_url):
    redis = Redis.from_url(redis_url)
    yield Market(redis, "test")
    await redis.aclose()


async def steps(market, at=NOW, product=TOTE, storefront="reader.test"):
    found = await market.exchange(storefront, {}, at, also=[product])
    return found[product].steps


async def test_votes_of_others_come_back_and_one_s_own_do_not(market):
    await market.exchange("a.test", {TOTE: 300, BELT: 200}, NOW)
    found = await market.exchange("b.test", {TOTE: 310}, NOW, also=[BELT])
    assert found[TOTE].steps == (300,)
    assert found[BELT].steps == (200,)
    assert await steps(market) == (300, 310)


async def test_order_and_repetition_change_nothing(market, redis_client):
    votes = [(f"shop{k}.test", step) for k in range(4) for step in (300 + k, 290 + k)]
    seen = set()
    for order in itertools.islice(itertools.permutations(votes), 0, 40_320, 2_000):
        redis_client.flushdb()
        for storefront, step in (*order, *order[:3]):
            await market.exchange(storefront, {TOTE: step}, NOW)
        seen.add(await steps(market))
    assert seen == {(300, 301, 302, 303)}


async def test_the_sample_of_many_does_not_depend_on_who_came_first(market, redis_client):
    shops = [f"shop{k}.test" for k in range(MOST_OWNERS + 60)]
    kept = []
    for seed in (1, 2):
        redis_client.delete(*redis_client.keys("*market:*"), "none")
        random.Random(seed).shuffle(shops)
        for shop in shops:
            await market.exchange(shop, {TOTE: int(shop[4:-5]) % 40 + 300}, NOW)
        kept.append(await steps(market))
    assert kept[0] == kept[1]
    assert len(kept[0]) == MOST_OWNERS


async def test_the_newest_epoch_wins_and_old_ones_are_forgotten(market, redis_client):
    await market.exchange("a.test", {TOTE: 300}, NOW)
    await market.exchange("b.test", {TOTE: 305}, NOW)
    later = NOW + timedelta(seconds=EPOCH)
    await market.exchange("a.test", {TOTE: 280}, later)
    assert await steps(market, later) == (280, 305)
    assert await steps(market, later + timedelta(seconds=EPOCH)) == (280,)
    assert await steps(market, later + timedelta(seconds=2 * EPOCH)) == ()
    assert all(0 < redis_client.ttl(key) <= 2 * EPOCH for key in redis_client.keys("*market:*"))


async def test_a_reference_is_kept_under_its_version(market, redis_client):
    known = reference(TOTE, [300, 310, 320])
    await market.keep([known, known])
    assert await market.kept(TOTE, known.version) == known
    assert await market.kept(BELT, known.version) is None
    assert await market.kept(TOTE, "no such version") is None
    assert all(redis_client.ttl(key) > 0 for key in redis_client.keys("*market:*"))


async def test_a_hostile_storefront_is_a_digest_in_the_keys(market, redis_client):
    await market.exchange("\ud800\r\n{x}" * 50, {TOTE: 300}, NOW)
    (key,) = redis_client.keys("*market:*")
    assert redis_client.hkeys(key) == [owner_digest("\ud800\r\n{x}" * 50, await market.secret()).encode()]


async def test_memory_per_vote_is_small(market, redis_client):
    for k in range(MOST_OWNERS):
        await market.exchange(f"shop{k}.test", {TOTE: 300 + k % 30}, NOW)
    (key,) = redis_client.keys("*market:*")
    assert redis_client.memory_usage(key, samples=0) / MOST_OWNERS < 100


async def test_workers_share_one_secret_and_installations_do_not(market, redis_client, redis_url):
    other = Market(Redis.from_url(redis_url), "test")
    assert await other.secret() == await market.secret()
    await other.redis.aclose()
    first = await market.secret()
    redis_client.flushdb()
    assert await Market(market.redis, "test").secret() != first


async def test_names_chosen_for_their_digests_do_not_crowd_out_honest_votes(market):
    def sought(name):  # what an infringer can reckon at home: any digest without the secret
        return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()

    names = sorted((f"fake{k}.test" for k in range(6_000)), key=sought)[: MOST_OWNERS + 88]
    honest = [f"honest{k}.test" for k in range(200)]
    for name in honest + names:
        await market.exchange(name, {TOTE: 100 if name in names else 300}, NOW)
    kept = await steps(market)
    assert len(kept) == MOST_OWNERS
    assert kept.count(300) > 80  # a quarter of all storefronts are honest; so is a quarter of the sample


async def test_one_storefront_s_volume_moves_nothing(market):
    for k in range(9):
        await market.exchange(f"honest{k}.test", {TOTE: 300 + k}, NOW)
    before = await steps(market)
    for k in range(500):
        await market.exchange("volume.test", {TOTE: 100 + k % 7}, NOW)
    after = await steps(market)
    assert sorted(set(after) - set(before)) == [106]
    assert reference(TOTE, after).quantile(0.25) >= reference(TOTE, before).quantile(0)
