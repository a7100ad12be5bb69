"""``make real``: crawl recorded pages of real shops and compare the store with the shops' own databases.

The recordings are not part of the project: a folder with ``serve.py``, ``SHOP.warc.gz`` and ``SHOP.csv`` per shop
(``TOUCHSTONE_REAL``, else ``../shared/real``). Each shop is crawled from its home page, with a database and a
frontier of its own. Every request in the replay server's log counts, except images. Nothing here knows a shop by name.
``--kills 4``: each crawl is killed four times at moments that a seeded dice chooses, and started again.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pymongo import MongoClient
from redis import Redis
from rich.console import Console
from rich.table import Table

from bench.figures import figure
from crawler import servers

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("TOUCHSTONE_REAL", ROOT.parent / "shared" / "real"))
HOME = ROOT / ".touchstone" / "real"
ENOUGH = 5  # rows behind a share before it may gate anything
GOALS = {"products": 0.80, "price": 0.80}  # shares over all shops; below them the exit code is 1
CRAWL_SECONDS = 300  # a crawl that has not ended by itself by then is stopped and reported
IMAGES = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|ico|avif|bmp)(?:\?|$)|/image", re.IGNORECASE)
FIELDS = ("title", "price", "list_price", "currency", "sku", "brand", "availability")

Row = dict[str, str]


@dataclass
class Shop:
    """One recorded shop: where it is served, its truth, and what the crawl gave."""

    name: str
    url: str
    rows: list[Row]
    offers: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    off_scope: int = 0
    seconds: float = 0.0
    exit_code: int = 0
    right: dict[str, tuple[int, int]] = field(default_factory=dict)
    found: int = 0
    false_prices: int = 0


def main() -> int:
    """Crawl every recorded shop, print the table and the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.real", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--kills", type=int, default=0, help="kill each crawl so often, and start it again (default: 0)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills (default: 1)")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    if not (FOLDER / "serve.py").exists():
        print(f"skipped: no recorded shops in {FOLDER} (set TOUCHSTONE_REAL to their folder)")
        return 0
    shops = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        replay(Path(scratch) / "requests.jsonl") as addresses,
        databases() as mongo,
    ):
        for name, url in addresses.items():
            truth = FOLDER / f"{name}.csv"
            if not truth.exists():
                continue
            with truth.open(encoding="utf-8") as stream:
                shop = Shop(name, url, list(csv.DictReader(stream)))
            crawl(shop, mongo, Path(scratch), [dice.random() for _ in range(options.kills)])
            compare(shop)
            shops.append(shop)
            print(
                f"{name}: {shop.found} of {len(shop.rows)} products, {shop.requests} requests, {shop.seconds:.1f} s",
                flush=True,
            )
    show(shops)
    return report(shops)


@contextmanager
def replay(log: Path) -> Iterator[dict[str, str]]:
    """The replay server, as a process of ours: shop name → address."""
    log.touch()
    server = subprocess.Popen(
        [sys.executable, "-u", str(FOLDER / "serve.py"), "--log", str(log)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield _addresses(server, len(list(FOLDER.glob("*.warc.gz"))))
    finally:
        server.terminate()
        server.wait(10)


def _addresses(server: subprocess.Popen[str], expected: int) -> dict[str, str]:
    """Read ``NAME: N recorded responses on URL`` until every recording is served."""
    found: dict[str, str] = {}
    assert server.stdout is not None
    while len(found) < expected:
        line = server.stdout.readline()
        if not line:
            raise SystemExit(
                "the replay server ended before it served all shops (is a port taken? is warcio installed?)"
            )
        match = re.match(r"(\S+): \d+ recorded responses on (http\S+)", line)
        if match:
            found[match[1]] = match[2]
    return found


@contextmanager
def databases() -> Iterator[MongoClient[dict[str, Any]]]:
    """The servers of the environment, else embedded ones of this bench's own."""
    embedded = not (os.environ.get("REDIS_URL") and os.environ.get("MONGO_URI"))
    if embedded:
        os.environ["TOUCHSTONE_HOME"] = str(HOME)
        servers.up(HOME)
    try:
        os.environ["REDIS_URL"] = servers.redis_url(os.environ.get("REDIS_URL"))
        os.environ["MONGO_URI"] = servers.mongo_uri(os.environ.get("MONGO_URI"))
        if embedded:  # ours alone: no robots.txt, host clock or lesson of an earlier run
            with Redis.from_url(os.environ["REDIS_URL"]) as redis:
                redis.flushdb()
        client: MongoClient[dict[str, Any]]
        with MongoClient(os.environ["MONGO_URI"]) as client:
            yield client
    finally:
        if embedded:
            servers.down(HOME)


def crawl(shop: Shop, mongo: MongoClient[dict[str, Any]], scratch: Path, kills: list[float]) -> None:
    """One crawl from the home page, in a database and a frontier of its own; killed and started again for each kill."""
    database = f"real_{shop.name}"
    mongo.drop_database(database)
    names = scratch / f"{shop.name}.names"
    before = _logged(scratch, shop.name)
    command = [sys.executable, "-m", "scrapy", "crawl", "storefront", "-a", f"url={shop.url}"]
    settings = {"MONGO_DATABASE": database, "FRONTIER_NAME": f"{database}_{time.time_ns()}", "HOST_DELAY": "0",
                "RESOLVER_LOG": str(names), "LOG_LEVEL": "WARNING"}  # fmt: skip
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    started = time.monotonic()
    for kill in kills:
        kill_after(1 + int(kill * len(shop.rows) / 2), command, shop, scratch)
    try:
        shop.exit_code = subprocess.run(command, cwd=ROOT, timeout=CRAWL_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        shop.exit_code = -1
    shop.seconds = time.monotonic() - started
    shop.requests = _logged(scratch, shop.name) - before
    shop.off_scope = _foreign(names, urlsplit(shop.url).hostname or "")
    shop.offers = list(mongo[database]["offers"].find())


def kill_after(requests: int, command: list[str], shop: Shop, scratch: Path) -> None:
    """Start the crawl, and kill it when it has made so many requests; one that ends before was not killed."""
    before, until = _logged(scratch, shop.name), time.monotonic() + CRAWL_SECONDS
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None and _logged(scratch, shop.name) < before + requests and time.monotonic() < until:
            time.sleep(0.01)
        process.kill()


def _logged(scratch: Path, shop: str) -> int:
    """Requests of a shop in the server's log so far, images left out."""
    entries = map(json.loads, (scratch / "requests.jsonl").read_text().splitlines())
    return sum(1 for entry in entries if entry["shop"] == shop and not IMAGES.search(entry["path"]))


def _foreign(names: Path, own: str) -> int:
    """How many names other than the shop's own the resolver was asked for."""
    if not names.exists():
        return 0
    asked = [line.split()[1] for line in names.read_text().splitlines() if line.strip()]
    return sum(1 for name in asked if name != own)


def compare(shop: Shop) -> None:
    """Hold every row of the truth against the offer that stands for it."""
    by_url = {address(url): offer for offer in shop.offers for url in [offer["url"], *offer.get("aliases", [])]}
    by_title = {plain(offer["title"]): offer for offer in shop.offers}
    pairs = [(row, by_url.get(address(row["url"])) or by_title.get(plain(row["title"]))) for row in shop.rows]
    matched = [(row, offer) for row, offer in pairs if offer]
    shop.found = len(matched)
    for name in FIELDS:
        judged = [same(name, row, offer) for row, offer in matched if row.get(name)]
        shop.right[name] = (sum(judged), len(judged))
    shop.right["availability"] = balanced(matched)
    shop.false_prices = sum(1 for row, offer in matched if offer.get("price") and not same("price", row, offer))


def same(name: str, row: Row, offer: dict[str, Any]) -> bool:
    """Whether the offer's value of a field is the truth's."""
    if name in ("price", "list_price"):
        money = offer.get(name) or {}
        return bool(money) and money["amount"].to_decimal() == Decimal(row[name])
    if name == "currency":
        return (offer.get("price") or {}).get("currency") == row[name]
    if name == "availability":
        return in_stock(offer.get("availability")) == in_stock(row[name])
    return plain(str(offer.get(name) or "")) == plain(row[name])


def balanced(matched: list[tuple[Row, dict[str, Any]]]) -> tuple[int, int]:
    """Balanced accuracy over in stock and not, in parts per thousand, so that it adds up like a share."""
    recalls = []
    for truth in (True, False):
        judged = [in_stock(offer.get("availability")) is truth for row, offer in matched
                  if row.get("availability") and in_stock(row["availability"]) is truth]  # fmt: skip
        if judged:
            recalls.append(sum(judged) / len(judged))
    return (round(1000 * sum(recalls) / len(recalls)), 1000) if recalls else (0, 0)


def in_stock(value: str | None) -> bool | None:
    """Whether an availability means that the thing can be had now; None when nothing was read."""
    return value in ("InStock", "LimitedAvailability", "OnlineOnly") if value else None


def address(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Path and sorted query: the recorded shops' plain product addresses, whatever the order of parameters."""
    parts = urlsplit(url)
    return parts.path.rstrip("/"), tuple(sorted(parse_qsl(parts.query)))


def plain(text: str) -> str:
    """Text for comparison: white space folded, case kept out."""
    return " ".join(text.split()).casefold()


def share(shops: list[Shop], name: str) -> tuple[float, float]:
    """Share over all rows, and in the worst shop with enough rows (1.0 when no shop has enough)."""
    parts = [_part(shop, name) for shop in shops]
    right, rows = sum(p[0] for p in parts), sum(p[1] for p in parts)
    worst = min(
        (r / n for (r, n), shop in zip(parts, shops, strict=True) if n and len(shop.rows) >= ENOUGH),
        default=1.0,
    )
    return (right / rows if rows else 1.0), worst


def _part(shop: Shop, name: str) -> tuple[int, int]:
    if name == "products":
        return shop.found, len(shop.rows)
    return shop.right[name]


def show(shops: list[Shop]) -> None:
    """The table for people."""
    table = Table(title="Recorded real shops, crawled from their home page")
    for heading in ("shop", "products", *FIELDS, "requests", "other hosts", "seconds"):
        table.add_column(heading, justify="left" if heading == "shop" else "right")
    for shop in shops:
        cells = [f"{shop.found}/{len(shop.rows)}"]
        for name in FIELDS:
            right, rows = shop.right[name]
            cells.append("–" if not rows else f"{right / rows:.3f}" if name == "availability" else f"{right}/{rows}")
        table.add_row(shop.name, *cells, str(shop.requests), str(shop.off_scope), f"{shop.seconds:.1f}")
    Console(width=150).print(table)


def report(shops: list[Shop]) -> int:
    """The lines for scripts; 1 when a goal with enough rows behind it is missed or a crawl did not end by itself."""
    missed = [f"{shop.name}: the crawl ended with exit code {shop.exit_code}" for shop in shops if shop.exit_code]
    rows = sum(len(shop.rows) for shop in shops)
    for name in ("products", *FIELDS):
        total, worst = share(shops, name)
        figure(f"real.{name}", total)
        figure(f"real.{name}.worst", worst)
        if rows >= ENOUGH and total < GOALS.get(name, 0):
            missed.append(f"{name}: {total:.3f} is below the goal of {GOALS[name]}")
    large = [shop.requests / len(shop.rows) for shop in shops if len(shop.rows) > 100]
    figure("real.requests_per_product", max(large, default=0.0))
    figure("real.requests_over_budget", sum(over_budget(shop) for shop in shops))
    figure("real.off_scope", sum(shop.off_scope for shop in shops))
    figure("real.false_prices", sum(shop.false_prices for shop in shops))
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def over_budget(shop: Shop) -> bool:
    """The bound of a crawl: 1.6 requests a product above 100 products, otherwise products + 60."""
    products = len(shop.rows)
    return shop.requests > (1.6 * products if products > 100 else products + 60)


if __name__ == "__main__":
    raise SystemExit(main())
