"""``scrapy assess``: judge storefronts from what is stored."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pymongo.database import Database
from scrapy.exceptions import UsageError

from crawler import servers
from crawler.assessment import leases
from crawler.assessment.assess import assess_changed, assess_storefronts
from crawler.assessment.outcome import Outcome
from crawler.assessment.replay import Replay, replay
from crawler.assessment.workers import Place, assess_in
from crawler.commands._store import means_of, opened_store
from crawler.evidence.bodies import open_bodies
from crawler.operations.cli import ProjectCommand
from crawler.review.console import counted, open_console
from crawler.review.explain import explain
from crawler.review.find import storefront_named
from crawler.review.plain import plain
from crawler.store import queries
from crawler.store.database import Document, connect

EVERY = 1_000  # storefronts between two lines that say how far it is
REASONS = 4  # lines of why under a verdict that changed


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options] [STOREFRONT…]"

    def short_desc(self) -> str:
        return "Judge the storefronts that changed, the named ones, those of a case, or all"

    def long_desc(self) -> str:
        return (
            "Without arguments, judges what changed since it was last judged. --all judges everything again, and runs "
            "the indicators again over stored offers where register, word lists or weights have changed since; it "
            "says which verdicts changed, and why. --case does so for what was crawled for one case. "
            "A run that was cut short is finished by `scrapy assess`. Any "
            "number may run at once, here (--workers) or on other machines. --explain reads the stored bodies of one "
            "storefront again, judges it afresh, stores nothing, and shows how its score comes about and whether it "
            "comes out the same."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="judge every storefront again")
        parser.add_argument("--case", default="", metavar="NAME", help="judge again what was crawled for a case")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that judge (default 1)")
        parser.add_argument("--explain", action="store_true", help="show how the score comes about; stores nothing")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if sum(map(bool, (opts.all, opts.case, args))) > 1:
            raise UsageError("name storefronts, or a case, or give --all: one of them", print_help=False)
        if opts.explain and not args:
            raise UsageError("--explain needs a storefront", print_help=False)
        if opts.workers < 1:
            raise UsageError("--workers needs 1 or more", print_help=False)
        with opened_store(self) as database:
            storefronts = [storefront_named(database, name) for name in args]
            if opts.explain:
                self._explain(database, storefronts)
            else:
                named = self._of_case(database, opts.case) if opts.case else [item["_id"] for item in storefronts]
                self._judge(database, named, opts)
        return 0

    def _of_case(self, database: Database[Document], case: str) -> list[str]:
        found = queries.storefronts_of_case(database, case)
        if not found:
            raise UsageError(f"nothing was crawled for a case {case!r}; `scrapy report` names cases", print_help=False)
        return found

    def _explain(self, database: Database[Document], storefronts: list[Document]) -> None:
        means = means_of(self)
        for storefront in storefronts:
            explain(database, storefront, means, open_console(), asyncio.run(self._replay(database, storefront)))

    async def _replay(self, database: Database[Document], storefront: Document) -> Replay | None:
        """Judged from bodies; None for accounts, whose posts stand in answers that are read by other readers."""
        if storefront.get("kind") == "social_account":
            return None
        store = connect(servers.mongo_uri(self.setting("MONGO_URI")), self.setting("MONGO_DATABASE"))
        try:
            bodies = open_bodies(self.setting("EVIDENCE_URI"), store.database)
            return await replay(database, bodies, storefront, means_of(self), self.setting("REFERENCE_CURRENCY"))
        finally:
            await store.close()

    def _judge(self, database: Database[Document], ids: list[str], opts: Any) -> None:
        if opts.all:
            leases.mark_all(database)
        waiting = queries.waiting(database)
        if ids:
            _report(assess_storefronts(database, means_of(self), ids, again=bool(opts.case)), len(ids))
        elif opts.workers > 1:
            _report(assess_in(self._place(), opts.workers), waiting)
        else:
            _report(assess_changed(database, means_of(self)), waiting)

    def _place(self) -> Place:
        uri = servers.mongo_uri(self.setting("MONGO_URI"))
        return Place(uri, self.setting("MONGO_DATABASE"), self.setting("REGISTER"), self.setting("RDAP"))


def _report(outcomes: Iterator[Outcome], waiting: int) -> None:
    """One line for each verdict that changed with its reasons, how far it is, and the totals."""
    totals: Counter[str] = Counter()
    others = 0
    for item in outcomes:
        totals[item.verdict] += 1
        if item.before != item.verdict:
            print(f"{plain(item.storefront)}: {item.before or 'new'} → {item.verdict}")
            for line in item.why[:REASONS]:
                print(f"    {plain(line, 200)}")
        else:
            others += item.changed
        if totals.total() % EVERY == 0:
            print(f"{totals.total()} of about {max(waiting, totals.total())} judged", flush=True)
    parts = ", ".join(f"{count} {verdict}" for verdict, count in totals.most_common())
    print(f"{counted(totals.total(), 'storefront')} judged{': ' + parts if parts else ''}")
    if others:
        print(f"{counted(others, 'storefront')} with the same verdict for other reasons or another score")
