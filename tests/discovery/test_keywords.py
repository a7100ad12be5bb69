"""What is searched for: made of the register, best first, nobody steers it, nothing twice in a window."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis

from crawler.discovery.keywords import PER_SELLER, Memory, admitting, digest, disguises, queries, ranked, yielded
from crawler.items import Flag, Offer, Provenance
from crawler.register.loading import load


def offer(seller: str, flagged: bool) -> Offer:
    place = Provenance(extractor="x", path="/", text="t")
    flags = (Flag(code="c", state="raised", sentence="s", provenance=(place,)),) if flagged else ()
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


def test_one_seller_cannot_steer_the_search():
    one = [offer("a", True) for _ in range(50)]
    many = [offer(name, True) for name in "abcde"] + [offer("f", False)]
    assert yielded(one) == PER_SELLER and yielded(many) == 5


async def test_memory(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    memory = Memory(redis, "t", "market", window=50)
    candidates = queries(load())[:4]
    assert await memory.due(candidates) == candidates
    await memory.made(candidates[0].words)
    assert await memory.due(candidates) == candidates[1:]
    await memory.credit(candidates[3].words, 9)
    await memory.credit(candidates[2].words, 0)
    order = ranked(candidates, await memory.known())
    assert order[0] == candidates[3] and order[-1] == candidates[2]
    assert digest("A  b") == digest("a B")
    await redis.aclose()
