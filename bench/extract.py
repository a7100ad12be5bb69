"""CPU that reading a page costs, against extruct on the same pages in the same run.

Peers: ``extruct`` with all its syntaxes, and with JSON-LD, microdata and OpenGraph alone. Each side is given the
bytes and does its own decoding and parsing; ours gives links, facts, kind and provenance besides. Pages: those of
the recorded shops, ten of each (product pages and others), and the shapes of ``tests/pages``.

A crawler sees a page once. So every round begins with empty caches and reads the pages in the order of a crawl: what
the pages of a shop share may be remembered, what only this page says may not.

    python -m bench.extract [--rounds N]
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import logging
import os
import sys
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
CONTENT = 1_000  # entries; smaller caches are kept per language or country
Case = tuple[str, bytes, str]
Call = Callable[[bytes, str], object]


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


def forget() -> None:
    """Empty the caches of what pages say; tables stay, those that are loaded once and those of a language."""
    for name, module in list(sys.modules.items()):
        if name.startswith("crawler."):
            for value in vars(module).values():
                size = value.cache_parameters()["maxsize"] if hasattr(value, "cache_parameters") else None
                if size is not None and size >= CONTENT:
                    value.cache_clear()


def costs(sides: list[Call], pages: list[Case], rounds: int) -> list[list[float]]:
    """Mean CPU seconds of each side on each page.

    The sides take turns, each over all pages, with the litter of the one before swept away: a machine that is slow for
    a while is slow for all of them, and none pays for another's garbage.
    """
    spent = [[0.0] * len(sides) for _ in pages]
    for turn in range(-1, rounds):  # the first loads tables and compiles patterns
        for index, call in enumerate(sides):
            forget()
            gc.collect()
            for (_, body, url), row in zip(pages, spent, strict=True):
                begin = time.process_time()
                call(body, url)
                row[index] += (time.process_time() - begin) / rounds if turn >= 0 else 0.0
    return spent


def peers(syntaxes: list[str] | None) -> Call:
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
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    logging.disable(logging.CRITICAL)
    pages = cases()
    sides: list[Call] = [lambda body, url: read(body, url), peers(THREE), peers(None)]
    sums: dict[str, list[float]] = {}
    for (group, _, _), seconds in zip(pages, costs(sides, pages, rounds), strict=True):
        row = sums.setdefault(group, [0.0, 0.0, 0.0, 0.0])
        for column, one in enumerate((1.0, *seconds)):
            row[column] += one
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
