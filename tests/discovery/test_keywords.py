"""What is searched for: made of the register, best first, nobody steers it, nothing twice in a window."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis

from crawler.discovery.keywords import PER_SELLER, Memory, admitting, digest, disguises, queries, ranked, yielded
from crawler.items import Flag, Offer, Provenance
from crawler.register.loading import load


def offer(seller: str, flagged: bool) -> Offer:
    place = Provenance(extractor="x", path="/", text="t")
    code = "wording.replica" if flagged else "brand.unauthorised"  # which every honest reseller has
    flags = (Flag(code=code, state="raised", sentence="s", provenance=(place,)),)
    return Offer(
        id=f"{seller}{flagged}", storefront=seller, url="u", title="t", provenance={"title": place}, flags=flags
    )


def test_every_brand_has_its_turn_early_and_each_query_stands_once():
    found = queries(load(), ("de", "en"))
    brands = {entry.name for entry in load().entries.values() if not entry.brand.ambiguous}
    assert {one.brand for one in found[: len(brands) + 5]} >= brands - {
        one.brand for one in found[len(brands) + 5 :][:0]
    }
    assert len({one.words.casefold() for one in found}) == len(found)
    assert {one.kind for one in found} >= {"name", "line", "disguise", "admitting"}


def test_disguises_and_words():
    assert "V3lmora" in set(disguises("Velmora")) and "v3lm0r4" in set(disguises("Velmora"))
    assert not list(disguises("H&V"))
    assert admitting(("de",)) and admitting(("xx",)) == ()


async def test_one_seller_cannot_steer_the_search(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    memory = Memory(redis, "t", "market", window=50)
    one, many = yielded([offer("a", True)] * 50), yielded([offer(name, True) for name in "abcde"] + [offer("f", False)])
    assert one == {"a": 50} and set(many) == set("abcde")
    for _ in range(10):  # pages that one seller filled
        await memory.credit("his words", one)
    await memory.credit("theirs", many)
    known = await memory.known()
    assert known[digest("his words")] == (PER_SELLER, 10)
    assert known[digest("theirs")] == (5, 1)
    await redis.aclose()


async def test_what_the_pages_of_items_show_is_credited_without_another_look(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    memory = Memory(redis, "t", "market", window=50)
    await memory.credit("words", {})
    for name in "ab":
        await memory.credit("words", {name: 1}, looks=0)
    assert (await memory.known())[digest("words")] == (2, 1)
    await redis.aclose()


async def test_memory(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    memory = Memory(redis, "t", "market", window=50)
    candidates = queries(load())[:4]
    assert await memory.due(candidates) == candidates
    await memory.made(candidates[0].words)
    assert await memory.due(candidates) == candidates[1:]
    await memory.credit(candidates[3].words, dict.fromkeys("abcdefghi", 1))
    await memory.credit(candidates[2].words, {})
    order = ranked(candidates, await memory.known())
    assert order[0] == candidates[3] and order[-1] == candidates[2]
    assert digest("A  b") == digest("a B")
    await redis.aclose()
