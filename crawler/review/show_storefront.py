"""Everything stored about one storefront, readable."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from pymongo.database import Database
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.assessment.dossier import WRITTEN
from crawler.review.console import counted
from crawler.review.plain import plain, price
from crawler.store import queries
from crawler.store.database import Document
from crawler.store.values import unkey

OFFERS_SHOWN = 10  # the heaviest; the rest is one query away (docs/store.md)
PAGES_SHOWN = 5
SHARED_SHOWN = 5
FACTS_SHOWN = ("name", "kind", "url", "platform", "country", "language", "tenure", "first_seen", "last_seen")


def show_storefront(database: Database[Document], storefront: Document, console: Console) -> None:
    """Print facts, assessment with its history, identifiers, flagged offers, and the pages they rest on."""
    _id = storefront["_id"]
    console.print(Text(plain(_id), style="bold"))
    for name in FACTS_SHOWN:
        if storefront.get(name) not in (None, ""):
            console.print(Text(f"  {name.replace('_', ' ')}: {said(storefront[name])}"))
    for title in ("legal_pages", "facts"):
        for name, value in (storefront.get(title) or {}).items():
            console.print(Text(f"  {title.replace('_', ' ')}, {plain(unkey(name))}: {said(value)}"))
    _assessment(database, _id, console)
    _identifiers(database, _id, console)
    _offers(database, _id, console)
    _pages(database, _id, console)


def said(value: object) -> str:
    """A stored value on one line."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    return "none" if value == [] else plain(value)


def _assessment(database: Database[Document], _id: str, console: Console) -> None:
    found = queries.assessment(database, _id)
    if not found:
        console.print(Text("Not assessed yet: `scrapy assess`.", style="bold"))
        return
    line = f"{found['verdict']}, score {found['score']:.2f}, assessed {said(found['assessed_at'])}"
    console.print(Text(line, style="bold"))
    for reason in found["reasons"]:
        console.print(Text(f"  {reason['counted']:5.2f}  {plain(reason['sentence'], 300)}"))
    for reason in (*found.get("abstained", ()), *found.get("turns_on", ())):
        console.print(Text(f"         {plain(reason, 300)}"))
    versions = found["versions"]
    register = ", ".join(plain(item, 12) for item in versions["register"]) or "-"
    console.print(Text(f"  rules {plain(versions['rules'], 12)}, register {register}; {found['calibration']}"))
    for (verdict, score), alike in groupby(queries.assessment_history(database, _id), _outcome):
        times = [said(earlier["assessed_at"]) for earlier in alike]
        since = times[0] if len(times) == 1 else f"{min(times)} to {max(times)}, {len(times)} times"
        console.print(Text(f"  {since}: {verdict}, score {score:.2f}", style="dim"))


def _outcome(assessment: Document) -> tuple[str, float]:
    return assessment["verdict"], assessment["score"]


def _identifiers(database: Database[Document], _id: str, console: Console) -> None:
    found = list(queries.identifiers(database, _id))
    if not found:
        return
    table = Table("Identifier", "Value", "First seen", "Stands in", "Shared with")
    for item in found:
        others = [name for name in queries.sharing(database, item["kind"], item["value"]) if name != _id]
        if item["kind"] in WRITTEN and not others:  # a dozen values of each shop, which tell nothing alone
            continue
        place = _place(item["provenance"])
        cells = (item["kind"], item["value"], said(item["first_seen"]), place, ", ".join(others[:SHARED_SHOWN]))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    console.print(table)


def _place(provenance: Document) -> str:
    """Where a value stood; the assessor's own rest on no single page, and name the goods."""
    body = provenance.get("body_sha256")
    return f"{provenance['path']} of {body[:12]}" if body else f"{provenance['path']}: {provenance['text']}"


def _offers(database: Database[Document], _id: str, console: Console) -> None:
    rows = queries.flagged_offers(database, _id, OFFERS_SHOWN)
    if not rows:
        return
    table = Table("Flagged offer", "Price", "Flags")
    for row in rows:
        offer = queries.offer(database, row["_id"]) or {"title": "", "url": ""}
        title = Text(f"{plain(offer['title'], 80)}\n{plain(offer['url'])}\n{plain(row['_id'])}")
        sentences = [f"• {plain(flag['sentence'], 300)}" for flag in queries.flags(database, row["_id"])]
        table.add_row(title, Text(price(offer.get("price"))), Text("\n".join(sentences)))
    console.print(table)


def _pages(database: Database[Document], _id: str, console: Console) -> None:
    pages = list(queries.pages(database, _id))
    offers = database["offers"].count_documents({"storefront": _id})
    console.print(Text(f"{counted(len(pages), 'page')} read, {counted(offers, 'offer')}"))
    for page in pages[:PAGES_SHOWN]:
        console.print(
            Text(f"  {said(page['fetched_at'])} {page['status']} {plain(page['url'])} body {page['body_sha256'][:12]}")
        )
