"""A first look at a home page: cards make heat early, and a cold storefront waits behind others."""

from __future__ import annotations

from typing import Any

import pytest
from redis.asyncio import Redis

from crawler.discovery.glances import listed, put_back, shown
from crawler.discovery.suspicion import seen, strength
from crawler.extract.page import read
from crawler.frontier.ranked import Pointed, Ranked
from crawler.items import Capture, Observation, Storefront, storefront_id

KEY = "shop.test"
GOODS = {
    "copies": ["Velmora Aurelia tote 1:1 replica", "Velmora Petite clutch mirror quality", "Orsano Tempo AAA copy"],
    "reseller": ["Velmora Aurelia tote", "Velmora Petite clutch", "Orsano Tempo watch"],
    "household": ["Watering can", "Wooden spoon", "Door mat"],
}


def capture(kind: str, price: str = "1,450.00", *, named: bool = True) -> Capture:
    cards = "".join(
        f'<div class="c"><a href="/p/{n}">{name}</a> <b>€{price}</b></div>' for n, name in enumerate(GOODS[kind])
    )
    page = read(f'<html lang="en"><body><main>{cards}</main></body></html>', f"http://{KEY}/")
    observation = Observation.model_validate(OBSERVED)
    made = Capture(observation=observation, body=b"")
    made.storefronts = [Storefront(id=storefront_id(KEY), key=KEY, kind="shop", url=f"http://{KEY}/")]
    made.storefronts[0].legal_pages = {"contact": f"http://{KEY}/contact"} if named else {}
    made.listed = listed(page, storefront_id(KEY), KEY, "")
    return made


OBSERVED = {
    "url": f"http://{KEY}/", "final_url": f"http://{KEY}/", "fetched_at": "2026-11-26T00:00:00Z", "status": 200,
    "body_sha256": "0" * 64, "body_size": 1,
}  # fmt: skip


def heat(kind: str) -> float:
    points, offers = seen(capture(kind))[KEY]
    return points / offers


def test_cards_make_heat_and_missing_authority_makes_little():
    assert heat("copies") > 90
    assert 15 <= heat("reseller") <= 25
    assert heat("household") == 0
    assert strength(()) == 0


@pytest.mark.parametrize(
    ("kind", "meta", "waits"),
    [
        ("household", {"source": "page: bad.test", "rank": 30}, True),
        ("reseller", {"source": "page: bad.test", "rank": 10}, True),
        ("copies", {"source": "page: bad.test", "rank": 10}, False),
        ("household", {"source": "operator"}, False),  # what somebody asked for is read
        ("household", {}, False),
        ("household", {"source": "page: bad.test", "rank": 90}, False),  # much else speaks for it
        ("household", {"source": "page: bad.test", "rank": 1, "glanced": True}, False),  # its turn has come
    ],
)
async def test_who_is_put_back(kind: str, meta: dict[str, Any], waits: bool, redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([Pointed("a", "other", 3, "{}")], 3)
    assert await put_back(ranked, capture(kind), meta, 10) is waits
    await redis.aclose()


def test_who_names_nobody_is_read_sooner_when_the_goods_are_the_registers():
    assert shown(capture("reseller", named=False)) == shown(capture("reseller")) + 20
    assert shown(capture("household", named=False)) == 0


async def test_a_page_without_goods_says_nothing(redis_url: str, redis_client: Any):
    redis = Redis.from_url(redis_url)
    ranked = Ranked(redis, "t", "storefront")
    await ranked.add([Pointed("a", "other", 3, "{}")], 3)
    empty = capture("household")
    empty.listed = []
    assert not await put_back(ranked, empty, {"source": "page: bad.test", "rank": 1}, 10)
    await redis.aclose()
