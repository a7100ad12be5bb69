"""``scrapy crawl``: Scrapy's own command, with an exit code that tells the truth and arguments that are checked."""

from __future__ import annotations

import argparse
import asyncio
from functools import partial
from typing import Any

from scrapy import Spider, signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler import servers
from crawler.errors import TouchstoneError
from crawler.operations.cli import FAILED, complain, nearest
from crawler.operations.outcome import STOPPED, outcome
from crawler.operations.own_packages import check_own_packages

PASSED_BY_SCRAPYD = {"_job", "_version"}  # scrapyd adds these to every run's arguments


class Command(ScrapyCrawl):
    def short_desc(self) -> str:
        return "Crawl storefronts: -a url=… for one, or the seeds waiting in Redis"

    def long_desc(self) -> str:
        return (
            "Start one worker of a crawl; start as many as you like, on as many machines: they share the frontier in "
            "Redis. With -a url=… (or -a seeds=FILE) these seeds are added first; without, the worker takes what "
            "`scrapy seed` put there. It ends when nothing is queued, leased or delayed anywhere. "
            f"Exit code: 0 finished; {FAILED} failed (the last line says why); {STOPPED} stopped before its end: "
            "the same command goes on where it stopped."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one spider, e.g. scrapy crawl storefront -a url=https://…", print_help=False)
        try:
            check_own_packages()
            self._check_arguments(args[0], opts.spargs)
            self._connect()
            self._crawl(args[0], opts.spargs)
        except TouchstoneError as error:
            complain(error)
            self.exitcode = FAILED

    def _check_arguments(self, name: str, arguments: dict[str, str]) -> None:
        """Unknown spiders and unknown ``-a`` keys are errors that name the nearest known one."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise UsageError(f"no spider is called {name!r}{nearest(name, loader.list())}", print_help=False)
        known = getattr(loader.load(name), "arguments", None)
        for key in arguments:
            if known is not None and key not in known and key not in PASSED_BY_SCRAPYD:
                raise UsageError(f"spider {name} takes no argument {key!r}{nearest(key, known)}", print_help=False)

    def _connect(self) -> None:
        """Put the addresses of the servers in use into the settings; one clear line when there are none."""
        assert self.settings is not None
        redis_url = servers.redis_url(self.settings.get("REDIS_URL"))
        mongo_uri = servers.mongo_uri(self.settings.get("MONGO_URI"))
        servers.check(redis_url, mongo_uri)
        self.settings.set("REDIS_URL", redis_url, priority="cmdline")
        self.settings.set("MONGO_URI", mongo_uri, priority="cmdline")

    def _crawl(self, name: str, arguments: dict[str, Any]) -> None:
        """Run the crawl to its end and turn how it ended into the exit code."""
        assert self.crawler_process is not None
        crawler = self._create_crawler(name)
        crawler.signals.connect(_count_item_error, signal=signals.item_error)
        task = asyncio.ensure_future(self.crawler_process.crawl(crawler, **arguments))
        errors: list[BaseException] = []
        task.add_done_callback(partial(_keep_error, errors))  # a spider or component that could not be made
        self.crawler_process.start()
        if errors:
            raise errors[0]
        ended = outcome(crawler.stats.get_stats() if crawler.stats else {}, self.crawler_process.bootstrap_failed)
        self.exitcode = ended.exit_code
        if ended.exit_code:
            complain(f"{name}: {ended.sentence}")


def _keep_error(errors: list[BaseException], task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        errors.append(error)


def _count_item_error(spider: Spider) -> None:
    """Scrapy logs an item that a pipeline raised on, and counts it nowhere."""
    assert spider.crawler.stats is not None
    spider.crawler.stats.inc_value("item_error_count")
