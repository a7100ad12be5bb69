"""Judging storefronts from the store: those that changed, some, or all; one assessor at a time for each."""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from crawler.assessment import leases, why
from crawler.assessment.dossier import read, siblings
from crawler.assessment.gather import Gathered, gather
from crawler.assessment.judge import Assessment, judge, own_verdict
from crawler.assessment.means import Means
from crawler.assessment.reflag import Again, reflag
from crawler.indicators.version import version
from crawler.prices.rates import SOURCE
from crawler.store.database import Document
from crawler.store.values import clean_fields, digest

logger = logging.getLogger(__name__)
DUPLICATE_KEY = 11000


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


def assess_changed(
    database: Database[Document],
    means: Means,
    among: list[str] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Judge what waits, oldest change first, until nothing does or ``stop()``. Safe beside other assessors."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    while not stop() and (lease := leases.take(database, owner, among)):
        try:
            yield _assess(database, lease, means)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            # One storefront that cannot be judged must not keep the others waiting: it stays marked, its lease runs
            # out, and the next round tries again.
            logger.exception("storefront %s could not be judged", lease.storefront["_id"])


def assess_all(database: Database[Document], means: Means) -> Iterator[Outcome]:
    """Judge every storefront again. A run that is cut short is finished by the next ``assess_changed``."""
    leases.mark_all(database)
    yield from assess_changed(database, means)


def assess_storefronts(database: Database[Document], means: Means, ids: list[str]) -> Iterator[Outcome]:
    """Judge these storefronts again, changed or not."""
    leases.mark(database, ids)
    yield from assess_changed(database, means, among=ids)


def recompute(database: Database[Document], storefront: Document, means: Means) -> tuple[Assessment, Gathered]:
    """Judge a storefront from what is stored now, and store nothing."""
    gathered = gather(read(database, storefront, means.registration(storefront["key"])), means)
    return judge(gathered.evidence, gathered.scope, means.rules), gathered


def _assess(database: Database[Document], lease: leases.Lease, means: Means) -> Outcome:
    again = _flag_again(database, lease, means)
    assessment, gathered = recompute(database, lease.storefront, means)
    document = as_document(lease.storefront, assessment, gathered, means)
    before = database["assessments"].find_one({"_id": document["_id"]})
    changed = before is None or before["said"] != document["said"]
    _store(database, document, before, changed, lease.fence)
    if _ties_others(before) != _ties_others(document):
        leases.mark(database, siblings(database, document["_id"]))  # whose verdicts may rest on this one
    leases.settle(database, lease)
    verdict = before["verdict"] if before else None
    return Outcome(document["_id"], verdict, assessment.verdict, changed, why.changed(before, document, again))


def _ties_others(assessment: Document | None) -> bool:
    return assessment is not None and assessment.get("own_verdict") == "suspected"


def _flag_again(database: Database[Document], lease: leases.Lease, means: Means) -> Again:
    """Run the indicators again where ``--all`` asks for it and register, lists or weights have changed since."""
    storefront = lease.storefront
    if not storefront.get("again"):
        return Again()
    same = storefront.get("flagged_with") == means.flagging
    again = Again() if same else reflag(database, storefront, means, lambda: leases.extend(database, lease))
    leases.flagged(database, lease, means.flagging)
    return again


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


def _store(
    database: Database[Document], document: Document, before: Document | None, changed: bool, fence: int
) -> None:
    """History first, keyed by what it follows: a repeat after a crash meets its own entry. Then the current one."""
    now = datetime.now(UTC)
    fields = {name: value for name, value in document.items() if name != "_id"} | {"assessed_at": now}
    if changed:
        follows = str(before["fence"]) if before else ""
        _id = f"{document['_id']}|{digest(follows, document['said'])}"
        database["assessment_history"].update_one(
            {"_id": _id}, {"$setOnInsert": fields | {"storefront": document["_id"], "fence": fence}}, upsert=True
        )
    current = UpdateOne(
        {"_id": document["_id"], "fence": {"$lt": fence}}, {"$set": fields | {"fence": fence}}, upsert=True
    )
    try:
        database["assessments"].bulk_write([current])
    except BulkWriteError as error:  # a newer lease has judged it already
        if any(item["code"] != DUPLICATE_KEY for item in error.details["writeErrors"]):
            raise
