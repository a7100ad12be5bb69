"""How sellers of the larger world present themselves: shares by group; docs/lab.md gives the literature behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class Manners:
    """One group of sellers: name of a habit → how many of a hundred have it; shares of one line add up to 1."""

    legal: Shares
    """``own``, ``partial`` (a page or two), ``copied`` (from another shop), ``missing``."""
    mail: Shares
    """``own`` domain, ``parent`` (another domain of theirs), ``free`` service."""
    social: Shares
    """``real`` accounts, ``dead`` links of a template, ``none``."""
    tax_number: float
    """Names a tax number in the imprint."""
    domain: Shares
    """``lapsed`` (named by its former holder), ``young``, ``old``."""
    sends_away: float = 0.0
    """Sends visitors of some pages to another domain."""
    slip: float = 1.0
    """Chance that a member of a network shows each of the values that its owner's other shops show."""


HONEST = Manners(
    legal={"own": 0.76, "partial": 0.17, "copied": 0.03, "missing": 0.04},
    mail={"own": 0.70, "parent": 0.11, "free": 0.19},
    social={"real": 0.77, "dead": 0.05, "none": 0.18},
    tax_number=0.72,
    domain={"lapsed": 0.04, "young": 0.08, "old": 0.88},
    sends_away=0.01,
)
NEWCOMER = Manners(
    legal={"own": 0.45, "partial": 0.30, "copied": 0.05, "missing": 0.20},
    mail={"own": 0.45, "parent": 0.05, "free": 0.50},
    social={"real": 0.55, "dead": 0.10, "none": 0.35},
    tax_number=0.45,
    domain={"lapsed": 0.06, "young": 0.64, "old": 0.30},
)
"""Honest shops in their first months, half-finished. The numbers are ours."""
PLAIN = Manners(
    legal={"own": 0.10, "partial": 0.20, "copied": 0.40, "missing": 0.30},
    mail={"own": 0.25, "parent": 0.20, "free": 0.55},
    social={"real": 0.06, "dead": 0.44, "none": 0.50},
    tax_number=0.08,
    domain={"lapsed": 0.75, "young": 0.20, "old": 0.05},
    sends_away=0.06,
    slip=0.75,
)
ADAPTED = Manners(
    legal={"own": 0.80, "partial": 0.14, "copied": 0.06, "missing": 0.0},
    mail={"own": 0.62, "parent": 0.14, "free": 0.24},
    social={"real": 0.50, "dead": 0.15, "none": 0.35},
    tax_number=0.50,
    domain={"lapsed": 0.50, "young": 0.30, "old": 0.20},
    sends_away=0.02,
    slip=0.35,
)
ROTATING = replace(PLAIN, domain={"lapsed": 0.60, "young": 0.40, "old": 0.0}, sends_away=0.9)


def drawn(shares: Shares, rng: Random) -> str:
    """One of the names, by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def manners_of(style: str, *, infringing: bool) -> Manners:
    """The group that a style belongs to."""
    if not infringing:
        return NEWCOMER if style == "newcomer" else HONEST
    return {"adapted": ADAPTED, "rotating": ROTATING}.get(style, PLAIN)
