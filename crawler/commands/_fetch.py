"""One look at one address for a command: through the guarded handler, robots.txt obeyed, without store or frontier."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.http import Response

from crawler.errors import ConfigurationError
from crawler.urls import loggable


class OnePage(Spider):
    """Fetches one address, whatever it answers."""

    name = "one_page"
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",  # one page needs no frontier
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
    }
    without = ("host_clock", "economy", "SharedRobots")
    """Middlewares that keep their state in Redis, which one look does not need; Scrapy's own obeys robots.txt."""

    def __init__(self, url: str, found: list[Response], problems: list[str], **others: Any) -> None:
        super().__init__(**others)
        self.url, self.found, self.problems = url, found, problems

    async def start(self) -> AsyncIterator[Request]:
        meta = {"handle_httpstatus_all": True}
        yield Request(self.url, self.parse, errback=self.failed, dont_filter=True, meta=meta)

    def parse(self, response: Response, **_: Any) -> None:
        self.found.append(response)

    def failed(self, failure: Any) -> None:
        self.problems.append(f"{loggable(self.url)}: {type(failure.value).__name__}: {loggable(failure.value)}")


def keep_quiet(command: ScrapyCommand, opts: argparse.Namespace) -> None:
    """The answer is on stdout; a log beside it is only noise, unless it was asked for."""
    assert command.settings is not None
    if not opts.loglevel:
        command.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")


def fetch(command: ScrapyCommand, url: str) -> Response:
    """The response to one request of a command that has a crawler process; it may be used once.

    Raises:
        ConfigurationError: nothing came; the message says why.
    """
    assert command.crawler_process is not None
    assert command.settings is not None
    known = dict(command.settings.getdict("DOWNLOADER_MIDDLEWARES"))
    for name in known:
        if any(word in str(name) for word in OnePage.without):
            known[name] = None
    known["scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware"] = 100
    command.settings.set("DOWNLOADER_MIDDLEWARES", known, priority="cmdline")
    found: list[Response] = []
    problems: list[str] = []
    task = asyncio.ensure_future(command.crawler_process.crawl(OnePage, url=url, found=found, problems=problems))
    task.add_done_callback(lambda done: done.exception())
    command.crawler_process.start()
    if not found:
        raise ConfigurationError(problems[0] if problems else f"{loggable(url)} gave no page: robots.txt, or a block")
    return found[0]
