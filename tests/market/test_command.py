"""``scrapy market`` as an investigator types it."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from redis.asyncio import Redis

from crawler.indicators.references import Product, reference, step_of
from crawler.market.votes import Market
from tests.command import command

ROOT = Path(__file__).resolve().parents[2]
TOTE = Product("Velmora", "Aurelia tote", "", "EUR")


def market(url, *args):
    return command("market", *args, environ={"REDIS_URL": url})


async def fill(url):
    redis = Redis.from_url(url)
    votes = Market(redis, "touchstone")
    for k in range(8):
        await votes.exchange(f"shop{k}.test", {TOTE: step_of(Decimal(1500 + 100 * k))}, datetime.now(UTC))
    await votes.keep([reference(TOTE, [300, 310, 320])])
    await redis.aclose()


def test_a_product_s_market_is_shown(redis_client, redis_url):
    asyncio.run(fill(redis_url))
    done = market(redis_url, "Velmora", "Aurelia tote")
    assert done.returncode == 0, done.stderr
    assert "8 storefronts" in done.stdout
    kept = market(redis_url, "Velmora", "Aurelia tote", "--version", reference(TOTE, [300, 310, 320]).version)
    assert "3 storefronts" in kept.stdout


def test_what_is_wrong_is_said_in_one_line(redis_client, redis_url):
    for args, said in (
        (("Velmora", "Corda belt"), "no storefront was seen with it"),
        (("Velmore", "Corda belt"), "did you mean 'Velmora'?"),
        (("Velmora", "Corda bel"), "did you mean 'Corda belt'?"),
    ):
        done = market(redis_url, *args)
        assert done.returncode != 0
        assert said in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
