"""``make evaluate-sources``: marketplaces, social listings and the discovery loop on large worlds of the lab.

The worlds are made from the commit's hash, so that nobody tunes on the ones that count. Everything goes over HTTP into
real servers; what is in the store is compared with the truth.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.real import ROOT, databases
from bench.sources_discover import evaluate_discovery
from bench.sources_market import evaluate_markets
from bench.sources_social import evaluate_social

PARTS = {"market": evaluate_markets, "social": evaluate_social, "discover": evaluate_discovery}
CRAWL_SECONDS = 600  # of one crawl; one that does not end is a finding
MINUTES = 25  # of all together, on two cores that nobody else uses; a crawl that is cut short by the end fails the run


class Bench:
    """What the parts share: the seed, the time that is left, a lab, a crawl, a table."""

    def __init__(self, seed: str, mongo: Any, scratch: Path, minutes: float = MINUTES) -> None:
        self.seed, self.mongo, self.scratch = seed, mongo, scratch
        self.until, self.cut = time.monotonic() + 60 * minutes, 0

    @contextmanager
    def lab(self, world: str, seed: str = "") -> Iterator[tuple[Path, dict[str, Any]]]:
        """A world, served: its folder and its truth."""
        folder = self.scratch / f"{world}-{time.time_ns()}"
        command = [
            sys.executable,
            "-m",
            "lab",
            "serve",
            "--world",
            world,
            "--seed",
            seed or self.seed,
            "--dir",
            str(folder),
        ]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            if "ready" not in process.stdout.readline():
                raise SystemExit("the lab did not start")
            yield folder, json.loads((folder / "truth.json").read_text("utf-8"))
        finally:
            process.terminate()
            process.wait(20)

    def crawl(self, folder: Path, database: str, spider: str, *arguments: str, **settings: object) -> int:
        """One crawl to its end; returns its exit code."""
        base: dict[str, object] = {"RESOLVER_HOSTS": folder / "hosts", "GUARD_ALLOW": "127.0.0.0/8", "HOST_DELAY": 0}
        base |= {"HOST_CONCURRENCY": 8, "LOG_LEVEL": "ERROR", "ASSESS_INTERVAL": 0}
        base |= {"MONGO_DATABASE": database, "FRONTIER_PREFIX": database}
        command = [sys.executable, "-m", "scrapy", "crawl", spider, *arguments]
        for name, value in (base | settings).items():
            command += ["-s", f"{name}={value}"]
        seconds, since = max(0.0, min(CRAWL_SECONDS, self.until - time.monotonic())), time.monotonic()
        try:
            code = subprocess.run(command, cwd=ROOT, timeout=seconds, check=False).returncode
        except subprocess.TimeoutExpired:
            self.cut += 1
            print(f"{spider} {' '.join(arguments)}: cut after {seconds:.0f} s; its figures count what it had found")
            return 1
        print(f"{spider}: ended with exit code {code} after {time.monotonic() - since:.0f} s", flush=True)
        return code

    def show(self, title: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
        """A table for people."""
        table = Table(*headings, title=title)
        for row in rows:
            table.add_row(*map(str, row))
        Console(width=120).print(table)


def main() -> int:
    """Run the parts that were asked for."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--only", choices=sorted(PARTS), action="append", help="a part; default: all")
    arguments.add_argument("--seed", default=commit(), help="default: the commit's hash")
    arguments.add_argument(
        "--minutes", type=float, default=MINUTES, help="of all parts together (default: %(default)s)"
    )
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch, databases() as mongo:
        bench = Bench(options.seed, mongo, Path(scratch), options.minutes)
        print(f"seed {options.seed}")
        for name in options.only or PARTS:
            since = time.monotonic()
            PARTS[name](bench)
            print(f"{name}: {time.monotonic() - since:.0f} s\n", flush=True)
    if bench.cut:
        print(f"{bench.cut} crawls were cut: too slow or busy a machine for {options.minutes:g} minutes (--minutes)")
    return 1 if bench.cut else 0


def commit() -> str:
    """The hash of the commit that is checked out; ``1`` where there is none."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "1"


if __name__ == "__main__":
    raise SystemExit(main())
