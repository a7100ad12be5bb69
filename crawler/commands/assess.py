"""``scrapy assess``: judge storefronts from what is stored."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from pymongo.database import Database
from scrapy.exceptions import UsageError

from crawler.assessment.assess import Outcome, assess_all, assess_changed, assess_storefronts
from crawler.assessment.means import Means
from crawler.commands._store import means_of, opened_store
from crawler.operations.cli import ProjectCommand
from crawler.review.console import counted, open_console
from crawler.review.explain import explain
from crawler.review.find import storefront_named
from crawler.review.plain import plain
from crawler.store.database import Document


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] [STOREFRONT…]"

    def short_desc(self) -> str:
        return "Judge the storefronts that changed, the named ones, or all"

    def long_desc(self) -> str:
        return (
            "Without arguments, judges what changed since it was last judged. --all judges everything again, after a "
            "change of weights; a run that was cut short is finished by `scrapy assess`. Any number may run at once. "
            "--explain judges one storefront afresh, stores nothing, and shows how its score comes about."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="judge every storefront again")
        parser.add_argument("--explain", action="store_true", help="show how the score comes about; stores nothing")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if opts.all and args:
            raise UsageError("name storefronts or give --all, not both", print_help=False)
        if opts.explain and not args:
            raise UsageError("--explain needs a storefront", print_help=False)
        with opened_store(self) as database:
            storefronts = [storefront_named(database, name) for name in args]
            means = means_of(self)
            if opts.explain:
                for storefront in storefronts:
                    explain(database, storefront, means, open_console())
                return 0
            _report(_outcomes(database, means, [item["_id"] for item in storefronts], opts.all))
        return 0


def _outcomes(database: Database[Document], means: Means, ids: list[str], everything: bool) -> Iterator[Outcome]:
    if everything:
        return assess_all(database, means)
    return assess_storefronts(database, means, ids) if ids else assess_changed(database, means)


def _report(outcomes: Iterator[Outcome]) -> None:
    """One line for each verdict that changed, and the totals."""
    totals: Counter[str] = Counter()
    for item in outcomes:
        totals[item.verdict] += 1
        if item.before != item.verdict:
            print(f"{plain(item.storefront)}: {item.before or 'new'} → {item.verdict}")
    parts = ", ".join(f"{count} {verdict}" for verdict, count in totals.most_common())
    print(f"{counted(totals.total(), 'storefront')} judged{': ' + parts if parts else ''}")
