"""``make bench-economy``: what a crawl of the lab's shops costs, and what it finds, beside a plain ``CrawlSpider``.

Both crawl the same worlds, from home pages only, in one run. The peer follows every link inside its host with Scrapy's
default duplicate filter, obeys robots.txt, and is cut for each shop where ours had ended: what had it found by then?
Every request in the lab's own log counts, except images.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from rich.console import Console
from rich.table import Table

from bench.figures import figure
from bench.real import IMAGES, ROOT, databases

CRAWL_SECONDS = 240  # of one world; a crawl that does not end is a finding, not a wait
PEER_REQUESTS = 3_000  # of the peer in one world: traps of the lab have no end
Request = dict[str, Any]


@dataclass
class Cost:
    """One shop of one world: products that exist, those found, requests it took; the peer's share at equal requests."""

    world: str
    host: str
    products: int
    found: int
    requests: int
    peer_found: int
    peer_requests: int


def main() -> int:
    """Crawl each world with ours and with the peer; print the table and the figures."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seeds", default="11,12,13", help="worlds, comma-separated (default: 11,12,13)")
    options = arguments.parse_args()
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as scratch, databases() as mongo:
        for seed in options.seeds.split(","):
            mongo.drop_database(
                f"economy_{seed}"
            )  # of an earlier run: its shops would be known, and cost next to nothing
            costs += measure(seed, Path(scratch))
            print(f"world {seed}: {sum(c.found for c in costs if c.world == seed)} products found", flush=True)
    show(costs)
    report(costs)
    return 0


def measure(seed: str, scratch: Path) -> list[Cost]:
    """One world, crawled twice."""
    logs = {}
    for who in ("ours", "peer"):
        folder = scratch / f"{seed}-{who}"
        folder.mkdir()
        with lab(seed, folder):
            run(who, folder, seed)
        logs[who] = list(requests(folder / "requests.jsonl"))
    truth = json.loads((scratch / f"{seed}-ours" / "truth.json").read_text())
    shops = [one for one in truth["storefronts"] if one["kind"] == "shop" and one["offers"]]
    return [cost(seed, shop, logs["ours"], logs["peer"]) for shop in shops]


@contextmanager
def lab(seed: str, folder: Path) -> Iterator[None]:
    """The world of a seed, served."""
    command = [sys.executable, "-m", "lab", "serve", "--seed", seed, "--dir", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if "ready" not in process.stdout.readline():
            raise SystemExit("the lab did not start")
        yield
    finally:
        process.terminate()
        process.wait(20)


def run(who: str, folder: Path, seed: str) -> None:
    """One crawl of all home pages to its end."""
    settings = {"RESOLVER_HOSTS": str(folder / "hosts"), "HOST_DELAY": "0", "LOG_LEVEL": "ERROR"}
    if who == "ours":
        name = f"economy_{seed}_{time.time_ns()}"
        settings |= {"MONGO_DATABASE": f"economy_{seed}", "FRONTIER_NAME": name, "ASSESS_INTERVAL": "0"}
        command = ["crawl", "storefront", "-a", f"seeds={folder / 'seeds.txt'}"]
    else:
        settings |= {"CLOSESPIDER_PAGECOUNT": str(PEER_REQUESTS)}
        command = ["runspider", str(ROOT / "bench" / "crawlspider.py"), "-a", f"seeds={folder / 'seeds.txt'}"]
    full = [sys.executable, "-m", "scrapy", *command]
    for key, value in settings.items():
        full += ["-s", f"{key}={value}"]
    try:
        subprocess.run(full, cwd=ROOT, timeout=CRAWL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        print(f"{who}: the crawl of world {seed} did not end within {CRAWL_SECONDS} s")


def requests(log: Path) -> Iterator[Request]:
    """The lab's log in its order, without images."""
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if not IMAGES.search(entry["path"]):
            yield entry


def cost(seed: str, shop: dict[str, Any], ours: list[Request], peers: list[Request]) -> Cost:
    """What both spent on one shop and which of its product pages they saw."""
    host = shop["key"]
    wanted = {product(offer["url"]) for offer in shop["offers"]}
    mine = [entry for entry in ours if entry["host"] == host]
    theirs = [entry for entry in peers if entry["host"] == host]
    return Cost(seed, host, len(wanted), seen(mine, wanted), len(mine), seen(theirs[: len(mine)], wanted), len(theirs))


def product(url: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """An address as path and set of parameters."""
    parts = urlsplit(url)
    return parts.path.rstrip("/"), frozenset(parse_qsl(parts.query))


def seen(entries: list[Request], wanted: set[tuple[str, frozenset[tuple[str, str]]]]) -> int:
    """How many of the wanted pages were answered; more parameters than the plain address has are allowed."""
    answered = [product(entry["path"]) for entry in entries if entry["status"] == 200]
    by_path: dict[str, list[frozenset[tuple[str, str]]]] = {}
    for path, query in answered:
        by_path.setdefault(path, []).append(query)
    return sum(any(query <= given for given in by_path.get(path, [])) for path, query in wanted)


def show(costs: list[Cost]) -> None:
    """The table for people."""
    table = Table(title="Lab shops from their home page: ours, and Scrapy's CrawlSpider at as many requests")
    for heading in ("world", "shop", "products", "found", "requests", "peer found", "peer in all"):
        table.add_column(heading, justify="left" if heading in ("world", "shop") else "right")
    for one in costs:
        table.add_row(one.world, one.host, *map(str, (one.products, one.found, one.requests, one.peer_found)),
                      str(one.peer_requests))  # fmt: skip
    Console(width=120).print(table)


def report(costs: list[Cost]) -> None:
    """The lines for scripts."""
    total = Counter(products=0)
    for one in costs:
        total.update(products=one.products, found=one.found, requests=one.requests, peer=one.peer_found,
                     peer_requests=one.peer_requests)  # fmt: skip
    figure("economy.found", total["found"] / total["products"])
    figure("economy.found.worst", min(one.found / one.products for one in costs))
    figure("economy.requests_per_product", total["requests"] / total["products"])
    figure("economy.peer_found_at_equal_requests", total["peer"] / total["products"])
    figure("economy.vs_crawlspider", total["requests"] / total["peer_requests"])


if __name__ == "__main__":
    raise SystemExit(main())
