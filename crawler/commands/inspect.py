"""``scrapy inspect``: what the extractors read on one page, field by field, where it stood and what lost the vote."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response

from crawler.errors import ConfigurationError, TouchstoneError
from crawler.extract import report
from crawler.extract.model import Page
from crawler.extract.page import read
from crawler.operations.cli import FAILED, complain
from crawler.review.console import open_console
from crawler.urls import loggable


class OnePage(Spider):
    """Fetches one address through the guarded handler, without frontier, store or servers."""

    name = "inspect"
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",  # one page needs no frontier
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
    }
    without = ("host_clock", "economy", "SharedRobots")
    """Middlewares that keep their state in Redis, which one look does not need; Scrapy's own obeys robots.txt."""

    def __init__(self, url: str, found: list[Page], problems: list[str], **others: Any) -> None:
        super().__init__(**others)
        self.url, self.found, self.problems = url, found, problems

    async def start(self) -> AsyncIterator[Request]:
        meta = {"handle_httpstatus_all": True}
        yield Request(self.url, self.parse, errback=self.failed, dont_filter=True, meta=meta)

    def parse(self, response: Response, **_: Any) -> None:
        if response.status >= 400:  # the page is read all the same: shops sell on pages that answer 404
            self.problems.append(f"{loggable(response.url)} answered {response.status}")
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        self.found.append(read(response.body, response.url, content_type=kind))

    def failed(self, failure: Any) -> None:
        self.problems.append(f"{loggable(self.url)}: {type(failure.value).__name__}: {loggable(failure.value)}")


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "URL|FILE [--json] [--url URL]"

    def short_desc(self) -> str:
        return "Show what is read on a page: each value, where it stood, why it won"

    def long_desc(self) -> str:
        return (
            "Fetch URL through the address guard (robots.txt is obeyed), or read FILE, and print the page's kind, "
            "its products field by field with the place of each value and the values that lost, and the facts. "
            "--json prints all of it for scripts; --url says where a FILE came from."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON with every provenance")
        parser.add_argument("--url", default="", help="the address that a FILE was fetched from")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if not opts.loglevel:  # the answer is on stdout; a log beside it is only noise
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one URL or FILE", print_help=False)
        try:
            page = self._page(args[0], opts.url)
        except TouchstoneError as error:
            complain(error)
            self.exitcode = FAILED
            return
        if opts.json:
            print(json.dumps(report.as_data(page), ensure_ascii=False, indent=1, default=str))
        else:
            show(page)

    def _page(self, target: str, url: str) -> Page:
        if target.startswith(("http://", "https://")):
            return self._fetched(target)
        try:
            body = Path(target).read_bytes()
        except OSError as error:
            raise ConfigurationError(f"cannot read {target}: {error.strerror}") from None
        return read(body, url or Path(target).absolute().as_uri())

    def _fetched(self, url: str) -> Page:
        assert self.crawler_process is not None
        assert self.settings is not None
        known = dict(self.settings.getdict("DOWNLOADER_MIDDLEWARES"))
        for name in known:
            if any(word in str(name) for word in OnePage.without):
                known[name] = None
        known["scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware"] = 100
        self.settings.set("DOWNLOADER_MIDDLEWARES", known, priority="cmdline")
        found: list[Page] = []
        problems: list[str] = []
        task = asyncio.ensure_future(self.crawler_process.crawl(OnePage, url=url, found=found, problems=problems))
        task.add_done_callback(lambda done: done.exception())
        self.crawler_process.start()
        if not found:
            raise ConfigurationError(
                problems[0] if problems else f"{loggable(url)} gave no page: robots.txt, or a block"
            )
        return found[0]


def show(page: Page) -> None:
    """The page for people."""
    console = open_console()
    head = f"{page.kind} {page.detail}".strip()
    console.print(f"[bold]{escape(report.spoken(page.title or page.url))}[/bold]")
    console.print(f"{head}, confidence {page.confidence:.2f}; language {page.language}; platform {page.platform}")
    for product in page.products[:20]:
        table = Table("field")
        for heading in ("value", "where", "why"):
            table.add_column(heading, overflow="fold")
        for row in report.rows(product):
            table.add_row(*(escape(cell) for cell in row), style="dim" if row[0].startswith("✗") else "")
        console.print(table)
    if len(page.products) > 20:
        console.print(f"… and {len(page.products) - 20} more products: --json shows all")
    for identifier in page.identifiers:
        place = escape(identifier.provenance.path)
        console.print(f"{identifier.kind}: {escape(report.spoken(identifier.value))} ({place})")
    for fact, value in page.facts.items():
        if value:
            console.print(f"{fact}: {escape(report.spoken(tuple(value) if isinstance(value, list) else value))}")
    for kind, url in page.legal_pages.items():
        console.print(f"{kind} page: {escape(loggable(url))}")
    for name, count in page.problems.items():
        console.print(f"problem {name}: {count}")
