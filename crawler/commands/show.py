"""``scrapy show``: everything stored about a storefront or an offer, and where it stood."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from crawler.commands._store import opened_store
from crawler.operations.cli import ProjectCommand
from crawler.review.console import open_console
from crawler.review.find import storefront_named
from crawler.review.show_offer import show_offer
from crawler.review.show_storefront import show_storefront
from crawler.store import queries


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "STOREFRONT|OFFER"

    def short_desc(self) -> str:
        return "Show everything stored about a storefront or an offer"

    def long_desc(self) -> str:
        return (
            "STOREFRONT is a key such as shop.example, with #TENURE for an earlier owner of the domain. OFFER is an id "
            "or the URL of a product. Every value names the extractor, the place and the body it came from."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002
        if len(args) != 1:
            raise UsageError("name one storefront or offer", print_help=False)
        with opened_store(self) as database:
            offer = queries.offer(database, args[0])
            if offer and queries.storefront(database, args[0]) is None:
                show_offer(database, offer, open_console())
            else:
                show_storefront(database, storefront_named(database, args[0]), open_console())
        return 0
