"""Tables and figures of what was judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from bench.evaluate.cases import Case, linked
from bench.evaluate.measures import area, calibration_error, share, upper_bound
from bench.figures import figure
from crawler.assessment.judge import Assessment
from crawler.assessment.rules import Rules
from lab.population import PLAIN_KINDS

FIRST = 100
LEAST = 50  # storefronts of an honest kind below which its share says nothing
TENANTS = {"marketplace_seller": "sellers", "social_account": "accounts"}
"""Kinds that own no pages → what their figures are called."""
Judged = Sequence[tuple[Case, Assessment]]


def report(cases: Sequence[Case], rules: Rules) -> None:
    """Print every table and figure."""
    judged = [(case, case.judged(rules)) for case in cases]
    shops = [pair for pair in judged if pair[0].scope.kind == "shop"]
    _kinds(shops)
    _figures(shops)
    _beside(shops)
    _ablation(cases, rules)
    for kind, name in TENANTS.items():
        if some := [pair for pair in judged if pair[0].scope.kind == kind]:
            _kinds(some)
            _tenants(name, some)
            _beside(some)


def suspected(judged: Judged) -> int:
    """How many are suspected."""
    return sum(found.verdict == "suspected" for _, found in judged)


def of(judged: Judged, infringing: bool) -> Judged:
    """The infringing, or the honest ones."""
    return [pair for pair in judged if pair[0].infringing is infringing]


def _kinds(judged: Judged) -> None:
    print(f"\n{'style':<20}{'':<12}{'count':>7}{'suspected':>11}{'watch':>8}{'clear':>8}{'abstain':>9}{'score':>8}")
    by_style: dict[tuple[bool, str], list[tuple[Case, Assessment]]] = defaultdict(list)
    for pair in judged:
        by_style[pair[0].infringing, pair[0].style].append(pair)
    for (bad, style), some in sorted(by_style.items()):
        verdicts = Counter(found.verdict for _, found in some)
        shares = [verdicts[name] / len(some) for name in ("suspected", "watch", "clear", "abstain")]
        mean = sum(found.score for _, found in some) / len(some)
        told = "".join(f"{value:>{width}.3f}" for value, width in zip(shares, (11, 8, 8, 9), strict=True))
        print(f"{style:<20}{'infringing' if bad else 'honest':<12}{len(some):>7}{told}{mean:>8.2f}")


def _figures(judged: Judged) -> None:
    bad, good = of(judged, True), of(judged, False)
    wrong = suspected(good)
    plain = [pair for pair in bad if pair[0].style in PLAIN_KINDS]
    adapted = [pair for pair in bad if pair[0].style == "adapted"]
    others = [pair for pair in bad if pair not in plain and pair not in adapted]
    ranked = sorted(judged, key=lambda pair: (-pair[1].score, pair[0].key))[:FIRST]
    print(f"\n{len(judged)} storefronts, {len(bad)} infringing; {wrong} of {len(good)} honest ones suspected")
    figure("evaluate.storefronts", len(judged))
    figure("evaluate.fpr", share(wrong, len(good)))
    figure("evaluate.fpr_bound", upper_bound(wrong, len(good)))
    figure("evaluate.recall", share(suspected(bad), len(bad)))
    figure("evaluate.recall_plain", share(suspected(plain), len(plain)))
    figure("evaluate.recall_adapted", share(suspected(adapted), len(adapted)))
    figure("evaluate.recall_others", share(suspected(others), len(others)))
    for name, some in (("", bad), ("_adapted", adapted)):
        several = [pair for pair in some if pair[0].owner]
        figure(f"evaluate.recall{name}_in_networks", share(suspected(several), len(several)))
    figure("evaluate.precision", share(suspected(bad), suspected(judged)))
    figure("evaluate.auc", area([found.score for _, found in bad], [found.score for _, found in good]))
    figure("evaluate.precision_at_100", share(sum(case.infringing for case, _ in ranked), len(ranked)))
    for name, some in (("infringing", bad), ("honest", good)):
        figure(f"evaluate.abstained_{name}", share(sum(a.verdict == "abstain" for _, a in some), len(some)))
    figure("evaluate.worst_lawful_kind", _worst(good))
    figure("evaluate.calibration_error", calibration_error((a.probability, case.infringing) for case, a in judged))


def _tenants(name: str, judged: Judged) -> None:
    """The figures of those who are judged by what their goods say alone."""
    bad, good = of(judged, True), of(judged, False)
    wrong = suspected(good)
    print(f"\n{len(judged)} {name}, {len(bad)} infringing; {wrong} of {len(good)} honest ones suspected")
    figure(f"evaluate.{name}", len(judged))
    figure(f"evaluate.{name}_fpr_bound", upper_bound(wrong, len(good)))
    figure(f"evaluate.{name}_recall", share(suspected(bad), len(bad)))
    figure(f"evaluate.{name}_auc", area([found.score for _, found in bad], [found.score for _, found in good]))
    for side, some in (("infringing", bad), ("honest", good)):
        figure(f"evaluate.{name}_abstained_{side}", share(sum(a.verdict == "abstain" for _, a in some), len(some)))
    figure(f"evaluate.{name}_worst_lawful_kind", _worst(good))
    error = calibration_error((a.probability, case.infringing) for case, a in judged)
    figure(f"evaluate.{name}_calibration_error", error)


def _worst(good: Judged) -> float:
    by_style: dict[str, list[bool]] = defaultdict(list)
    for case, found in good:
        by_style[case.style].append(found.verdict == "suspected")
    return max((share(sum(some), len(some)) for some in by_style.values() if len(some) >= LEAST), default=0.0)


def _beside(judged: Judged) -> None:
    """The two baselines on the same storefronts."""
    cases = [case for case, _ in judged]
    print(f"\n{'who says it':<28}{'found':>8}{'false':>8}{'precision':>11}")
    says = {
        "the assessor": {case.key: found.verdict == "suspected" for case, found in judged},
        "a list of words": {case.key: case.keyword for case in cases},
        "prices below half": {case.key: case.half_price for case in cases},
    }
    for name, said in says.items():
        hits = sum(said[case.key] for case in cases if case.infringing)
        wrong = sum(said[case.key] for case in cases if not case.infringing)
        bad = sum(case.infringing for case in cases)
        false = share(wrong, len(cases) - bad)
        print(f"{name:<28}{share(hits, bad):>8.3f}{false:>8.4f}{share(hits, hits + wrong):>11.3f}")


def _ablation(cases: Sequence[Case], rules: Rules) -> None:
    """What is left when one family of evidence is left out."""
    print(f"\n{'without':<12}{'found':>8}{'adapted':>9}{'false':>8}{'AUC':>8}")
    for family in ("", *sorted(rules.families)):
        some = linked(cases, rules, family) if family else cases
        judged = [(case, case.judged(rules, family)) for case in some if case.scope.kind == "shop"]
        bad, good = of(judged, True), of(judged, False)
        adapted = [pair for pair in bad if pair[0].style == "adapted"]
        auc = area([found.score for _, found in bad], [found.score for _, found in good])
        shares = (share(suspected(bad), len(bad)), share(suspected(adapted), len(adapted)))
        false = share(suspected(good), len(good))
        print(f"{family or '(nothing)':<12}{shares[0]:>8.3f}{shares[1]:>9.3f}{false:>8.4f}{auc:>8.4f}")
