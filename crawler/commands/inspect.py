"""``scrapy inspect``: what the extractors read on one page, field by field, where it stood and what lost the vote."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands._fetch import fetch, keep_quiet
from crawler.errors import ConfigurationError, TouchstoneError
from crawler.extract import report
from crawler.extract.model import Page
from crawler.extract.page import read
from crawler.operations.cli import FAILED, complain
from crawler.review.console import open_console
from crawler.urls import loggable


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
        keep_quiet(self, opts)

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
        response = fetch(self, url)
        if response.status >= 400:  # the page is read all the same: shops sell on pages that answer 404
            complain(f"{loggable(response.url)} answered {response.status}")
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return read(response.body, response.url, content_type=kind)


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
