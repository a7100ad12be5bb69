"""``scrapy market``: what storefronts ask for a product, as price flags compare it."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime

from redis.asyncio import Redis
from redis.exceptions import RedisError
from scrapy.exceptions import UsageError

from crawler import servers
from crawler.errors import ServerUnavailable, TouchstoneError
from crawler.indicators.references import SPREAD, Product, Reference
from crawler.market.votes import Market
from crawler.operations.cli import FAILED, ProjectCommand, nearest
from crawler.register.loading import load

NOBODY = ""  # the storefront whose own vote is left out: none


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "BRAND PRODUCT [options]"

    def short_desc(self) -> str:
        return "Show what storefronts ask for a product"

    def long_desc(self) -> str:
        return (
            "The quarters of what storefronts ask for a new product of the register, one vote each. With --version the "
            "reference that a flag names in `market_version`: then the flag's own storefront is left out, as it was."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--version", metavar="V", help="the `market_version` of a flag")
        parser.add_argument("--currency", metavar="CODE", help="default: REFERENCE_CURRENCY")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if len(args) != 2:
            raise UsageError("say `scrapy market BRAND PRODUCT`; `scrapy register show` lists both", print_help=False)
        product = self._product(args[0], args[1], opts.currency or self.setting("REFERENCE_CURRENCY"))
        found = asyncio.run(self._look_up(product, opts.version))
        if found is None or not found.count:
            kept = "no reference of that version is kept" if opts.version else "no storefront was seen with it"
            print(f"{product.brand} {product.line}: {kept}")
            return FAILED
        print(f"{product.brand} {product.line} {product.pack}".rstrip() + f", new, {product.currency}")
        print(f"version {found.version}, {found.count} storefronts")
        for name, share in (("lower quarter", SPREAD), ("median", 0.5), ("upper quarter", 1 - SPREAD)):
            print(f"{name:<14}{found.quantile(share):>12}")
        return 0

    def _product(self, brand: str, line: str, currency: str) -> Product:
        entries = load(self.setting("REGISTER") or None).entries
        if brand not in entries:
            raise TouchstoneError(f"the register has no brand {brand!r}{nearest(brand, entries)}")
        lines = {item.name: item for item in entries[brand].brand.lines}
        if line not in lines:
            raise TouchstoneError(f"{brand} has no product {line!r}{nearest(line, lines)}")
        packs = lines[line].packs
        return Product(brand, line, packs[0] if packs else "", currency)

    async def _look_up(self, product: Product, version: str | None) -> Reference | None:
        redis = Redis.from_url(servers.redis_url(self.setting("REDIS_URL")), socket_timeout=5.0)
        try:
            market = Market(redis, self.setting("FRONTIER_PREFIX"))
            if version:
                return await market.kept(product, version)
            return (await market.exchange(NOBODY, {}, datetime.now(UTC), also=[product]))[product]
        except RedisError as error:
            raise ServerUnavailable(f"Redis does not answer: {error}") from error
        finally:
            await redis.aclose()
