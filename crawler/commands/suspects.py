"""``scrapy suspects``: who is suspected, and why."""

from __future__ import annotations

import argparse

from crawler.commands._store import opened_store
from crawler.operations.cli import ProjectCommand
from crawler.review.console import open_console
from crawler.review.suspects import VERDICTS, as_json, show, suspects
from crawler.store import queries


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "List suspected storefronts, with the reasons"

    def long_desc(self) -> str:
        return (
            "Storefronts by score, the strongest reasons first. A verdict is a suspicion with reasons, not a finding: "
            "a person decides. `scrapy show STOREFRONT` has everything behind a line."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--verdict", choices=list(VERDICTS), default="suspected", help="default: suspected")
        parser.add_argument("--limit", type=_count, default=0, metavar="N", help="at most N storefronts; 0: all")
        parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002
        with opened_store(self) as database:
            found = suspects(database, opts.verdict, opts.limit)
            if opts.json:
                print(as_json(found))
                return 0
            show(found, queries.verdicts(database), queries.waiting(database), open_console())
        return 0


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("cannot be negative")
    return number
