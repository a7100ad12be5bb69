"""CPU that reading a page costs, against extruct on the same pages in the same run.

Peers: ``extruct`` with all its syntaxes, and with JSON-LD, microdata and OpenGraph alone. Each side is given the
bytes and does its own decoding and parsing; ours gives links, facts, kind and provenance besides. Pages: those of
the recorded shops, ten of each (product pages and others), and the shapes of ``tests/pages``.

    python -m bench.extract [--rounds N]
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

import extruct
from rich.console import Console
from rich.table import Table
from warcio.archiveiterator import ArchiveIterator

from crawler.extract.page import read

ROOT = Path(__file__).parent.parent
REAL = Path(os.environ.get("TOUCHSTONE_REAL", ROOT.parent / "shared" / "real"))
THREE = ["json-ld", "microdata", "opengraph"]
PER_SHOP = 10  # pages of each recorded shop; more change no ratio by a hundredth and cost a minute
Case = tuple[str, bytes, str]


def recorded(shop: str) -> list[Case]:
    """The first pages of a recorded shop that are in its table of products, and as many that are not."""
    with (REAL / f"{shop}.csv").open(encoding="utf-8", newline="") as table:
        wanted = {row["url"] for row in csv.DictReader(table)}
    products: list[Case] = []
    others: list[Case] = []
    with (REAL / f"{shop}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            kind = record.http_headers.get_header("Content-Type", "")
            if record.http_headers.get_statuscode() != "200" or "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            into = products if url in wanted else others
            if len(into) < PER_SHOP:
                into.append((shop, record.content_stream().read(), url))
    return products + others


def cases() -> list[Case]:
    """All pages that are measured."""
    found: list[Case] = []
    for archive in sorted(REAL.glob("*.warc.gz")) if REAL.is_dir() else []:
        found += recorded(archive.name.removesuffix(".warc.gz"))
    for path in sorted((ROOT / "tests" / "pages").glob("*.html")):
        url = json.loads(path.with_suffix(".json").read_text("utf-8"))["url"]
        found.append(("shapes", path.read_bytes(), url))
    return found


def cost(call: Callable[[bytes, str], object], body: bytes, url: str, rounds: int) -> float:
    """Least CPU seconds of a few rounds: the least is what the work costs, the rest is the machine."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        call(body, url)
        best = min(best, time.process_time() - begin)
    return best


def peers(syntaxes: list[str] | None) -> Callable[[bytes, str], object]:
    """Extruct with these syntaxes; a page that it cannot read costs what it cost until then."""

    def run(body: bytes, url: str) -> object:
        try:
            return extruct.extract(body, base_url=url, syntaxes=syntaxes or extruct.SYNTAXES, errors="log")
        except (ValueError, TypeError, AttributeError, LookupError):
            return None

    return run


def main() -> None:
    """Print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    logging.disable(logging.CRITICAL)
    sums: dict[str, list[float]] = {}
    everything, three = peers(None), peers(THREE)
    for group, body, url in cases():
        row = sums.setdefault(group, [0.0, 0.0, 0.0, 0.0])
        row[0] += 1
        row[1] += cost(lambda page, address: read(page, address), body, url, rounds)
        row[2] += cost(three, body, url, rounds)
        row[3] += cost(everything, body, url, 1)
    show(sums)


def show(sums: dict[str, list[float]]) -> None:
    """One row per group of pages, and the ratios over all."""
    table = Table("pages", "n", "ours ms", "extruct three ms", "extruct all ms", "÷ three", "÷ all")
    total = [sum(row[column] for row in sums.values()) for column in range(4)]
    for group, (count, ours, three, everything) in [*sums.items(), ("all", total)]:
        per_page = [f"{1000 * seconds / count:.2f}" for seconds in (ours, three, everything)]
        table.add_row(group, f"{count:.0f}", *per_page, f"{ours / three:.2f}", f"{ours / everything:.3f}")
    Console().print(table)
    print(f"figure extract.cpu_vs_extruct_all {total[1] / total[3]:.3f}")
    print(f"figure extract.cpu_vs_extruct_three {total[1] / total[2]:.3f}")


if __name__ == "__main__":
    main()
