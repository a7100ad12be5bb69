"""``make calibrate``: from evidence to weights, from scores to verdicts, on generated worlds of their own seeds.

A weight is the decimal logarithm of how many times more often a piece of evidence stands with the infringing than with
the honest, where it was met often enough; else it is that of the table. *Suspected* begins at the lowest score at which
honest storefronts keep below the wanted rate; without a strong ground, at the lowest at which each of the honest kinds
that look most like infringers does, in a world of these. What it writes is labelled "lab-calibrated": people's
decisions will be worth more.
"""

from __future__ import annotations

import argparse
import math
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from bench.evaluate.__main__ import read
from bench.evaluate.cases import Case, linked
from bench.evaluate.measures import upper_bound
from bench.evaluate.reading import forget, parts_of
from crawler.assessment import rules
from crawler.assessment.judge import judge
from crawler.assessment.rules import Rules
from crawler.items import StorefrontKind
from lab.population import PREVALENCE

FILE = Path(__file__).resolve().parents[2] / "crawler" / "data" / "calibration.yaml"
COUNT = 2_000
TENANTS: dict[StorefrontKind, float] = {"marketplace_seller": 0.6, "social_account": 0.4}
"""For each shop: enough infringing ones for curves of their own."""
SEEDS = ("calibrate/1",)
ENRICHED = 0.15
"""Share of infringing storefronts in these worlds, so that enough of them are seen; the curve is shifted back."""
WANTED = 0.0015
"""Share of honest storefronts that may be suspected on the calibration set: half of what the goal allows."""
RISKY = 0.5
"""For each shop: shops of a world whose honest ones are of the riskiest kinds. At the usual shares a world of thousands
has too few liquidators to show how often they are accused."""
WORST = 0.009
"""Share of any honest kind that may be suspected on weak grounds there: a little less than the goal allows in all."""
WEAK_SCORES = (2.8, 3.6)
"""Between which scores weak grounds begin to be enough."""
OFTEN = 25  # storefronts that show a piece of evidence, below which nothing is learned of it
MOST = 0.75
"""Points that can be learned: less than a ground needs to be a strong one, whatever a generator makes of it."""
PRIOR = 2.0  # honest and infringing storefronts that are added to each count, so that a rare one tells less
LEAST_SCORE = 2.45
"""No calibration may suspect below it: all ties to suspected storefronts and a missing authorisation come to less."""
MOST_SCORE = 2.8
"""Nor may it need more: what a seller's own admission over the whole shop and a missing authorisation come to."""
HEAD = """\
# From evidence to points, and from a score to a verdict and a probability, for each kind of source: thresholds do not
# transfer between sources. Written by `make calibrate` on seeds of its own, never on those of `make evaluate`.
# Weights: decimal logarithms of likelihood ratios; evidence that is missing here keeps the weight of its own table.
# Kinds whose pages the calibration does not generate keep numbers set by hand.
"""


def weights(cases: Sequence[Case], table: Rules) -> dict[str, float]:
    """Code → points, for those evidence rules and flags of whole storefronts that were met often enough."""
    codes = frozenset(table.table.evidence) | LEARNED_FLAGS
    shown: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for case in cases:
        shown[case.infringing].update({item.code for item in case.evidence} & codes)
    totals = Counter(case.infringing for case in cases)
    found = {}
    for code in sorted(codes):
        bad, good = shown[True][code], shown[False][code]
        if bad + good >= OFTEN:
            ratio = (bad + PRIOR) / (totals[True] + 2 * PRIOR) * (totals[False] + 2 * PRIOR) / (good + PRIOR)
            least, most = _bounds(code, table)
            found[code] = round(min(most, max(least, math.log10(ratio))), 2)
    return found


def _bounds(code: str, table: Rules) -> tuple[float, float]:
    """Between which points evidence may count: what speaks against a storefront never for it, nor the other way."""
    rule = table.table.evidence.get(code)
    most = (rule.model_extra or {}).get("learned_to") if rule else None
    if rule is None or rule.weight >= 0:
        return 0.0, float(most or MOST)
    return float(most or -MOST), 0.0


def threshold(scores: Sequence[float], wanted: float) -> float:
    """The lowest score, in steps of 0.05, that at most a share ``wanted`` of ``scores`` reach."""
    allowed = int(wanted * len(scores))
    ranked = sorted(scores, reverse=True)
    limit = ranked[allowed] if allowed < len(ranked) else 0.0
    return math.floor(limit / 0.05 + 1) * 0.05


def weak(risky: Sequence[Case], table: Rules) -> float:
    """The lowest score, in steps of 0.05, from which at most ``WORST`` of every honest kind is suspected on weak
    grounds, or for a tie to somebody who is.
    """
    honest = {case.key: case.style for case in risky if not case.infringing}
    count, strong = Counter(honest.values()), _suspected(risky, table, math.inf)
    for step in range(round(WEAK_SCORES[0] * 20), round(WEAK_SCORES[1] * 20)):
        wrong = Counter(honest[key] for key in (_suspected(risky, table, step / 20) - strong) & honest.keys())
        if all(number <= WORST * count[kind] for kind, number in wrong.items()):
            return step / 20
    return WEAK_SCORES[1]


def _suspected(cases: Sequence[Case], table: Rules, score: float) -> set[str]:
    """Who is suspected where weak grounds are enough from ``score``."""
    tried = _with_weak(table, score)
    return {case.key for case in linked(cases, tried) if case.judged(tried).verdict == "suspected"}


def _with_weak(table: Rules, score: float) -> Rules:
    kinds = {name: scale.model_copy(update={"weak": score}) for name, scale in table.calibration.kinds.items()}
    return table.recalibrated(table.calibration.model_copy(update={"kinds": kinds}))


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept of the logistic curve from score to infringing, by Newton's method."""
    slope, intercept = 1.0, -3.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 1e-6
        for score, infringing in pairs:
            said = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + intercept))))
            error, spread = infringing - said, said * (1 - said)
            g0, g1 = g0 + error, g1 + error * score
            h00, h01, h11 = h00 + spread, h01 + spread * score, h11 + spread * score * score
        det = h00 * h11 - h01 * h01
        intercept += (h11 * g0 - h01 * g1) / det
        slope += (h00 * g1 - h01 * g0) / det
    return slope, intercept


def calibrated(cases: Sequence[Case], table: Rules) -> dict[str, dict[str, float]]:
    """What the file says of each kind of source; kinds that are not among the cases keep their numbers."""
    kinds = {name: one.model_dump() for name, one in table.calibration.kinds.items()}
    for kind in {case.scope.kind for case in cases}:
        kinds[kind] = _scale([case for case in cases if case.scope.kind == kind], table)
    return kinds


def _scale(cases: Sequence[Case], table: Rules) -> dict[str, float]:
    """Thresholds and curve of one kind. Honest ones that no score could suspect (one ground only) set no threshold."""
    judged = [(case, case.judged(table)) for case in cases]
    suspicious = [a.score for c, a in judged if not c.infringing and _could_be(c, table)]
    honest = [a.score for c, a in judged if not c.infringing]
    scores = sorted(suspicious, reverse=True) + [0.0] * (len(honest) - len(suspicious))
    suspected = min(MOST_SCORE, max(LEAST_SCORE, threshold(scores, WANTED)))
    slope, intercept = curve([(a.score, c.infringing) for c, a in judged])
    intercept += _odds(PREVALENCE) - _odds(1 - len(honest) / len(judged))
    return {
        "suspected": round(suspected, 2),
        "watch": round(max(1.2, 0.55 * suspected), 2),
        "weak": table.scale(cases[0].scope.kind).weak,
        "slope": round(slope, 3),
        "intercept": round(intercept, 3),
    }


def _odds(share: float) -> float:
    """Natural logarithm of the odds."""
    return math.log(share / (1 - share))


def _could_be(case: Case, table: Rules) -> bool:
    """Whether its evidence stands on enough families to be suspected at some score."""
    lowest = {name: scale.model_copy(update={"suspected": 0.01}) for name, scale in table.calibration.kinds.items()}
    lowered = table.recalibrated(table.calibration.model_copy(update={"kinds": lowest}))
    found = case.judged(table)
    return judge(found.evidence, case.scope, lowered).verdict == "suspected"


def main() -> None:
    """Read the calibration worlds and write the file."""
    parser = argparse.ArgumentParser("make calibrate", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"storefronts of each world (default {COUNT})")
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1), help="processes")
    arguments = parser.parse_args()
    parts = [part for seed in SEEDS for part in parts_of(seed, arguments.count, ENRICHED)]
    for kind, share in TENANTS.items():
        own = round(share * arguments.count)
        parts += [part for seed in SEEDS for part in parts_of(seed, own, ENRICHED, kind, shops=arguments.count)]
    count = round(RISKY * arguments.count)
    risky = [part for seed in SEEDS for part in parts_of(f"{seed}/risky", count, risky=True)]
    write(read(parts, arguments.workers), read(risky, arguments.workers), SEEDS)
    forget()


def write(cases: Sequence[Case], risky: Sequence[Case], seeds: Sequence[str]) -> None:
    """Write the file from these cases, and say what it would do on them; ``risky``: those that set ``weak``."""
    table = rules.load()
    shops = [case for case in cases if case.scope.kind == "shop"]
    learned = weights(shops, table)
    weighted = table.recalibrated(table.calibration.model_copy(update={"weights": learned}))
    weighted = _with_weak(
        weighted, weak(linked([_reweighted(case, table, weighted) for case in risky], weighted), weighted)
    )
    kinds = calibrated(linked([_reweighted(case, table, weighted) for case in cases], weighted), weighted)
    honest = sum(not case.infringing for case in cases)
    source = (
        f"{len(cases)} generated storefronts, {len(cases) - honest} infringing (more than in the world, and the curve "
        f"shifted back to {PREVALENCE:.1%}), seeds {', '.join(seeds)}; {len(risky)} of the riskiest kinds"
    )
    told = {"label": "lab-calibrated", "source": source, "weights": learned, "kinds": kinds}
    FILE.write_text(HEAD + yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    print(f"wrote {FILE.name}: {kinds}; weights {learned}")
    print(f"an honest rate of 0 of {honest} has the upper bound {upper_bound(0, honest):.4f}")


LEARNED_FLAGS = frozenset(
    {"domain.young", "domain.registered_again", "domain.unrelated_name", "domain.brand_and_shop_word"}
)
"""Flags of whole storefronts. Those of offers keep the weights that hand-written cases of many languages support."""


def _reweighted(case: Case, old: Rules, new: Rules) -> Case:
    """The case with its evidence at new weights: points are weight times strength."""
    found = []
    for item in case.evidence:
        before, after = old.weight(item.code), new.weight(item.code)
        found.append(replace(item, points=round(item.points / before * after, 3) if before else after))
    return replace(case, evidence=tuple(found))


if __name__ == "__main__":
    main()
