"""``make evaluate-crawled``: a sample of the generated world crawled end to end, beside the same sample generated.

Real spiders, Redis, mongod and HTTP on loopback; the lab serves the storefronts whose pages ``make evaluate`` gives to
the reader without fetching. What the crawl loses (pages not found, read otherwise, told too late) shows as the
difference. Infringers are more frequent in the sample than in the world, so that their share says something: its
precision is not comparable.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.evaluate.cases import Case, linked
from bench.evaluate.measures import share
from bench.evaluate.reading import SAMPLE, Part, means_of, plans_of, read_part
from bench.figures import figure
from bench.seeds import commit
from crawler.assessment import rules
from crawler.register.loading import Register
from lab import demo
from lab.homes import empty, own_home
from lab.population import PLAIN_KINDS
from lab.processes import DemoError, Processes
from lab.registry import answer

COUNT = 240
CRAWL_SECONDS = 2_400.0
VERDICTS = ("suspected", "watch", "clear", "abstain")


@dataclass(frozen=True)
class Pair:
    """One storefront, judged without and with a crawl."""

    case: Case
    generated: str
    crawled: str
    """The verdicts; empty where the crawl found no such storefront."""


def main() -> int:
    """Crawl, judge, compare; 1 with one line when that cannot be done."""
    parser = argparse.ArgumentParser("make evaluate-crawled", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"storefronts (default {COUNT})")
    parser.add_argument("--seed", default="", help="another world than that of this commit")
    arguments = parser.parse_args()
    part = Part(arguments.seed or f"evaluate/{commit()}", arguments.count, 0, SAMPLE)
    os.chdir(demo.PROJECT)
    try:
        with own_home(demo.ROOT, "evaluate-crawled") as home:
            found = crawled(home, part)
    except DemoError as error:
        print(f"evaluate-crawled: {error}", file=sys.stderr)
        return 1
    report([Pair(case, verdict, found.get(case.key, "")) for case, verdict in generated(part)])
    return 0


def generated(part: Part) -> list[tuple[Case, str]]:
    """The storefronts of the sample with their verdicts, read without fetching."""
    table = rules.load()
    cases = [case for start in range(0, part.count, part.slice) for case in read_part(part.at(start))]
    return [(case, case.judged(table).verdict) for case in linked(cases, table)]


def crawled(home: Path, part: Part) -> dict[str, str]:
    """Key → verdict after a crawl of the sample from its home pages. Raises ``DemoError``."""
    environment = demo.environment(home) | {
        "TOUCHSTONE_REGISTER": str(home / "register"), "TOUCHSTONE_RDAP": str(home / "rdap.json"),
    }  # fmt: skip
    demo.servers_down(environment, home)
    empty(home)
    (home / "lab").mkdir()
    supply(home, part)
    with ExitStack() as stack:
        stack.callback(demo.servers_down, environment, home)
        processes = stack.enter_context(Processes(environment, home))
        processes.run([demo.SCRAPY, "servers", "up", "--with", str(os.getpid())], demo.SERVER_SECONDS)
        world = f"{part.seed}:{part.count}:{part.prevalence}"
        demo.start_lab(processes, home / "lab", world, "sample")
        seconds = demo.crawl(processes, home / "lab", CRAWL_SECONDS)
        processes.run([demo.SCRAPY, "assess"], demo.SERVER_SECONDS)
        figure("evaluate.crawl_seconds", seconds)
        rows = [row for name in VERDICTS for row in _with_verdict(processes, name)]
    return {row["key"]: row["verdict"] for row in rows}


def _with_verdict(processes: Processes, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(processes.run([demo.SCRAPY, "suspects", "--json", "--verdict", name]))
    return found


def supply(home: Path, part: Part) -> None:
    """What an operator has beside the crawler: the register of the rights holders, the registries' answers."""
    answers = [found for plan in plans_of(part) if (found := answer(plan, part.seed))]
    (home / "rdap.json").write_text(json.dumps(answers), encoding="utf-8")
    register: Register = means_of(part).context.register
    (home / "register").mkdir()
    for number, holder in enumerate(register.holders):
        brands = [register.entries[brand.name].brand for brand in holder.brands]
        told = holder.model_copy(update={"brands": tuple(brands)}).model_dump(mode="json", exclude_defaults=True)
        (home / "register" / f"{number}.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")


def report(pairs: Sequence[Pair]) -> None:
    """A line for each style, both ways beside each other, and the figures."""
    styles: dict[tuple[bool, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        styles[pair.case.infringing, pair.case.style].append(pair)
    print(f"\n{'style':<20}{'':<12}{'count':>7}{'suspected':>11}{'crawled':>9}{'not found':>11}")
    for (bad, style), some in sorted(styles.items()):
        label, lost = ("infringing" if bad else "honest"), sum(not pair.crawled for pair in some)
        both = _share(some, "generated"), _share(some, "crawled")
        print(f"{style:<20}{label:<12}{len(some):>7}{both[0]:>11.3f}{both[1]:>9.3f}{lost:>11}")
    infringing = [pair for pair in pairs if pair.case.infringing]
    plain = [pair for pair in infringing if pair.case.style in PLAIN_KINDS]
    good = [pair for pair in pairs if not pair.case.infringing]
    same = sum(pair.generated == pair.crawled for pair in pairs)
    print(f"\n{len(pairs)} storefronts, {len(infringing)} infringing; the same verdict for {same}")
    figure("evaluate.crawled_storefronts", len(pairs))
    figure("evaluate.crawled_recall", _share(infringing, "crawled"))
    figure("evaluate.crawled_recall_generated", _share(infringing, "generated"))
    figure("evaluate.crawled_recall_plain", _share(plain, "crawled"))
    figure("evaluate.crawled_recall_plain_generated", _share(plain, "generated"))
    figure("evaluate.crawled_false", _share(good, "crawled"))
    figure("evaluate.crawled_false_generated", _share(good, "generated"))
    figure("evaluate.crawled_same_verdict", share(same, len(pairs)))


def _share(pairs: Sequence[Pair], which: str) -> float:
    return share(sum(getattr(pair, which) == "suspected" for pair in pairs), len(pairs))


if __name__ == "__main__":
    sys.exit(main())
