"""``scrapy discover``: names of domain feeds that look like a brand's become ranked seeds; who waits."""

from __future__ import annotations

import argparse
import asyncio
import heapq
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import orjson
from pymongo.errors import PyMongoError
from redis.asyncio import Redis
from redis.exceptions import RedisError
from rich.table import Table
from rich.text import Text
from scrapy.exceptions import UsageError

from crawler import servers
from crawler.commands._store import opened_store
from crawler.discovery.feeds import Feed
from crawler.discovery.lookalikes import Look
from crawler.errors import ConfigurationError, ServerUnavailable
from crawler.frontier.ranked import Pointed, Ranked
from crawler.items import Pointer
from crawler.operations.cli import FAILED, ProjectCommand
from crawler.register.loading import load
from crawler.review.console import open_console
from crawler.review.plain import plain
from crawler.store.pointers import store_pointers

SHOWN = 20
MOST = 10_000  # names of one call that become seeds, the highest ranks; a budget of years


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] FILE… | --waiting"

    def short_desc(self) -> str:
        return "Find names like a brand's in domain feeds; show who waits to be crawled"

    def long_desc(self) -> str:
        return (
            "FILE is a zone file, a CT log (JSON lines, crt.sh's JSON), a CSV or a plain list, gzip or not; it is read "
            "as a stream, and no name is resolved. What looks like a brand's name waits as a ranked seed: `scrapy "
            "crawl storefront -s DISCOVERY_BUDGET=100` crawls the best hundred. --dry-run only shows them."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="show what is found; nothing is stored")
        parser.add_argument("--most", type=int, default=MOST, help=f"seeds of this call at most (default: {MOST})")
        parser.add_argument("--waiting", action="store_true", help="show who waits, best first")
        parser.add_argument("--spider", default="storefront", help="for whom they wait (default: storefront)")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if opts.waiting:
            return asyncio.run(self._waiting(opts.spider))
        if not args:
            raise UsageError("name a file of domain names, or --waiting; scrapy discover --help", print_help=False)
        register = self.setting("REGISTER")
        feed, since = Feed(load(Path(register) if register else None)), time.monotonic()
        found: dict[str, tuple[Look, str]] = {}
        for name in args:
            if not Path(name).is_file():
                raise ConfigurationError(f"no file {name} in {Path.cwd()}")
            try:
                for look in feed.read(Path(name)):
                    found.setdefault(look.key, (look, Path(name).name))
            except (OSError, EOFError) as error:
                raise ConfigurationError(f"{name} cannot be read to its end: {error}") from None
        best = heapq.nlargest(max(0, opts.most), found.values(), key=lambda one: one[0].rank)
        _show(best[:SHOWN])
        new = 0 if opts.dry_run else self._keep(best)
        seconds, count = time.monotonic() - since, feed.count
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(count.found.items())) or "none of interest"
        print(f"{count.lines} lines in {seconds:.1f} s: {kinds}; {new} new seeds wait, none was resolved")
        return 0

    def _keep(self, found: list[tuple[Look, str]]) -> int:
        pointers = [
            Pointer(source=f"feed:{file}"[:200], target=look.key, url=f"http://{look.key}/", how="feed", page=file,
                    text=look.name[:200], suspicion=look.rank, reasons=(look.reason,))
            for look, file in found
        ]  # fmt: skip
        new = asyncio.run(self._push(pointers))
        with opened_store(self) as database:
            try:
                store_pointers(database, pointers, datetime.now(UTC))
            except PyMongoError as error:
                raise ServerUnavailable(f"MongoDB did not take the pointers: {error}") from None
        return new

    async def _push(self, pointers: Iterable[Pointer]) -> int:
        redis = Redis.from_url(servers.redis_url(self.setting("REDIS_URL")))
        waiting = Ranked(redis, self.setting("FRONTIER_PREFIX") or "touchstone", "storefront")
        rows = []
        for one in pointers:
            seed = orjson.dumps({"url": one.url, "source": one.source}).decode()
            rows.append(Pointed(one.source, one.target, one.suspicion, seed))
        try:
            new, _, _ = await waiting.add(rows, most_steps=1, of_one=0)
        except RedisError as error:
            raise ServerUnavailable(f"Redis took no seeds ({error}); is it up? `scrapy servers status`") from None
        finally:
            await redis.aclose()
        return new

    async def _waiting(self, spider: str) -> int:
        redis = Redis.from_url(servers.redis_url(self.setting("REDIS_URL")))
        try:
            rows = await Ranked(redis, self.setting("FRONTIER_PREFIX") or "touchstone", spider).best(SHOWN)
        except RedisError as error:
            raise ServerUnavailable(f"Redis does not answer ({error}); is it up? `scrapy servers status`") from None
        finally:
            await redis.aclose()
        table = Table("rank", "storefront", "pointed to by")
        for key, rank, seed in rows:
            source = orjson.loads(seed or b"{}").get("source", "")
            table.add_row(f"{rank:.0f}", Text(plain(key)), Text(plain(source)))
        open_console().print(table)
        return 0 if rows else FAILED


def _show(found: list[tuple[Look, str]]) -> None:
    if not found:
        return
    table = Table("rank", "name", "kind", "why")
    for look, _ in found:
        table.add_row(str(look.rank), Text(plain(look.name)), look.kind, Text(plain(look.reason)))
    open_console().print(table)
