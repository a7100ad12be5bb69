"""The flag step with a real Redis: what other storefronts ask, and what happens without them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from redis.asyncio import Redis
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from crawler.indicators.references import Product
from crawler.items import Capture, Conversion, Money, Observation, Offer, Provenance, Storefront
from crawler.market.votes import Market
from pipelines.flag import FlagPipeline

SEEN = datetime(2026, 3, 10, tzinfo=UTC)
PLACE = Provenance(extractor="visible", path="/p", text="x")
TITLE = "Bramholt OF-12 oil filter"


def euros(price):
    return Conversion(amount=Decimal(str(price)), currency="EUR", rate=Decimal(1), rate_date="", source="")


def capture(shop, *prices, title=TITLE):
    offers = [
        Offer(id=f"{shop}|{k}", storefront=f"{shop}#1", url=f"https://{shop}/{k}", title=title,
              price=Money(amount=Decimal(str(price)), currency="EUR"),
              converted=euros(price),
              provenance={"title": PLACE, "price": PLACE})
        for k, price in enumerate(prices)
    ]  # fmt: skip
    look = Observation(fetched_at=SEEN, url=f"https://{shop}/", final_url=f"https://{shop}/", status=200,
                       body_sha256="a" * 64, body_size=1)  # fmt: skip
    front = Storefront(id=f"{shop}#1", key=shop, kind="shop", url=f"https://{shop}/")
    return Capture(observation=look, body=b"x", page_kind="list", offers=offers, storefronts=[front])


@pytest.fixture
async def step(redis_client, redis_url):
    redis = Redis.from_url(redis_url)
    step = FlagPipeline("", MemoryStatsCollector(get_crawler()), Market(redis, "test"))
    yield step
    await step.close_spider()


def market_flags(page):
    return [flag for offer in page.offers for flag in offer.flags if flag.code == "price.below_market"]


async def test_a_price_far_below_the_others_is_flagged_and_can_be_recomputed(step) -> None:
    for k in range(9):
        await step.process_item(capture(f"shop{k}.test", 18 + k * 0.25))
    (flag,) = market_flags(await step.process_item(capture("cheap.test", 8)))
    assert flag.state == "raised"
    assert flag.values["storefronts"] == 9
    product = Product("Bramholt", "OF-12 oil filter", "", "EUR")
    kept = await step.market.kept(product, flag.values["market_version"])
    assert f"{kept.quantile(0.25)} EUR" == flag.values["quarter"]


async def test_one_seller_s_thousand_offers_are_one_vote(step) -> None:
    for k in range(9):
        await step.process_item(capture(f"shop{k}.test", 18))
    for _ in range(3):
        await step.process_item(capture("flood.test", *([900] * 300)))
    (flag,) = market_flags(await step.process_item(capture("cheap.test", 8)))
    assert flag.values["storefronts"] == 10
    assert Decimal(flag.values["quarter"].split()[0]) < 19


async def test_too_few_storefronts_and_used_goods_raise_nothing(step) -> None:
    for k in range(5):
        await step.process_item(capture(f"shop{k}.test", 18))
    assert market_flags(await step.process_item(capture("cheap.test", 8))) == []
    for k in range(9):
        await step.process_item(capture(f"used{k}.test", 18, title=f"{TITLE}, used"))
    assert market_flags(await step.process_item(capture("cheap.test", 8))) == []


async def test_without_redis_the_page_goes_on_and_it_is_counted() -> None:
    stats = MemoryStatsCollector(get_crawler())
    step = FlagPipeline("", stats, Market(Redis(port=1, socket_timeout=1), "test"))
    page = await step.process_item(capture("shop.test", 18))
    assert "brand.unauthorised" in {flag.code for flag in page.offers[0].flags}
    assert stats.get_value("market/unreachable") == 1
    await step.close_spider()
