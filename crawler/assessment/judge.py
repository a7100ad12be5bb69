"""Evidence → assessment. Pure: the same evidence and rules always give the same verdict, online and offline."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crawler.assessment.dossier import GROUNDED
from crawler.assessment.evidence import Evidence
from crawler.assessment.rules import Rules, Scale
from crawler.items import Allegation, Verdict

BRAND = "brand"
LINKS = "links"
BEYOND = "beyond"
"""Ties to storefronts that are suspected for their ties: enough to be watched, and nobody is suspected for them."""
OTHERS = frozenset({LINKS, "likeness", "taken", BEYOND})
"""The families of evidence that rests on other storefronts. A tie is no fault: those that can make suspected come
together to no more than the ceiling of ``LINKS``."""


@dataclass(frozen=True)
class Scope:
    """How much of a storefront was read, and how well: what decides between *clear* and *cannot tell*."""

    kind: str = "shop"
    offers: int = 0
    flagged: int = 0
    branded: int = 0
    """Offers in which a brand of the register was found."""
    undecided: int = 0
    """Offers with a brand where indicators could not tell, for reasons that are no lawful use, and raised nothing."""
    lawful: int = 0
    """Offers in which a brand was found in a lawful use, and nothing was raised."""
    pages: int = 0
    unreadable: int = 0
    """Pages that answered with an error or a wall."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why indicators abstained → on how many offers."""


@dataclass(frozen=True)
class Assessment:
    """What can be said of a storefront, and what it rests on."""

    verdict: Verdict
    score: float
    probability: float
    """How many of a hundred storefronts of such a score infringed where the weights were calibrated."""
    evidence: tuple[Evidence, ...]
    """Strongest first, by the points that counted."""
    families: dict[str, float]
    """Family → its points."""
    allegations: dict[Allegation, float]
    """Allegation → its points, kept apart from each other; none of who is neither suspected nor watched."""
    abstained: tuple[str, ...] = ()
    """Why nothing can be told, when the verdict is ``abstain``; what limits it otherwise."""
    turns_on: tuple[str, ...] = ()
    """What would change the verdict, in plain words."""


def judge(evidence: Iterable[Evidence], scope: Scope, rules: Rules) -> Assessment:
    """Weigh the evidence: a family's heaviest piece counts fully, the others less, and no family above its ceiling.

    Evidence of less than no points speaks for a storefront.
    """
    counted = _taken_over(_reckon(_valid(evidence, rules), rules), rules)
    families: dict[str, float] = defaultdict(float)
    for item in counted:
        families[item.family] += item.counted
    score, scale = _score(families), rules.scale(scope.kind)
    limits = _limits(scope, rules)
    verdict = _verdict(families, rules, scale)
    if verdict == "clear" and limits:
        verdict = "abstain"
    return Assessment(
        verdict=verdict,
        score=score,
        probability=round(scale.probability(score), 4),
        evidence=counted,
        families={name: round(points, 3) for name, points in families.items()},
        allegations=_allegations(counted) if verdict in ("suspected", "watch") else {},
        abstained=limits,
        turns_on=_turns_on(families, verdict, rules, scale),
    )


def _valid(evidence: Iterable[Evidence], rules: Rules) -> list[Evidence]:
    """The evidence without that which other evidence makes worthless."""
    found = list(evidence)
    void = {code for item in found for code in rules.table.voids.get(item.code, ())}
    return [item for item in found if item.code not in void]


def _reckon(evidence: Iterable[Evidence], rules: Rules) -> tuple[Evidence, ...]:
    by_family: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        by_family[item.family].append(item)
    counted: list[Evidence] = []
    of_others = rules.families[LINKS].at_most
    for family, members in sorted(by_family.items(), key=lambda pair: pair[0] != LINKS):
        members.sort(key=lambda item: (-abs(item.points), item.code, item.sentence))
        left = rules.families[family].at_most if family in rules.families else float("inf")
        bounded = family in OTHERS - {BEYOND}
        left = min(left, of_others) if bounded else left
        for rank, item in enumerate(members):
            points = min(abs(item.points) * rules.table.damping**rank, left)
            left, of_others = left - points, of_others - points * bounded
            counted.append(replace(item, counted=round(math.copysign(points, item.points), 3)))
    return tuple(sorted(counted, key=lambda item: (-item.counted, -item.points, item.code, item.sentence)))


def _taken_over(evidence: Sequence[Evidence], rules: Rules) -> tuple[Evidence, ...]:
    """Whoever is tied to others is told to do what its own goods say, not what is done there."""
    goods = (rules.table.goods_families | {BRAND}) - OTHERS
    own = next((item.allegation for item in evidence if item.family in goods and item.allegation), None)
    return tuple(replace(item, allegation=own) if item.family in OTHERS else item for item in evidence)


def own_verdict(assessment: Assessment, scope: Scope, rules: Rules) -> str:
    """The verdict without what other storefronts add: the only one that others may be tied to, so that none is
    suspected because of another that is suspected because of it. ``GROUNDED`` where its goods are a strong ground to
    watch it.
    """
    families = {name: points for name, points in assessment.families.items() if name not in OTHERS}
    verdict = _verdict(families, rules, rules.scale(scope.kind))
    heavy = any(families.get(name, 0) >= rules.table.strong_from for name in rules.table.goods_families)
    return GROUNDED if verdict == "watch" and heavy else verdict


def _verdict(families: dict[str, float], rules: Rules, scale: Scale) -> Verdict:
    firm = {name: points for name, points in families.items() if name != BEYOND}
    if _score(firm) >= scale.suspected and _stands_on_enough(firm, rules, scale):
        return "suspected"
    told = any(points > 0 for name, points in families.items() if name not in rules.table.page_families)
    return "watch" if told and _score(families) >= scale.watch else "clear"


def _score(families: dict[str, float]) -> float:
    """The sum, and never less than nothing."""
    return max(0.0, round(sum(families.values()), 3))


def _stands_on_enough(families: dict[str, float], rules: Rules, scale: Scale) -> bool:
    """Whether two families with a strong one carry the score, or many and heavy weak ones, one of them of the goods."""
    table = rules.table
    carrying = {name for name, points in families.items() if points >= table.family_counts_from}
    strong = {name for name in carrying - table.weak_families if families[name] >= table.strong_from}
    if strong:
        return len(carrying) >= table.families_needed
    many = len(carrying) >= table.weak_families_needed and _score(families) >= scale.weak
    return many and bool(carrying & table.goods_families)


def _allegations(evidence: Sequence[Evidence]) -> dict[Allegation, float]:
    points: dict[Allegation, float] = defaultdict(float)
    for item in evidence:
        if item.allegation and item.counted:
            points[item.allegation] += item.counted
    return {name: round(points[name], 3) for name in sorted(points, key=lambda name: (-points[name], name))}


def _limits(scope: Scope, rules: Rules) -> tuple[str, ...]:
    """What keeps a storefront from being called clear."""
    table, limits = rules.table, []
    if scope.offers == 0:
        limits.append("No offer could be read.")
    elif scope.offers < table.enough_offers and not _all_lawful(scope):
        limits.append(f"Only {scope.offers} {'offer was' if scope.offers == 1 else 'offers were'} read.")
    if scope.pages and scope.unreadable / scope.pages > table.unreadable_share:
        limits.append(f"{scope.unreadable} of {scope.pages} pages could not be read.")
    if scope.branded and scope.undecided / scope.branded >= table.abstained_share:
        why = "; ".join(f"{reason} ({count})" for reason, count in list(scope.reasons.items())[:3])
        limits.append(f"{scope.undecided} of {scope.branded} offers with a brand could not be judged: {why}.")
    return tuple(limits)


def _all_lawful(scope: Scope) -> bool:
    """Whether a seller under somebody's roof, whose pages are few, has said all there is: who sells one used thing."""
    return scope.kind != "shop" and scope.lawful == scope.offers


def _turns_on(families: dict[str, float], verdict: Verdict, rules: Rules, scale: Scale) -> tuple[str, ...]:
    """Which families the verdict hangs on, and what is missing to the next one."""
    if verdict in ("suspected", "watch"):
        without = {name: _verdict({n: p for n, p in families.items() if n != name}, rules, scale) for name in families}
        return tuple(
            f"Without {_means(name, rules)} the verdict would be {other}."
            for name, other in sorted(without.items(), key=lambda pair: -families[pair[0]])
            if other != verdict
        )
    missing = round(scale.watch - _score(families), 2)
    return (f"{missing:g} more points would make it watch.",) if verdict == "clear" and families else ()


def _means(family: str, rules: Rules) -> str:
    return rules.families[family].means if family in rules.families else family
