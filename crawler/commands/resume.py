"""``scrapy resume``: the end of ``scrapy stop``."""

from __future__ import annotations

import argparse

from crawler import servers
from crawler.operations.cli import ProjectCommand
from crawler.operations.control import open_control, spider_names


class Command(ProjectCommand):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Let workers start again after `scrapy stop`; --case NAME for one case"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--case", help="resume this case only")
        parser.add_argument("--spider", default="storefront", help="whose parked pages (default: storefront)")

    def execute(self, _: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        redis_url = servers.redis_url(self.setting("REDIS_URL"))
        with open_control(self.settings, redis_url, opts.spider, spider_names(self)) as control:
            if opts.case:
                print(f"case {opts.case} goes on; {control.resume_case(opts.case)} pages are queued again")
            else:
                control.resume()
                print("workers may start; the same crawl command goes on where it stopped")
        return 0
