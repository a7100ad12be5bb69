"""``scrapy stop``: end the fetching of all workers at once, or for one case."""

from __future__ import annotations

import argparse

from crawler import servers
from crawler.operations.cli import ProjectCommand
from crawler.operations.control import open_control, spider_names


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "End every worker's fetching within a second; --case NAME for one case only"

    def long_desc(self) -> str:
        return (
            "Without --case all workers of all spiders stop fetching, give back what they hold and end; none starts "
            "before `scrapy resume`. With --case only that case's pages are put aside. Nothing is lost either way."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--case", help="stop this case only")
        parser.add_argument("--reason", default="", help="why, for whoever looks at the status")
        parser.add_argument("--spider", default="storefront", help="whose frontier is shown (default: storefront)")

    def execute(self, _: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        redis_url = servers.redis_url(self.setting("REDIS_URL"))
        with open_control(self.settings, redis_url, opts.spider, spider_names(self)) as control:
            if opts.case:
                control.stop_case(opts.case, opts.reason)
                print(f"case {opts.case} is stopped; its pages are put aside until `scrapy resume --case {opts.case}`")
            else:
                control.stop(opts.reason)
                print("all workers stop; none starts before `scrapy resume`")
        return 0
