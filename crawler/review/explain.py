"""How a storefront's score comes about, judged afresh from the store, and whether it comes out as stored."""

from __future__ import annotations

from pymongo.database import Database
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.assessment.assess import recompute
from crawler.assessment.judge import Assessment
from crawler.assessment.means import Means
from crawler.review.plain import plain
from crawler.store import queries
from crawler.store.database import Document


def explain(database: Database[Document], storefront: Document, means: Means, console: Console) -> None:
    """Print evidence, families, thresholds, and what the verdict turns on."""
    assessment, gathered = recompute(database, storefront, means)
    table = means.rules
    console.print(Text(f"{plain(storefront['_id'])}: {assessment.verdict}, score {assessment.score:.2f}", style="bold"))
    limits = table.scale(gathered.scope.kind)
    told = f"suspected from {limits.suspected:g}, watch from {limits.watch:g}; {table.calibration.label}"
    console.print(Text(told))
    if assessment.evidence:
        console.print(_evidence(assessment))
    for line in (*assessment.abstained, *assessment.turns_on):
        console.print(Text(f"• {plain(line, 300)}"))
    if gathered.unknown_codes:
        console.print(Text(f"flags without a weight, not counted: {', '.join(map(plain, gathered.unknown_codes))}"))
    console.print(Text(_compared(queries.assessment(database, storefront["_id"]), assessment, table.version)))


def _evidence(assessment: Assessment) -> Table:
    table = Table("Family", "Points", "Counted", "Evidence")
    for item in assessment.evidence:
        sentence = Text(plain(item.sentence, 300))
        table.add_row(Text(plain(item.family)), Text(f"{item.points:.2f}"), Text(f"{item.counted:.2f}"), sentence)
    return table


def _compared(stored: Document | None, now: Assessment, version: str) -> str:
    if stored is None:
        return "Not assessed before."
    if (stored["verdict"], stored["score"]) == (now.verdict, now.score):
        return "Comes out as stored."
    why = "the rules have changed" if stored["versions"]["rules"] != version else "more was seen since"
    return f"Stored as {stored['verdict']}, score {stored['score']:.2f}: {why}."
