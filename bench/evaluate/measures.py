"""Shares, bounds, areas and errors. Pure arithmetic on what was judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

BINS = 10


def share(part: int, whole: int) -> float:
    """The part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def upper_bound(hits: int, trials: int, level: float = 0.95) -> float:
    """The one-sided Clopper-Pearson bound: at a rate above it, so few hits come in less than 1 - ``level`` of draws."""
    if hits >= trials:
        return 1.0
    low, high = hits / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(hits, trials, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(hits: int, trials: int, rate: float) -> float:
    """How probable ``hits`` or fewer of ``trials`` are."""
    if rate <= 0.0:
        return 1.0
    logs = [
        math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
        + k * math.log(rate) + (trials - k) * math.log1p(-rate)
        for k in range(hits + 1)
    ]  # fmt: skip
    return sum(map(math.exp, logs))


def area(bad: Sequence[float], good: Sequence[float]) -> float:
    """Area under the ROC curve: how often a bad one scores above a good one, ties half."""
    ranked = sorted([(score, True) for score in bad] + [(score, False) for score in good])
    total, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        tied = sum(1 for _, is_bad in ranked[at:end] if is_bad)
        total += tied * (at + (end - at - tied) / 2 - sum(1 for _, is_bad in ranked[:at] if is_bad))
        at = end
    return total / (len(bad) * len(good)) if bad and good else 0.0


def calibration_error(pairs: Iterable[tuple[float, bool]]) -> float:
    """Mean distance between the probability that was said and the share that came, over ten bins of equal width."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    total = 0
    for said, came in pairs:
        bins[min(BINS - 1, int(said * BINS))].append((said, came))
        total += 1
    gaps = (abs(sum(said for said, _ in part) - sum(came for _, came in part)) for part in bins)
    return sum(gaps) / total if total else 0.0
