"""One storefront of the larger world as the assessor sees it, beside what is true of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.assessment import links
from crawler.assessment.dossier import HUB, LEADS_TO, LINKING, Dossier, Said, Shared, Value
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Assessment, Scope, judge, own_verdict
from crawler.assessment.rules import Rules
from crawler.indicators.whole import Registration
from lab.registry import TODAY

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
"""When all pages were looked at."""


@dataclass(frozen=True)
class Case:
    """What reading the pages of one storefront brought."""

    key: str
    style: str
    infringing: bool
    owner: str
    language: str
    evidence: tuple[Evidence, ...]
    """Without links: these are known when all have been read."""
    scope: Scope
    values: tuple[Value, ...]
    """Kind and value of what ties storefronts together."""
    keyword: bool
    """What a list of words says of it."""
    half_price: bool
    """What prices below half of the range say of it."""
    leads: tuple[str, ...] = ()
    """Keys of the storefronts to which it sends visitors."""
    registration: Registration | None = None
    """What the registry said of its domain."""
    shared: tuple[Shared, ...] = field(default=())

    def judged(self, rules: Rules, without: str = "") -> Assessment:
        """The assessment, all evidence of one family left out."""
        known = {"key": self.key, "kind": self.scope.kind, "last_seen": NOON}
        identifiers = tuple({"kind": kind, "value": value} for kind, value in self.values)
        dossier = Dossier(known, identifiers=identifiers, shared=self.shared, registration=self.registration)
        found = [item for item in self.evidence if item.family != without]
        alone = judge(found, self.scope, rules)
        if not self.shared:
            return alone
        tied = links.evidence(dossier, self.scope, rules, alone)
        return judge([*found, *(item for item in tied if item.family != without)], self.scope, rules)


def linked(cases: Iterable[Case], rules: Rules, without: str = "") -> list[Case]:
    """The same cases, each with what it shares with those that are suspected on evidence of their own."""
    everybody = list(cases)
    owners: dict[Value, set[str]] = defaultdict(set)
    for case in everybody:
        for value in case.values:
            owners[value].add(case.key)
    said = {case.key: Said(own_verdict(case.judged(rules, without), case.scope, rules)) for case in everybody}
    first = [replace(case, shared=tuple(_shared(case, owners, said))) for case in everybody]
    said = {case.key: Said(said[case.key].own, case.judged(rules, without).verdict) for case in first}
    return [replace(case, shared=tuple(_shared(case, owners, said))) for case in everybody]


def _shared(case: Case, owners: dict[Value, set[str]], said: Mapping[str, Said]) -> Iterable[Shared]:
    for kind, value in case.values:
        others = owners[kind, value] - {case.key}
        if kind in LINKING and others and len(others) <= HUB:
            yield Shared.by((kind, value), others, said)
    for key in case.leads:
        if key in said:
            yield Shared.by((LEADS_TO, key), {key}, said)
