"""The weights of flags: data, with the hash of it as version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from crawler import tabular
from crawler.items import Allegation


class Rule(BaseModel):
    """What one flag weighs and says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: float = Field(ge=0, le=5)
    family: str
    """Flags of one family rest on the same ground: an assessor counts the heaviest of them once."""
    allegation: Allegation
    otherwise: tuple[Allegation, ...] = ()
    """What to allege if the rights holder does not pursue ``allegation``."""
    sentence: str


class Families(BaseModel):
    """What a family is, and the most it may add to a score."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: str
    at_most: float


class Table(BaseModel):
    """``data/weights.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    families: dict[str, Families]
    flags: dict[str, Rule]


@dataclass(frozen=True)
class Weights:
    """The table, and the sha256 of the file it came from."""

    table: Table
    version: str

    def __getitem__(self, code: str) -> Rule:
        return self.table.flags[code]


@cache
def load(path: Path | None = None) -> Weights:
    """Return the weights in ``path``, the packaged ones for None.

    :raises pydantic.ValidationError: the file is not such a table.
    """
    source = path or resources.files("crawler.data") / "weights.yaml"
    raw = source.read_bytes()
    return Weights(Table.model_validate(tabular.parsed(raw)), hashlib.sha256(raw).hexdigest())
