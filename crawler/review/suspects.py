"""The list of suspected storefronts, with the reasons in plain words: for the terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pymongo.database import Database
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from crawler.review.console import counted
from crawler.review.plain import plain, price
from crawler.store import queries
from crawler.store.database import Document

VERDICTS: dict[str, tuple[str, ...]] = {
    "suspected": ("suspected",),
    "watch": ("watch",),
    "clear": ("clear",),
    "abstain": ("abstain",),
    "all": ("suspected", "watch", "clear", "abstain"),
}
REASONS_SHOWN = 4  # the strongest; `scrapy show` has all
COLOURS = {"suspected": "red", "watch": "yellow", "clear": "green", "abstain": "cyan"}


def suspects(database: Database[Document], verdict: str, limit: int = 0) -> list[Document]:
    """The assessments of ``VERDICTS[verdict]``, highest score first, each with an ``example``: an offer, or None."""
    found = list(queries.review_queue(database, VERDICTS[verdict], limit))
    for assessment in found:
        assessment["example"] = _example(database, assessment["_id"])
    return found


def as_json(assessments: Iterable[Document]) -> str:
    """One object for each storefront; only ASCII, so that scraped text has no power over a terminal."""
    return json.dumps([_row(item) for item in assessments], indent=2, ensure_ascii=True)


def show(assessments: list[Document], totals: dict[str, int], waiting: int, console: Console) -> None:
    """Print the table, the totals, and what to type next."""
    if assessments:
        console.print(_table(assessments))
    else:
        console.print(Text("No storefront has this verdict."))
    parts = [f"{totals[name]} {name}" for name in COLOURS if totals.get(name)]
    console.print(Text(f"{counted(sum(totals.values()), 'storefront')} assessed: {', '.join(parts) or 'none yet'}."))
    if waiting:
        console.print(Text(f"{waiting} changed since: `scrapy assess` judges them."))
    if assessments:
        console.print(Text(f"All about one: scrapy show {plain(assessments[0]['key'])}"))


def _row(assessment: Document) -> dict[str, Any]:
    return {
        "storefront": assessment["_id"],
        "key": assessment["key"],
        "kind": assessment.get("kind"),
        "verdict": assessment["verdict"],
        "score": assessment["score"],
        "allegations": list(assessment.get("allegations") or {}),
        "reasons": [*(reason["sentence"] for reason in assessment["reasons"]), *assessment.get("abstained", ())],
        "offers": assessment["scope"]["offers"],
        "flagged": assessment["scope"]["flagged"],
        "url": assessment.get("url"),
    }


def _table(assessments: list[Document]) -> Table:
    table = Table(show_lines=True, expand=False)
    table.add_column("Storefront", overflow="fold", min_width=16)
    table.add_column("Score", justify="right")
    table.add_column("Offers", justify="right")
    table.add_column("Why", ratio=3, overflow="fold")
    table.add_column("For example", ratio=2, overflow="fold")
    for item in assessments:
        scope = item["scope"]
        flagged = Text(f"{scope['flagged']} of\n{scope['offers']}")
        table.add_row(_name(item), Text(f"{item['score']:.2f}"), flagged, _why(item), _offer(item["example"]))
    return table


def _name(assessment: Document) -> Text:
    verdict = assessment["verdict"]
    text = Text(plain(assessment["key"]), style="bold")
    text.append(f"\n{plain(assessment.get('kind') or 'kind unknown').replace('_', ' ')}", style="not bold")
    return text.append(f"\n{verdict}", style=f"not bold {COLOURS.get(verdict, '')}".strip())


def _why(assessment: Document) -> Group:
    counted = [reason for reason in assessment["reasons"] if reason["counted"]]
    lines = [Text(f"{_side(reason)} {plain(reason['sentence'], 300)}") for reason in counted[:REASONS_SHOWN]]
    if len(counted) > REASONS_SHOWN:
        lines.append(Text(f"… and {len(counted) - REASONS_SHOWN} more"))
    lines += [Text(f"? {plain(reason, 300)}") for reason in assessment.get("abstained", ())]
    if assessment.get("allegations"):
        alleged = ", ".join(plain(name).replace("_", " ") for name in assessment["allegations"])
        lines.append(Text(f"Allegations: {alleged}", style="italic"))
    return Group(*lines)


def _side(reason: Document) -> str:
    """A mark for what speaks against a storefront, words for what speaks for it."""
    return "•" if reason["counted"] > 0 else "• for it:"


def _offer(offer: Document | None) -> Text:
    if not offer:
        return Text("")
    parts = (plain(offer["title"], 80), price(offer.get("price")), plain(offer["url"], 120))
    return Text("\n".join(part for part in parts if part))


def _example(database: Database[Document], storefront: str) -> Document | None:
    """The offer with the heaviest flags; else the first."""
    flagged = queries.flagged_offers(database, storefront, limit=1)
    if flagged:
        return queries.offer(database, flagged[0]["_id"])
    return next(queries.offers(database, storefront, limit=1), None)
