"""What crawls cost and gave, storefront by storefront: for the operator's terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo.database import Database
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.review.console import counted
from crawler.review.plain import plain
from crawler.store import queries
from crawler.store.database import Document
from crawler.store.values import unkey

SILENT = timedelta(seconds=60)  # workers write every five seconds; one that was killed writes no more
EARLIER = 10  # crawls of a storefront that are listed beside the latest
TRAPS = {
    "growing_path": "paths that grow out of themselves",
    "same_page": "addresses that all show one page",
    "paging_gives_nothing_new": "pages of lists without end",
    "facet_gives_nothing_new": "filters that show nothing new",
    "list_gives_nothing_new": "lists that show nothing new",
    "unknown_gives_nothing_new": "pages that lead nowhere",
    "other_gives_nothing_new": "calendars, archives and the like",
    "product_gives_nothing_new": "addresses of products that are none",
}
"""Refusals that are traps; the others are links that no shop means badly."""
NO_PAGES = frozenset({"wall", "absent", "redirect_out", "favicon"})
"""Kinds of what was stored and is no page of the shop."""


def latest(database: Database[Document], key: str = "", case: str = "", limit: int = 0) -> list[Document]:
    """The latest crawl of each storefront, of one, or of a case's, as ``row`` gives them."""
    if key:
        found = next(queries.crawls(database, key), None)
        return [row(database, found)] if found else []
    return [row(database, crawl) for crawl in queries.latest_crawls(database, case, limit)]


def row(database: Database[Document], crawl: Document, now: datetime | None = None) -> Document:
    """One crawl as plain values: what ``--json`` prints and the tables show."""
    requests = crawl.get("requests", 0)
    offers = queries.offers_seen(database, crawl["key"], crawl["started_at"])
    refused = _named(crawl.get("refused"))
    owner = queries.storefront(database, crawl["key"]) or {}
    redirects_out = list((owner.get("facts") or {}).get("redirects_out") or [])
    pages, seconds = crawl["budget"]["pages"], crawl["budget"]["seconds"]
    spent = crawl.get("spent", 0)
    lasted = ((crawl.get("finished_at") or crawl["last_at"]) - crawl["started_at"]).total_seconds()
    return {
        "storefront": crawl["key"],
        "run": crawl["run"],
        "cases": crawl.get("cases", []),
        "started_at": crawl["started_at"].isoformat(),
        "last_at": crawl["last_at"].isoformat(),
        "seconds": round(lasted, 1),
        "requests": requests,
        "responses": _named(crawl.get("responses")),
        "unanswered": max(0, requests - sum(_named(crawl.get("responses")).values())),
        "pages": _named(crawl.get("pages")),
        "offers": offers,
        "offers_per_request": round(offers / requests, 3) if requests else 0.0,
        "parameters_dropped": crawl.get("dropped", []),
        "traps": {name: count for name, count in refused.items() if name in TRAPS},
        "links_refused": {name: count for name, count in refused.items() if name not in TRAPS},
        "walls": _named(crawl.get("walls")),
        "javascript": _named(crawl.get("javascript")),
        "unread": _named(crawl.get("unread")),
        "redirects_out": redirects_out,
        "budget": {
            "pages": pages or None,
            "pages_left": max(0, pages - spent) if pages else None,
            "seconds": seconds or None,
            "seconds_left": max(0, round(seconds - lasted)) if seconds else None,
        },
        "blocked": crawl.get("blocked", []),
        "ended": why_ended(crawl, now or datetime.now(UTC), redirects_out),
    }


def why_ended(crawl: Document, now: datetime, redirects_out: Sequence[str] = ()) -> str:
    """One sentence: why nothing more is asked for, or that it still is."""
    pages, requests = crawl["budget"]["pages"], crawl.get("requests", 0)
    if crawl.get("blocked"):
        return f"the host ended for this run: {'; '.join(crawl['blocked'])}"
    if pages and crawl.get("spent", 0) >= pages:
        return f"its budget of {counted(pages, 'page')} is spent (MAX_PAGES_PER_STOREFRONT)"
    seconds = crawl["budget"]["seconds"]
    if seconds and (crawl["last_at"] - crawl["started_at"]).total_seconds() >= seconds:
        return f"its budget of {counted(seconds, 'second')} is spent (MAX_SECONDS_PER_STOREFRONT)"
    if not crawl.get("finished_at"):
        if crawl.get("left"):
            return f"stopped before its end ({crawl['left']}): `scrapy crawl storefront` goes on where it stopped"
        if now - crawl["last_at"] < SILENT:
            return "it has not: workers are at it"
        return "quiet since: it is done and the run goes on, or its workers are gone; `scrapy frontier status` tells"
    if requests and not crawl.get("responses"):
        return "nobody answered"
    if crawl.get("cut"):
        return "the run's budget was spent (MAX_PAGES): what waited was dropped, here or at other storefronts"
    if not read_of(_named(crawl.get("pages"))):
        return _why_unread(crawl, redirects_out)
    nothing = "nothing was left that is worth a request"
    if crawl.get("cards") and not crawl.get("sightings"):
        return (
            f"{nothing}, but {counted(crawl['cards'], 'card')} of its lists led to pages that were read as no product's"
        )
    return nothing


def _why_unread(crawl: Document, redirects_out: Sequence[str]) -> str:
    """What kept everything of a shop from being read."""
    pages, walls = _named(crawl.get("pages")), _named(crawl.get("walls"))
    if pages.get("redirect_out") and redirects_out:
        return f"it sends visitors away, to {redirects_out[0]}"
    if walls:
        return f"a wall stands before it: {', '.join(walls)}"
    if _named(crawl.get("refused")).get("robots_txt"):
        return "its robots.txt forbids what was asked for (docs/fetching.md tells of recorded authorities)"
    return "no page could be read (see the responses)"


def read_of(pages: Mapping[str, int]) -> int:
    """How many pages of the shop were read, of all that was stored."""
    return sum(count for kind, count in pages.items() if kind not in NO_PAGES)


def as_json(rows: Iterable[Document]) -> str:
    """A list of objects; only ASCII, so that scraped text has no power over a terminal."""
    return json.dumps(list(rows), indent=2, ensure_ascii=True)


def show_all(rows: list[Document], console: Console) -> None:
    """One line for each storefront."""
    table = Table(show_lines=False, expand=False)
    for name in ("Storefront", "Requests", "Pages", "Offers", "Offers/request", "Budget left", "Why it ended"):
        table.add_column(name, justify="left" if name in ("Storefront", "Why it ended") else "right", overflow="fold")
    for one in rows:
        left = one["budget"]["pages_left"]
        numbers = (one["requests"], read_of(one["pages"]), one["offers"], f"{one['offers_per_request']:.2f}")
        cells = [plain(one["storefront"]), *map(str, numbers), "–" if left is None else str(left), plain(one["ended"])]
        table.add_row(*map(Text, cells))
    console.print(table)
    console.print(
        Text(f"{counted(len(rows), 'storefront')}. All about one: scrapy report {plain(rows[0]['storefront'])}")
    )


def show_one(one: Document, earlier: list[Document], console: Console) -> None:
    """Everything about the latest crawl of a storefront, and its earlier ones in a line each."""
    console.print(Text(plain(one["storefront"]), style="bold"))
    table = Table(show_header=False, expand=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _lines(one):
        table.add_row(Text(name), Text(plain(value, 600)))
    console.print(table)
    for crawl in earlier[:EARLIER]:
        words = (
            f"before: {crawl['started_at'][:16]}  {counted(crawl['requests'], 'request')}, {_counts(crawl['pages'])}"
        )
        console.print(Text(plain(words, 300)))


def _lines(one: Document) -> list[tuple[str, str]]:
    budget = one["budget"]
    left = [f"{counted(budget[f'{what}s_left'], what)} of {budget[f'{what}s']}" for what in ("page", "second")
            if budget[f"{what}s"]]  # fmt: skip
    lines = [
        ("crawled", f"{one['started_at'][:19]} UTC, {one['seconds']:.0f} s, run {one['run']}"),
        ("why it ended", one["ended"]),
        ("requests", f"{one['requests']} ({_counts(one['responses'])}; {one['unanswered']} without an answer)"),
        ("pages read", _counts({kind: count for kind, count in one["pages"].items() if kind not in NO_PAGES})),
        ("no pages", _counts({kind: count for kind, count in one["pages"].items() if kind in NO_PAGES})),
        ("offers", f"{one['offers']}, {one['offers_per_request']:.2f} a request"),
        ("parameters dropped", ", ".join(one["parameters_dropped"]) or "none"),
        ("traps met", "; ".join(f"{TRAPS[name]} ({count})" for name, count in one["traps"].items()) or "none"),
        ("links left alone", _counts(one["links_refused"])),
        ("walls", _counts(one["walls"])),
        ("needs JavaScript", _counts(one["javascript"])),
        ("prices not read", _counts(one["unread"])),
        ("redirects out", ", ".join(one["redirects_out"]) or "none"),
        ("budget left", ", ".join(left) or "no limit set"),
    ]
    return [*lines, ("cases", ", ".join(one["cases"]))] if one["cases"] else lines


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(found.items(), key=lambda item: -item[1])) or "none"


def _named(found: Mapping[str, Any] | None) -> dict[str, int]:
    return {unkey(name): int(count) for name, count in (found or {}).items()}
