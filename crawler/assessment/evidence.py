"""The unit of judging: one thing that speaks against a storefront, or for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawler.items import Allegation


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks against a storefront (or, with points below zero, for it), before families are reckoned."""

    code: str
    family: str
    points: float
    sentence: str
    allegation: Allegation | None = None
    values: dict[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    """``_id`` of flags it rests on, a few of them; each of these names body and place."""
    counted: float = 0.0
    """The points that went into the score, once families were reckoned; set by ``judge``."""
