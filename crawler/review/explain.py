"""How a storefront's score comes about, judged afresh from the store, and whether it comes out as stored."""

from __future__ import annotations

from pymongo.database import Database
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.assessment.assess import recompute
from crawler.assessment.judge import Assessment
from crawler.assessment.means import Means
from crawler.assessment.replay import Replay
from crawler.review.plain import plain
from crawler.store import queries
from crawler.store.database import Document

DIFFERING = 5  # offers named that do not come out as stored


def explain(
    database: Database[Document], storefront: Document, means: Means, console: Console, replay: Replay | None = None
) -> None:
    """Print evidence, families, thresholds, what the verdict turns on, and whether the bodies give the same."""
    stored, now = queries.assessment(database, storefront["_id"]), recompute(database, storefront, means)
    assessment, gathered = (replay.assessment, replay.gathered) if replay and replay.bodies else now
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
    if replay:
        console.print(Text(_replayed(replay)))
    console.print(Text(_compared(stored, assessment, table.version)))


def _replayed(replay: Replay) -> str:
    """How the reading of the bodies compares with what is stored of the offers."""
    if not replay.bodies:
        return "No stored body could be read: judged from the flags that are stored."
    lost = f", {replay.missing} are missing or damaged" if replay.missing else ""
    read = f"{replay.bodies} stored bodies read again{lost}: {replay.offers} offers"
    if not replay.differing:
        return f"{read}, each as stored."
    shown = ", ".join(plain(name) for name in replay.differing[:DIFFERING])
    return f"{read}; {len(replay.differing)} not as stored: {shown}"


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
