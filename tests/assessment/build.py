"""Evidence and rules for tests, independent of the numbers in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pymongo.database import Database

from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.means import load

Store = Database[dict[str, Any]]
Write = Callable[..., Any]
"""Writes captures as a crawl does."""
MEANS = load()
RULES = MEANS.rules
READ = Scope(offers=50, flagged=20, branded=20, undecided=0, pages=60, unreadable=0)


def evidence(family: str, points: float, **changes: Any) -> Evidence:
    values: dict[str, Any] = {
        "code": f"{family}.x",
        "family": family,
        "points": points,
        "sentence": f"{family} speaks.",
    }
    return Evidence(**values | changes)
