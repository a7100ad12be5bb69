"""``scrapy report``: what the crawl of each storefront cost, what it gave, and why it ended."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from crawler.commands._store import opened_store
from crawler.errors import ConfigurationError
from crawler.operations.cli import ProjectCommand
from crawler.review import crawls
from crawler.review.console import open_console
from crawler.review.find import storefront_named
from crawler.store import queries


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[STOREFRONT|--case CASE] [--json]"

    def short_desc(self) -> str:
        return "What the crawl of each storefront cost and gave, and why it ended"

    def long_desc(self) -> str:
        return (
            "The latest crawl of each storefront, the most recent first; with STOREFRONT (a key such as shop.example) "
            "everything about it: requests by answer, pages by kind, offers per request, parameters that were learned "
            "to change nothing, traps and walls met, redirects out, what is left of its budget, and why it ended. "
            "A crawl that is still going on is at most five seconds behind. Every request counts: pages, robots.txt, "
            "sitemaps, second tries and redirects. docs/operating.md explains each line."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--case", default="", help="only storefronts that were crawled for this case")
        parser.add_argument("--limit", type=int, default=0, metavar="N", help="at most N storefronts; 0: all")
        parser.add_argument("--json", action="store_true", help="a list of objects, for scripts")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if len(args) > 1 or (args and opts.case):
            raise UsageError("name one storefront, or a case with --case, or neither", print_help=False)
        with opened_store(self) as database:
            key = storefront_named(database, args[0])["key"] if args and not self._known(database, args[0]) else None
            name = key or (args[0] if args else "")
            rows = crawls.latest(database, name, opts.case, max(0, opts.limit))
            if opts.json:
                print(crawls.as_json(rows))
            elif not rows:
                raise ConfigurationError(self._nothing(name, opts.case))
            elif name:
                earlier = [crawls.row(database, one) for one in list(queries.crawls(database, name))[1:]]
                crawls.show_one(rows[0], earlier, open_console())
            else:
                crawls.show_all(rows, open_console())
        return 0

    def _known(self, database: queries.Store, name: str) -> bool:
        return next(queries.crawls(database, name), None) is not None

    def _nothing(self, name: str, case: str) -> str:
        if name:
            return f"{name} is stored, but no crawl of it is on the books (they are kept for 400 days)"
        if case:
            return f'no crawl was made for case {case!r}; seeds name a case as {{"url": …, "case": …}}'
        return "no crawl is on the books yet: scrapy crawl storefront -a url=https://…"
