"""The numbers behind a verdict: ``data/weights.yaml`` for flags, ``data/assessment.yaml`` for all else."""

from __future__ import annotations

import hashlib
import math
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler import tabular
from crawler.assessment.evidence import Evidence
from crawler.errors import ConfigurationError
from crawler.indicators import weights
from crawler.indicators.safe import quote
from crawler.indicators.weights import Families, Weights
from crawler.items import Allegation

SHOWN = 120  # characters of a value in a sentence


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Strength(_Strict):
    """How the share and number of flagged offers turn into a factor from ``floor`` to 1."""

    floor: float = Field(ge=0, le=1)
    full_share: float = Field(gt=0, le=1)
    full_count: int = Field(ge=1)
    count_share: float = Field(gt=0, le=1)
    full_compared: dict[str, float]
    """Flag → its share among the offers whose prices were compared from which it counts fully."""
    single_of: int = Field(ge=1)
    single_at_most: float = Field(gt=0)
    """Points of a flag that a single offer among several carries."""
    backed_by: frozenset[str]
    """Flags of another family that, on the same offer, make it more than a misreading."""

    def single(self, flagged: int, offers: int) -> bool:
        """Whether it rests on one offer among several: a misreading, as likely as not."""
        return flagged == 1 and offers > self.single_of

    def among(self, code: str, flagged: int, compared: int) -> float:
        """The most that a flag may count by its share among the ``compared`` offers."""
        full = self.full_compared.get(code)
        share = flagged / max(compared, flagged, 1)
        return self.floor + (1 - self.floor) * min(1.0, share / full) if full else 1.0

    def of(self, flagged: int, offers: int, alone: bool) -> float:
        """The factor for ``flagged`` of ``offers``; ``alone``: a single one, and nothing else speaks for it."""
        if alone:
            return self.floor
        share = flagged / max(offers, flagged, 1)
        by_count = min(flagged / self.full_count, share / self.count_share)
        return self.floor + (1 - self.floor) * min(1.0, max(share / self.full_share, by_count))


class EvidenceRule(BaseModel):
    """What one kind of storefront evidence weighs and says; further numbers are its own conditions."""

    model_config = ConfigDict(extra="allow", frozen=True)

    weight: float = Field(ge=-1, le=5)
    """Below zero: it speaks for the storefront."""
    family: str
    allegation: Allegation | None = None
    sentence: str


class Scale(_Strict):
    """What a score means for one kind of source."""

    suspected: float
    """The score from which a storefront is suspected; ``watch`` likewise."""
    watch: float
    weak: float
    """The score from which one is suspected that has no strong ground."""
    slope: float = Field(gt=0)
    """Of the logistic curve from score to probability, with ``intercept``."""
    intercept: float

    def probability(self, score: float) -> float:
        """How many of a hundred with such a score infringed, in the set that it was calibrated on."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))


class Calibration(_Strict):
    """``data/calibration.yaml``."""

    label: str
    source: str = ""
    """On what it rests, in words."""
    weights: dict[str, float] = Field(default_factory=dict)
    """Code → points learned, instead of those of its table."""
    kinds: dict[str, Scale]


class Ties(_Strict):
    """What a value that is shared tells, by who else shows it: decimal logarithms of likelihood ratios."""

    suspected: float
    """For each other that is suspected on evidence of its own."""
    watched: float
    """For each other that is to be watched, likewise."""
    others: float
    """For each of the rest; below zero."""
    personal: float
    """For values that nobody shares by chance, whoever else shows them."""
    full: float = Field(gt=0)
    """From which sum the evidence counts fully."""
    copied_from: int = Field(ge=1)
    """Others, suspected or watched, from which a tie counts that comes with copied pages: all but where money goes."""
    settled: float = Field(ge=0, le=1)
    """What is left of such a tie for who has held the domain for years, and was rather copied from."""


class Lawful(_Strict):
    """How lawful uses of brands on some offers lessen what other offers are flagged for."""

    families: frozenset[str]
    from_share: float = Field(ge=0, le=1)
    """Share of lawful uses among offers with a brand up to which nothing is taken off."""

    def left(self, lawful: int, flagged: int) -> float:
        """What is left of the evidence: of a shop's goods that are mostly used, the others are rather misread."""
        share = lawful / max(1, lawful + flagged)
        return 1.0 if share <= self.from_share else 1.0 - share


class Table(_Strict):
    """``data/assessment.yaml``."""

    version: int
    strength: Strength
    damping: float = Field(ge=0, lt=1)
    ties: Ties
    voids: dict[str, frozenset[str]]
    """Evidence → other evidence that counts nothing beside it."""
    families_needed: int = Field(ge=2)
    family_counts_from: float = Field(gt=0)
    strong_from: float = Field(gt=0)
    weak_families: frozenset[str]
    weak_families_needed: int = Field(ge=3)
    goods_families: frozenset[str]
    page_families: frozenset[str]
    enough_offers: int = Field(ge=1)
    unreadable_share: float
    abstained_share: float
    lawful_reasons: frozenset[str]
    lawful: Lawful
    families: dict[str, Families]
    evidence: dict[str, EvidenceRule]
    facts: dict[str, EvidenceRule]
    free_mail: frozenset[str]


class Rules:
    """The tables, and the versions that an assessment names."""

    def __init__(self, table: Table, flags: Weights, calibration: Calibration, version: str) -> None:
        self.table = table
        self.calibration = calibration
        self.flags = flags
        self.version = version
        """SHA-256 over the files: equal versions give equal verdicts on equal evidence."""
        self.families: dict[str, Families] = {**table.families, **flags.table.families}
        self._check()

    def scale(self, kind: str) -> Scale:
        """What a score means for storefronts of ``kind``; a kind without numbers of its own is read as a shop."""
        return self.calibration.kinds.get(kind) or self.calibration.kinds["shop"]

    def weight(self, code: str) -> float:
        """The points of a piece of evidence or a flag at full strength."""
        learned = self.calibration.weights.get(code)
        rule = self.table.evidence.get(code) or self.flags.table.flags[code]
        return rule.weight if learned is None else learned

    def recalibrated(self, calibration: Calibration) -> Rules:
        """The same tables under another calibration."""
        return Rules(self.table, self.flags, calibration, self.version)

    def number(self, code: str, name: str) -> float:
        """One of the own conditions of an evidence rule."""
        extra = self.table.evidence[code].model_extra or {}
        return float(extra[name])

    def evidence(self, code: str, strength: float = 1.0, **values: Any) -> Evidence:
        """A piece of evidence by the rule ``code``, of a strength from 0 to 1, its sentence filled with ``values``."""
        return _made(code, self.table.evidence[code], round(self.weight(code) * strength, 3), values)

    def fact(self, name: str, **values: Any) -> Evidence:
        """A piece of evidence from a fact that a spider stated."""
        return _made(f"fact.{name}", self.table.facts[name], self.table.facts[name].weight, values)

    def _check(self) -> None:
        rules = [*self.table.evidence.values(), *self.table.facts.values()]
        unknown = sorted(self.calibration.weights.keys() - self.table.evidence.keys() - self.flags.table.flags.keys())
        if unknown:
            raise ConfigurationError(f"calibration.yaml: weights of unknown evidence: {', '.join(unknown)}")
        missing = sorted({rule.family for rule in rules} - self.families.keys())
        if missing:
            raise ConfigurationError(f"assessment.yaml: families without a ceiling: {', '.join(missing)}")


def _made(code: str, rule: EvidenceRule, points: float, values: dict[str, Any]) -> Evidence:
    shown = {name: quote(str(value), SHOWN) for name, value in values.items()}
    return Evidence(
        code=code,
        family=rule.family,
        points=points,
        sentence=rule.sentence.format_map(shown),
        allegation=rule.allegation,
        values=values,
    )


@cache
def load() -> Rules:
    """The rules of this installation.

    Raises:
        ConfigurationError: a table is not what it should be.
    """
    data = resources.files("crawler.data")
    try:
        table, scales = ((data / name).read_bytes() for name in ("assessment.yaml", "calibration.yaml"))
        return build(tabular.parsed(table), weights.load(), tabular.parsed(scales), table + scales)
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise ConfigurationError(f"the assessment tables cannot be read: {error}") from None


def build(table: dict[str, Any], flags: Weights, scales: dict[str, Any], raw: bytes = b"") -> Rules:
    """Rules from tables that were read already; ``raw`` is what they were read from."""
    version = hashlib.sha256(raw + flags.version.encode()).hexdigest()
    return Rules(Table.model_validate(table), flags, Calibration.model_validate(scales), version)
