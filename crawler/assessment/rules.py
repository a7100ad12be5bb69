"""The numbers behind a verdict: ``data/weights.yaml`` for flags, ``data/assessment.yaml`` for all else."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler.errors import ConfigurationError
from crawler.indicators import weights
from crawler.indicators.weights import Families, Thresholds, Weights
from crawler.items import Allegation


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Strength(_Strict):
    """How the share and number of flagged offers turn into a factor from ``floor`` to 1."""

    floor: float = Field(ge=0, le=1)
    full_share: float = Field(gt=0, le=1)
    full_count: int = Field(ge=1)
    count_share: float = Field(gt=0, le=1)

    def of(self, flagged: int, offers: int) -> float:
        """The factor for ``flagged`` of ``offers``."""
        share = flagged / max(offers, flagged, 1)
        by_count = min(flagged / self.full_count, share / self.count_share)
        return self.floor + (1 - self.floor) * min(1.0, max(share / self.full_share, by_count))


class EvidenceRule(BaseModel):
    """What one kind of storefront evidence weighs and says; further numbers are its own conditions."""

    model_config = ConfigDict(extra="allow", frozen=True)

    weight: float = Field(ge=0, le=5)
    family: str
    allegation: Allegation | None = None
    sentence: str


class Table(_Strict):
    """``data/assessment.yaml``."""

    version: int
    strength: Strength
    damping: float = Field(ge=0, lt=1)
    families_needed: int = Field(ge=2)
    family_counts_from: float = Field(gt=0)
    strong_from: float = Field(gt=0)
    weak_families: frozenset[str]
    weak_families_needed: int = Field(ge=3)
    enough_offers: int = Field(ge=1)
    unreadable_share: float
    abstained_share: float
    lawful_reasons: frozenset[str]
    families: dict[str, Families]
    evidence: dict[str, EvidenceRule]
    facts: dict[str, EvidenceRule]
    free_mail: frozenset[str]


class Rules:
    """Both tables, and the versions that an assessment names."""

    def __init__(self, table: Table, flags: Weights, version: str) -> None:
        self.table = table
        self.flags = flags
        self.version = version
        """SHA-256 over both files: equal versions give equal verdicts on equal evidence."""
        self.families: dict[str, Families] = {**table.families, **flags.table.families}
        self._check()

    @property
    def thresholds(self) -> Thresholds:
        """The scores from which a storefront is suspected or watched."""
        return self.flags.table.thresholds

    def number(self, code: str, name: str) -> float:
        """One of the own conditions of an evidence rule."""
        extra = self.table.evidence[code].model_extra or {}
        return float(extra[name])

    def _check(self) -> None:
        rules = [*self.table.evidence.values(), *self.table.facts.values()]
        missing = sorted({rule.family for rule in rules} - self.families.keys())
        if missing:
            raise ConfigurationError(f"assessment.yaml: families without a ceiling: {', '.join(missing)}")


@cache
def load() -> Rules:
    """The rules of this installation.

    Raises:
        ConfigurationError: a table is not what it should be.
    """
    raw = (resources.files("crawler.data") / "assessment.yaml").read_bytes()
    try:
        flags = weights.load()
        return build(yaml.safe_load(raw), flags, raw)
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise ConfigurationError(f"the assessment tables cannot be read: {error}") from None


def build(table: dict[str, Any], flags: Weights, raw: bytes = b"") -> Rules:
    """Rules from a table that was read already."""
    version = hashlib.sha256(raw + flags.version.encode()).hexdigest()
    return Rules(Table.model_validate(table), flags, version)
