"""What judging one storefront brought, as documents and as a line for whoever asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from crawler.assessment.dossier import GROUNDED
from crawler.assessment.gather import Gathered
from crawler.assessment.judge import Assessment, own_verdict
from crawler.assessment.means import Means
from crawler.indicators.version import version
from crawler.prices.rates import SOURCE
from crawler.store.database import Document
from crawler.store.values import clean_fields, digest

DUPLICATE_KEY = 11000
TELLING = frozenset({"suspected", GROUNDED, "watch"})
"""Verdicts on its own evidence that say something of those that are tied to a storefront."""


@dataclass(frozen=True)
class Outcome:
    """What judging one storefront brought."""

    storefront: str
    before: str | None
    """The verdict until now; None when there was none."""
    verdict: str
    changed: bool
    """Whether verdict, score or reasons differ from what was stored."""
    why: tuple[str, ...] = ()
    """What is different, and because of what."""


@dataclass(frozen=True)
class Judged:
    """A new assessment beside the one that it follows."""

    document: Document
    before: Document | None
    fence: int

    @property
    def changed(self) -> bool:
        """Whether verdict, score or reasons differ."""
        return self.before is None or self.before["said"] != self.document["said"]

    @property
    def ties_others(self) -> bool:
        """Whether it is another than before to those that are tied to it."""
        return _to_others(self.before) != _to_others(self.document)


def _to_others(assessment: Document | None) -> tuple[str, bool]:
    known = assessment or {}
    verdict = str(known.get("own_verdict") or "")
    return verdict if verdict in TELLING else "", known.get("verdict") == "suspected"


def as_document(storefront: Document, assessment: Assessment, gathered: Gathered, means: Means) -> Document:
    """An assessment as it is stored, with the versions that it rests on."""
    reasons = [asdict(item) for item in assessment.evidence]
    fields: Document = {
        "key": storefront["key"],
        "kind": storefront.get("kind"),
        "url": storefront.get("url"),
        "verdict": assessment.verdict,
        "own_verdict": own_verdict(assessment, gathered.scope, means.rules),
        "score": assessment.score,
        "probability": assessment.probability,
        "families": assessment.families,
        "allegations": assessment.allegations,
        "reasons": reasons,
        "abstained": assessment.abstained,
        "turns_on": assessment.turns_on,
        "scope": asdict(gathered.scope) | {"reasons": [list(pair) for pair in gathered.scope.reasons.items()]},
        "scale": gathered.scale,
        "unknown_codes": gathered.unknown_codes,
        "versions": {
            "rules": means.rules.version,
            "register": gathered.register_versions,
            "tables": version(),
            "references": gathered.references,
            "rates": SOURCE,
        },
        "calibration": means.rules.calibration.label,
    }
    said: list[Any] = [assessment.verdict, assessment.score, [item.sentence for item in assessment.evidence]]
    return clean_fields(fields, cut=Counter()) | {"_id": storefront["_id"], "said": digest(repr(said))}


def store(database: Database[Document], judged: Sequence[Judged]) -> None:
    """History first, keyed by what it follows: a repeat after a crash meets its own entry. Then the current ones."""
    now = datetime.now(UTC)
    news = [_follows(item, now) for item in judged if item.changed]
    if news:
        database["assessment_history"].bulk_write(news, ordered=False)
    if not judged:
        return
    try:
        database["assessments"].bulk_write([_current(item, now) for item in judged], ordered=False)
    except BulkWriteError as error:  # a newer lease has judged some already
        if any(item["code"] != DUPLICATE_KEY for item in error.details["writeErrors"]):
            raise


def _fields(item: Judged, now: datetime) -> Document:
    return {name: value for name, value in item.document.items() if name != "_id"} | {"assessed_at": now}


def _follows(item: Judged, now: datetime) -> UpdateOne:
    follows, owner = str(item.before["fence"]) if item.before else "", item.document["_id"]
    fields = _fields(item, now) | {"storefront": owner, "fence": item.fence}
    _id = f"{owner}|{digest(follows, item.document['said'])}"
    return UpdateOne({"_id": _id}, {"$setOnInsert": fields}, upsert=True)


def _current(item: Judged, now: datetime) -> UpdateOne:
    older = {"_id": item.document["_id"], "fence": {"$lt": item.fence}}
    return UpdateOne(older, {"$set": _fields(item, now) | {"fence": item.fence}}, upsert=True)
