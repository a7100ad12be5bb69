"""``make bench-revisits``: what a second visit costs beside the first, and which changes it finds.

Eight shops of 12 to 150 products a world, served by the lab, most with validators. They are crawled, crawled again
unchanged, and then once more for each visit after a twelfth of the prices changed. Between visits Redis is emptied, as
after a week: robots.txt is asked for again. Every request in the server's log counts, 304s too, except images.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from redis import Redis
from rich.console import Console
from rich.table import Table

from bench.economy import requests
from bench.figures import figure
from bench.real import ROOT, databases
from bench.revisits_world import HABITS, SIZES, changed, world

CRAWL_SECONDS = 240  # a crawl that does not end is a finding, not a wait
VISITS = 3  # after the change


@dataclass
class Shop:
    """One shop: requests of the first crawl, of the unchanged second, and of the visits after the change."""

    world: str
    host: str
    size: int
    habit: str
    first: int = 0
    again: int = 0
    later: list[int] = field(default_factory=list)
    changes: int = 0
    found: list[int] = field(default_factory=list)
    """Changed prices found after each visit."""


def main() -> int:
    """Crawl, crawl again, change, and crawl again; print the table and the figures."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seeds", default="21,22", help="worlds, comma-separated (default: 21,22)")
    arguments.add_argument("--visits", type=int, default=VISITS, help=f"after the change (default: {VISITS})")
    options = arguments.parse_args()
    shops: list[Shop] = []
    with tempfile.TemporaryDirectory() as scratch, databases() as mongo:
        for seed in options.seeds.split(","):
            shops += measure(seed, Path(scratch), mongo, options.visits)
            print(f"world {seed} is done", flush=True)
    show(shops)
    report(shops)
    return 0


def measure(seed: str, scratch: Path, mongo: MongoClient[dict[str, Any]], visits: int) -> list[Shop]:
    """One world."""
    database = f"revisits_{seed}"
    mongo.drop_database(database)
    later = world(seed, 1)
    shops = [Shop(seed, front.plan.host, front.plan.size, HABITS[SIZES.index(front.plan.size)])
             for front in later.storefronts.values()]  # fmt: skip
    for number, week in enumerate((0, 0, *(1 for _ in range(visits)))):
        asked = visit(seed, week, scratch / f"{seed}-{number}", database)
        for shop in shops:
            spent = asked[shop.host]
            if number == 0:
                shop.first = spent
            elif number == 1:
                shop.again = spent
            else:
                shop.later.append(spent)
                front = later.storefronts[shop.host]
                new = {item.title: item.price for item in front.items if changed(front, item)}
                offers = mongo[database]["offers"].find({"storefront": f"{shop.host}#1", "title": {"$in": list(new)}})
                right = {
                    o["title"] for o in offers if o["price"] and o["price"]["amount"].to_decimal() == new[o["title"]]
                }
                shop.changes = len(new)
                shop.found.append(len(right))
    return shops


def visit(seed: str, week: int, folder: Path, database: str) -> Counter[str]:
    """One crawl of all home pages; requests by host."""
    with Redis.from_url(os.environ["REDIS_URL"]) as redis:
        redis.flushdb()
    with served(seed, week, folder):
        settings = {"RESOLVER_HOSTS": folder / "hosts", "HOST_DELAY": 0, "LOG_LEVEL": "ERROR", "ASSESS_INTERVAL": 0,
                    "MONGO_DATABASE": database}  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", "storefront", "-a", f"seeds={folder / 'seeds.txt'}"]
        for key, value in settings.items():
            command += ["-s", f"{key}={value}"]
        try:
            subprocess.run(command, cwd=ROOT, timeout=CRAWL_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            print(f"the crawl of world {seed} did not end within {CRAWL_SECONDS} s")
    return Counter(entry["host"] for entry in requests(folder / "requests.jsonl"))


@contextmanager
def served(seed: str, week: int, folder: Path) -> Iterator[None]:
    """The world of a week."""
    command = [sys.executable, "-m", "bench.revisits_world", "--seed", seed, "--week", str(week), "--dir", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if "ready" not in process.stdout.readline():
            raise SystemExit("the world did not start")
        yield
    finally:
        process.terminate()
        process.wait(20)


def show(shops: list[Shop]) -> None:
    """The table for people."""
    table = Table(title="Second visits: requests in the server's log, and changed prices found")
    for heading in (
        "world",
        "shop",
        "habit",
        "first",
        "unchanged",
        "share",
        "changes",
        "found after each visit",
        "requests",
    ):
        table.add_column(heading, justify="left" if heading in ("world", "shop", "habit") else "right")
    for one in shops:
        table.add_row(one.world, one.host, one.habit, str(one.first), str(one.again), f"{one.again / one.first:.3f}",
                      str(one.changes), " ".join(map(str, one.found)), " ".join(map(str, one.later)))  # fmt: skip
    Console(width=140).print(table)


def report(shops: list[Shop]) -> None:
    """The lines for scripts."""
    figure("economy.revisit_cost", sum(one.again for one in shops) / sum(one.first for one in shops))
    large = [one.again / one.first for one in shops if one.size >= 60]
    figure("economy.revisit_cost.worst_from_60_products", max(large, default=0.0))
    figure("economy.revisit_cost.worst", max(one.again / one.first for one in shops))
    figure("economy.revisit_requests.smallest", max(one.again for one in shops if one.size == SIZES[0]))
    total = sum(one.changes for one in shops)
    for number in range(len(shops[0].found)):
        figure(f"economy.changes_found.visit_{number + 1}", sum(one.found[number] for one in shops) / total)


if __name__ == "__main__":
    raise SystemExit(main())
