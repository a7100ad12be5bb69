"""``scrapy seed``: put seeds into Redis for the workers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from scrapy.exceptions import UsageError

from crawler import servers
from crawler.discovery.seeds import Problem, Seed, push_seeds, read_seeds
from crawler.errors import SeedError, ServerUnavailable
from crawler.operations.cli import FAILED, ProjectCommand


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] FILE|URL…"

    def short_desc(self) -> str:
        return "Put seeds into Redis: files of addresses, or addresses"

    def long_desc(self) -> str:
        return (
            "Each FILE holds one seed a line: an address, or a JSON object with url, and optionally priority (±100), "
            "case and source; - reads standard input. A bad line is reported with its number and the rest goes in; "
            f"the exit code is then {FAILED}. Workers that run take the seeds within seconds."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--spider", default="storefront", help="which spider shall take them (default: storefront)")
        parser.add_argument("--dry-run", action="store_true", help="check the seeds, put none into Redis")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if not args:
            raise UsageError("name a file of seeds or an address; scrapy seed --help", print_help=False)
        seeds: list[Seed] = []
        bad = 0
        for name in args:
            found, problems = read_seeds(_lines(name))
            seeds.extend(found)
            bad += len(problems)
            for problem in problems:
                print(_say(name, problem), file=sys.stderr)
        if not opts.dry_run and seeds:
            self._push(opts.spider, seeds)
        print(f"{len(seeds)} seeds {'checked' if opts.dry_run else 'queued'}, {bad} lines rejected")
        return FAILED if bad or not seeds else 0

    def _push(self, spider: str, seeds: list[Seed]) -> None:
        url = servers.redis_url(self.setting("REDIS_URL"))
        try:
            with Redis.from_url(url) as redis:
                push_seeds(redis, f"{spider}:start_urls", seeds)
        except RedisError as error:
            raise ServerUnavailable(f"Redis took no seeds ({error}); is it up? `scrapy servers status`") from None


def _lines(name: str) -> list[str]:
    """The lines behind one argument: of a file, of standard input, or the address itself."""
    if name == "-":
        return sys.stdin.read().splitlines()
    path = Path(name)
    if "://" in name or not path.exists():
        if "/" not in name.replace("://", "") and name.endswith((".txt", ".csv", ".jsonl", ".json")):
            raise SeedError(f"no file {name} in {Path.cwd()}")
        return [name]
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise SeedError(f"cannot read {name}: {error.strerror}") from None


def _say(name: str, problem: Problem) -> str:
    place = name if "://" in name else f"{name}:{problem.line}"
    return f"{place}: {problem.reason}: {problem.text}"
