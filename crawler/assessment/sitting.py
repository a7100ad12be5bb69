"""One round of an assessor: the storefronts that it has leased, read together, judged, stored and given back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pymongo.database import Database

from crawler.assessment import leases, links, private, why, written
from crawler.assessment.dossier import Dossier, Said, Ties
from crawler.assessment.gather import Gathered, gather
from crawler.assessment.judge import Assessment, judge, own_verdict
from crawler.assessment.leases import LEASE_MS, Lease
from crawler.assessment.means import Means
from crawler.assessment.outcome import Judged, Outcome, as_document, store
from crawler.assessment.reading import read_some, shared_by, together, weighed
from crawler.assessment.reflag import Again, reflag
from crawler.assessment.sharing import shown_elsewhere, siblings
from crawler.store.database import Document

logger = logging.getLogger(__name__)
UNJUDGEABLE = (KeyError, TypeError, ValueError, ArithmeticError)
"""One storefront that cannot be judged must not keep the others waiting: it stays marked, its lease runs out, and a
later round tries again."""
BEFORE = {"said": 1, "verdict": 1, "own_verdict": 1, "fence": 1, "versions": 1,
          "reasons.code": 1, "reasons.sentence": 1, "reasons.counted": 1}  # fmt: skip


@dataclass
class Heard:
    """A storefront for which its own evidence has spoken, and not yet that of others."""

    lease: Lease
    dossier: Dossier
    gathered: Gathered
    assessment: Assessment
    own: str
    """The verdict on its own evidence."""


class Sitting:
    """Judges what ``taken`` gives the right to."""

    def __init__(self, database: Database[Document], means: Means, taken: Sequence[Lease]) -> None:
        self.database, self.means = database, means
        self.open = {lease.id: lease for lease in taken}
        """Not given back yet."""
        self._held_since = time.monotonic()

    def judged(self, stop: Callable[[], bool]) -> Iterator[list[Outcome]]:
        """Judge in groups that fit into memory. When ``stop()``, or nobody asks on, others get what is left."""
        try:
            for group in weighed(self.database, [lease.storefront for lease in self.open.values()]):
                if stop():
                    break
                yield self._judge([self.open[item["_id"]] for item in group])
        finally:
            leases.give_back(self.database, list(self.open.values()))

    def _judge(self, group: Sequence[Lease]) -> list[Outcome]:
        again = {lease.id: flagged for lease in group if (flagged := self._flag_again(lease)) is not None}
        known = [lease for lease in group if lease.id in again]
        found = self._read(known)
        heard = [told for lease, dossier in zip(known, found, strict=True) if (told := self._hear(lease, dossier))]
        judged, ties = self._conclude(heard)
        done = {item.document["_id"] for item in judged}
        finished = [lease for lease in known if lease.id in done]
        self._store(finished, judged, ties)
        self._keep_briefly(heard, judged)
        leases.settle(self.database, finished)
        for lease in group:  # what could not be judged keeps its lease, so that it does not come up at once
            del self.open[lease.id]
        return [_outcome(item, again[item.document["_id"]]) for item in judged]

    def _read(self, group: Sequence[Lease]) -> list[Dossier]:
        """Their dossiers; what only the assessor knows of them is written down, so that others find it."""
        found = read_some(self.database, [lease.storefront for lease in group], self.means.registration)
        told = [written.told(dossier) for dossier in found]
        if writes := [write for _, own in told for write in own]:
            self.database["identifiers"].bulk_write(writes, ordered=False)
        return [dossier for dossier, _ in told]

    def _hear(self, lease: Lease, dossier: Dossier) -> Heard | None:
        try:
            gathered = gather(dossier, self.means)
            assessment = judge(gathered.evidence, gathered.scope, self.means.rules)
            own = own_verdict(assessment, gathered.scope, self.means.rules)
        except UNJUDGEABLE:
            logger.exception("storefront %s could not be judged", lease.id)
            return None
        return Heard(lease, dossier, gathered, assessment, own)

    def _conclude(self, heard: Sequence[Heard]) -> tuple[list[Judged], dict[str, Ties]]:
        """The assessments to store, beside those that they follow, and what they share with others."""
        ties, said = together(self.database, [told.dossier for told in heard])
        said |= {told.lease.id: Said(told.own) for told in heard}
        made = {told.lease.id: self._document(told, shared_by(told.dossier, ties, said)) for told in heard}
        # Who is suspected is known now; who shares something with those that are so for their ties may be watched.
        final = {own: Said(said[own].own, document["verdict"]) for own, document in made.items() if document}
        tied = {own for own, known in final.items() if known.tied}
        for told in heard:
            if siblings(ties, [told.lease.id]) & tied:
                made[told.lease.id] = self._document(told, shared_by(told.dossier, ties, said | final))
        before = {item["_id"]: item for item in self.database["assessments"].find({"_id": {"$in": list(made)}}, BEFORE)}
        fences = {told.lease.id: told.lease.fence for told in heard}
        return [Judged(found, before.get(own), fences[own]) for own, found in made.items() if found], ties

    def _document(self, told: Heard, dossier: Dossier) -> Document | None:
        """The assessment with what is shared with others, if that says anything."""
        rules, gathered, assessment = self.means.rules, told.gathered, told.assessment
        try:
            if tied := links.evidence(dossier, gathered.scope, rules, told.assessment):
                assessment = judge([*gathered.evidence, *tied], gathered.scope, rules)
            return as_document(told.lease.storefront, assessment, gathered, self.means)
        except UNJUDGEABLE:
            logger.exception("storefront %s could not be judged", told.lease.id)
            return None

    def _store(self, group: Sequence[Lease], judged: Sequence[Judged], ties: Mapping[str, Ties]) -> None:
        """Store, and have those judged again whose verdicts may rest on these."""
        telling = {item.document["_id"] for item in judged if item.ties_others or _is_origin(item, ties)}
        leases.owe(self.database, [lease for lease in group if lease.id in telling])
        store(self.database, judged)
        telling |= {lease.id for lease in group if lease.storefront.get("owes")}
        if others := siblings(ties, telling):
            leases.mark(self.database, others - leases.held(self.database, group))  # these knew of it already

    def _keep_briefly(self, heard: Sequence[Heard], judged: Sequence[Judged]) -> None:
        """Private persons without a name, and not for long."""
        verdicts = {item.document["_id"]: item.document["verdict"] for item in judged}
        for told in heard:
            if told.lease.id in verdicts:
                person = private.is_private(told.dossier, told.gathered.scope, verdicts[told.lease.id])
                private.keep(self.database, told.dossier, person)

    def _flag_again(self, lease: Lease) -> Again | None:
        """Run the indicators again where ``--all`` asks for it and register, lists or weights have changed since."""
        storefront = lease.storefront
        if not storefront.get("again") or storefront.get("flagged_with") == self.means.flagging:
            return Again()
        try:
            again = reflag(self.database, storefront, self.means, lambda: self._still(lease))
        except UNJUDGEABLE:
            logger.exception("storefront %s could not be flagged again", lease.id)
            return None
        leases.flagged(self.database, lease, self.means.flagging)
        return again

    def _still(self, lease: Lease) -> bool:
        self._hold()
        return bool(leases.held(self.database, [lease]))

    def _hold(self) -> None:
        """Extend the leases in hand when a third of their time has passed."""
        if time.monotonic() - self._held_since > LEASE_MS / 3000:
            leases.extend(self.database, list(self.open.values()))
            self._held_since = time.monotonic()


def _is_origin(item: Judged, ties: Mapping[str, Ties]) -> bool:
    """Whether it is seen for the first time, and others show its address: these were judged without it."""
    own = ties.get(item.document["_id"], {})
    return item.before is None and shown_elsewhere(own, item.document["key"])


def _outcome(item: Judged, again: Again) -> Outcome:
    verdict = item.before["verdict"] if item.before else None
    changes = why.changed(item.before, item.document, again)
    return Outcome(item.document["_id"], verdict, item.document["verdict"], item.changed, changes)
