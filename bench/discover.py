"""``make bench-discover``: names of a domain feed read per second, beside ``grep -F -f`` of the same names on one file.

The file is made from a seed: random registrable names, and every thousandth made to look like a brand's. grep counts
the lines that hold a needle as it is written; ours folds digits and hyphens, decodes punycode, judges and ranks too.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.figures import figure
from crawler.discovery.feeds import Feed
from crawler.register.loading import load

ROUNDS = 3  # the fastest counts: others may work on the machine
SYLLABLES = tuple("ka lo mi te ra no shi be ver tan dor bel ox fi gra pu st en zu hy mon ter qua web tech".split())  # noqa: SIM905
ENDINGS = (".com", ".net", ".org", ".shop", ".de", ".xyz", ".online", ".store")
DRESS = ("{0}-outlet", "{0}shop24", "my{0}", "{1}", "{1}-sale", "{2}", "{2}store")


def main() -> int:
    """Make the file, read it both ways, print both speeds and the ratio."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--names", type=int, default=2_000_000, help="lines of the file (default: 2,000,000)")
    arguments.add_argument("--seed", default="1")
    options = arguments.parse_args()
    feed = Feed(load())
    with tempfile.TemporaryDirectory() as folder:
        names, needles = Path(folder) / "names.txt", Path(folder) / "needles.txt"
        planted: set[str] = set()
        with names.open("w", encoding="ascii") as file:
            for name, is_planted in made(options.names, options.seed, sorted(feed.judge.names)):
                planted.update([name] if is_planted else [])
                file.write(f"{name}\n")
        needles.write_text("\n".join(sorted(feed.judge.needles())) + "\n", encoding="ascii")
        names.read_bytes()  # both read from the page cache
        found: dict[str, Any] = {}
        ours = fastest(lambda: found.update(ours={look.key for look in Feed(load()).read(names)}))
        peers = fastest(lambda: found.update(grep=grep(needles, names)))
    table = Table(title=f"{options.names} names, {len(planted)} of them planted, {len(feed.judge.needles())} needles")
    for heading in ("reader", "names found", "seconds", "names a second"):
        table.add_column(heading, justify="left" if heading == "reader" else "right")
    table.add_row("scrapy discover", str(len(found["ours"])), f"{ours:.2f}", f"{options.names / ours:,.0f}")
    table.add_row("grep -F -f", str(found["grep"]), f"{peers:.2f}", f"{options.names / peers:,.0f}")
    Console(width=100).print(table)
    figure("discover.planted_found", len(found["ours"] & planted) / len(planted))
    figure("discover.names_per_second", options.names / ours)
    figure("discover.vs_grep", peers / ours)
    return 0


def made(count: int, seed: str, brands: list[str]) -> Iterator[tuple[str, bool]]:
    """Names, and whether each was planted."""
    rng = Random(seed)
    for number in range(count):
        if number % 1000 == 999:
            brand = rng.choice(brands)
            at = rng.randrange(1, len(brand) - 1)
            slip = brand[:at] + brand[at + 1] + brand[at] + brand[at + 2 :]
            leet = brand.replace("o", "0", 1).replace("e", "3", 1)
            yield rng.choice(DRESS).format(brand, leet, slip) + f"{number // 1000}" + rng.choice(ENDINGS), True
        else:
            word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 6)))
            yield word + rng.choice(("", "-", "24", "1")) + rng.choice(SYLLABLES) + rng.choice(ENDINGS), False


def grep(needles: Path, names: Path) -> int:
    """The lines that hold a needle, counted by grep."""
    command = ["grep", "-F", "-c", "-f", str(needles), str(names)]
    return int(subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"}).stdout or 0)


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        since = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - since)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
