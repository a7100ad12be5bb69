"""``make evaluate``: thousands of generated storefronts read, flagged and judged, and compared with the truth.

Nothing is fetched: pages go from the generator into the reader. The seed is the commit, so that nobody can tune on what
is measured; ``make calibrate`` uses seeds of its own. ``ARGS="--count 2000"`` gives a quick look with wide bounds.
A run that was cut short goes on where it was: slices are kept until the report is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from bench.evaluate.cases import Case, linked
from bench.evaluate.reading import Part, forget, parts_of, read_all
from bench.evaluate.report import report
from bench.figures import figure
from bench.seeds import commit
from crawler.assessment import rules
from crawler.items import StorefrontKind

COUNT = 10_000
TENANTS: dict[StorefrontKind, float] = {"marketplace_seller": 0.15, "social_account": 0.1}  # for each shop


def read(parts: Sequence[Part], workers: int) -> list[Case]:
    """Read these slices, saying how far it is, and link what belongs together."""
    cases: list[Case] = []
    begun, count = time.monotonic(), sum(min(part.slice, part.count - part.start) for part in parts)
    for some in read_all(parts, workers):
        cases += some
        left = (time.monotonic() - begun) / len(cases) * (count - len(cases))
        print(f"\r{len(cases)} of {count} storefronts read, {left:.0f} s to go ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return linked(cases, rules.load())


def main() -> None:
    """Read, judge, print."""
    parser = argparse.ArgumentParser("make evaluate", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=COUNT, help=f"shops (default {COUNT}); sellers and accounts are added"
    )
    parser.add_argument("--seed", default="", help="another world than that of this commit")
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1), help="processes")
    arguments = parser.parse_args()
    seed = arguments.seed or f"evaluate/{commit()}"
    print(f"seed {seed}, calibration: {rules.load().calibration.label}")
    begun = time.monotonic()
    parts = parts_of(seed, arguments.count)
    for kind, share in TENANTS.items():
        parts += parts_of(seed, round(share * arguments.count), kind=kind, shops=arguments.count)
    report(read(parts, arguments.workers), rules.load())
    figure("evaluate.seconds", time.monotonic() - begun)
    forget()


if __name__ == "__main__":
    main()
