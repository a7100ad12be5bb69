"""``scrapy profile``: what a marketplace's profile reads from a page, and a new one from a saved page."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from rich.table import Table
from rich.text import Text
from scrapy.exceptions import UsageError

from crawler.commands._fetch import fetch, keep_quiet
from crawler.errors import ConfigurationError
from crawler.extract.profiles import loading, reading
from crawler.extract.profiles.offers import seller_of
from crawler.extract.profiles.propose import propose, search_of
from crawler.extract.profiles.reading import Reading, Row
from crawler.extract.profiles.schema import Profile
from crawler.money import Money
from crawler.operations.cli import FAILED, ProjectCommand
from crawler.review.console import open_console
from crawler.review.plain import plain
from crawler.urls import loggable

ROWS_SHOWN = 5
READERS = {"results": reading.read_results, "item": reading.read_item, "seller": reading.read_seller}
UNSEEN = "a[href*=seller]::attr(href)"  # of a page that nobody has shown yet
ADVICE = """\
# A profile to start from: every place was guessed from one page. Look at what it reads, mend it, look again:
#   scrapy profile check FILE.yaml --page PAGE
# Still to be told: the search address, what is no offer (leave_out: advertisements, ended items), which fields must be
# there (required), the pages of items and sellers. docs/sources.md explains every key.
"""


class Command(ProjectCommand):
    requires_crawler_process = True  # an address is fetched as the crawler does

    def syntax(self) -> str:
        return "list | check NAME [--page FILE|URL] [--as results|item|seller] | new NAME --page FILE [--url URL]"

    def short_desc(self) -> str:
        return "Marketplace profiles: list them, see what one reads, start a new one from a saved page"

    def long_desc(self) -> str:
        return (
            "check shows what a profile reads from a page, field by field, and what is below its minimum counts: exit "
            f"code {FAILED} then. Without --page the file alone is checked. An address is fetched once, through the "
            "address guard, robots.txt is obeyed, without a token: of an interface that wants one, save an answer to a "
            "file. new prints a profile with proposed places for a saved page of results."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--page", help="a saved page or an address")
        parser.add_argument("--as", dest="role", choices=sorted(READERS), default="results", help="what the page is")
        parser.add_argument("--url", default="", help="the address that a saved page had")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        keep_quiet(self, opts)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        folder = self.setting("PROFILES")
        if args == ["list"]:
            return _list(folder)
        if len(args) != 2 or args[0] not in ("check", "new"):
            raise UsageError("scrapy profile list, check NAME or new NAME; scrapy profile --help", print_help=False)
        if args[0] == "new":
            if not opts.page:
                raise UsageError("scrapy profile new NAME --page FILE: a saved page of results", print_help=False)
            return _new(args[1], self._page(opts.page), opts.url or f"https://{args[1]}.example/")
        profile = loading.load(args[1], folder)
        if not opts.page:
            print(f"{profile.name}: in order; verified {profile.verified.date} ({profile.verified.how})")
            return 0
        url = opts.url or (opts.page if "://" in opts.page else f"https://{profile.hosts[0]}/")
        found = READERS[opts.role](profile, self._page(opts.page), url)
        _show(profile, found)
        return FAILED if found.alarms else 0

    def _page(self, name: str) -> bytes:
        """A file's bytes, or those of one fetch."""
        if name.startswith(("http://", "https://")):
            response = fetch(self, name)
            if response.status >= 400:
                raise ConfigurationError(f"{loggable(name)} answered {response.status}")
            return response.body
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise ConfigurationError(f"cannot read {name}: {error.strerror}") from None


def _list(folder: str) -> int:
    table = Table("name", "hosts", "form", "verified", "how", "token")
    for name in loading.files(folder):
        one = loading.load(name, folder)
        token = one.token.environment if one.token else ""
        table.add_row(name, ", ".join(one.hosts), one.form, str(one.verified.date), one.verified.how, token)
    open_console().print(table)
    return 0


def _new(name: str, body: bytes, url: str) -> int:
    found = propose(body, url)
    if found is None:
        print(
            "nothing on this page repeats like a list of offers; is it a page of results, as served?", file=sys.stderr
        )
        return FAILED
    host = url.split("/", 3)[2]
    profile: dict[str, Any] = {
        "name": name,
        "hosts": [host],
        "verified": {"date": datetime.now(UTC).date(), "how": "not yet: guessed from one page"},
        "form": found["form"],
        "search": {"url": search_of(url), "per_page": found["minimum"] * 2},
        "results": {key: found[key] for key in ("rows", "minimum", "fields")},
    }
    if "seller.id" not in found["fields"]:  # cards that name no seller: the item's page has to
        profile |= {"visit": "always", "item": {"fields": {"seller.id": UNSEEN}}}
    print(ADVICE + yaml.safe_dump(profile, sort_keys=False, allow_unicode=True), end="")
    return _tried(profile, body, url)


def _tried(profile: dict[str, Any], body: bytes, url: str) -> int:
    """Say on stderr what the proposal reads from its own page."""
    try:
        read = reading.read_results(Profile.model_validate(profile), body, url)
    except ValidationError as error:
        print(f"to be mended: {error.errors()[0]['msg']}", file=sys.stderr)
        return FAILED
    first = next(iter(read.rows), {})
    said = ", ".join(f"{name}: {plain(str(value.value))[:60]}" for name, value in first.items())
    print(f"reads {len(read.rows)} rows of this page; the first: {said}", file=sys.stderr)
    if "seller.id" not in first:
        print("the cards name no seller: say in item.fields where an item's page does", file=sys.stderr)
    return 0


def _show(profile: Profile, found: Reading) -> None:
    console = open_console()
    if found.one:
        console.print(_values(found.one))
    if found.rows:
        table = Table("field", "rows", "for example", "place", title=f"{len(found.rows)} rows, {found.total} in all")
        counted = Counter(name for row in found.rows for name in row)
        for name, count in counted.items():
            first = next(row for row in found.rows if name in row)[name]
            table.add_row(name, f"{count}/{len(found.rows)}", _shown(first.value, 50), Text(first.found.path))
        console.print(table)
        for row in found.rows[:ROWS_SHOWN]:
            seller = seller_of(profile, row, found.one)
            price = row["price"].value if "price" in row else None
            said = _shown(price, 60) if price else Text("no price")
            who = plain(seller.key) if seller else "seller on its page"
            console.print(Text.assemble("  ", _said(row, "title"), " · ", said, " · ", who), soft_wrap=True)
    for alarm in found.alarms:
        print(f"below what the profile states: {alarm}", file=sys.stderr)


def _said(row: Row, name: str) -> str:
    return plain(row[name].value, 60) if name in row else "(no title)"


def _shown(value: Any, limit: int) -> Text:
    """A scraped value, without power over the terminal."""
    if isinstance(value, Money):
        return Text(f"{value.amount} {value.currency or '?'}")
    return Text(plain(", ".join(value) if isinstance(value, tuple) else value, limit))


def _values(row: Row) -> Table:
    table = Table("field", "value", "place")
    for name, value in row.items():
        table.add_row(name, _shown(value.value, 80), Text(value.found.path))
    return table
