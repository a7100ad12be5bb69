"""How storefronts behave: one row per style, read by the stock, the pages and the truth alike."""

from __future__ import annotations

from dataclasses import dataclass

from lab.model import Label, Legal

Goods = tuple[tuple[str, float], ...]
"""Kind of goods → share of the assortment."""
BRANDED: Goods = (("branded", 1.0),)


@dataclass(frozen=True, slots=True)
class Style:
    """What a kind of seller has, asks for it, and says about it."""

    label: Label
    factor: tuple[float, float]
    """Price as a share of the brand's retail price, from … to."""
    notes: str = "pitches"
    """Key of the description texts in ``words/``."""
    goods: Goods = BRANDED
    allegations: tuple[str, ...] = ()
    tag_words: str = "admitting_tags"
    tags: float = 0.0
    """Share of titles that carry an admitting word."""
    disguises: float = 0.0
    """Share of titles in which the brand is spelt so that a search misses it."""
    struck: float = 0.15
    """Share of items that show a struck-out price."""
    legal: Legal = "own"
    free_mail: bool = False
    used: bool = False
    genuine: bool = True
    hard: bool = False
    """The difference from an honest shop does not show on single pages."""
    negates: bool = False
    """Says in so many words that it sells no copies."""


STYLES = {
    "official": Style("honest", (1.02, 1.05), struck=0.0),
    "authorised": Style("honest", (0.93, 1.0)),
    "authorised_outlet": Style("honest", (0.66, 0.72), struck=1.0),
    "reseller": Style("honest", (0.94, 1.05), negates=True, hard=True),
    "second_hand": Style("honest", (0.30, 0.62), notes="used_notes", struck=0.0, used=True, negates=True),
    "accessories": Style("honest", (0.08, 0.2), notes="fit_notes", goods=(("fitting", 0.8), ("home", 0.2))),
    "compatible_parts": Style("honest", (0.45, 0.8), notes="fit_notes", goods=(("fitting_part", 0.9), ("home", 0.1))),
    "unrelated": Style("honest", (1.0, 1.0), notes="good_notes", goods=(("books", 0.6), ("tea", 0.4))),
    "household": Style("honest", (1.0, 1.0), notes="good_notes", goods=(("home", 0.7), ("tea", 0.3))),
    "discounter": Style("honest", (0.42, 0.85), notes="outlet_notes", struck=0.9, hard=True),
    "renewed": Style("honest", (0.4, 0.75), notes="renewed_notes", struck=0.4, used=True),
    "repair": Style("honest", (0.05, 0.3), notes="repair_notes", goods=(("repair", 0.9), ("home", 0.1))),
    "comparison": Style("honest", (0.1, 0.6), notes="comparison_notes", goods=(("comparison", 0.7), ("home", 0.3))),
    "packaging": Style("honest", (0.05, 0.2), notes="wrap_notes", goods=(("packaging", 0.8), ("home", 0.2))),
    "wholesale": Style("honest", (0.6, 0.8), notes="trade_notes", struck=0.0),
    "parallel": Style("honest", (0.65, 0.9), notes="parallel_notes", struck=0.3, hard=True),
    "namesake": Style("honest", (1.0, 1.0), notes="namesake_notes", goods=(("namesake", 0.6), ("home", 0.4))),
    "liquidator": Style("honest", (0.2, 0.5), notes="liquidation_notes", struck=1.0, hard=True),
    "newcomer": Style("honest", (0.9, 1.03), hard=True),
    "handmade": Style("honest", (0.05, 0.3), notes="handmade_notes", goods=(("handmade", 0.7), ("home", 0.3))),
    "coy": Style("infringing", (0.08, 0.35), "coy_notes", allegations=("counterfeit",), tags=0.3, struck=0.5,
                 legal="missing", free_mail=True, genuine=False, tag_words="coy_tags"),
    "rotating": Style("infringing", (0.12, 0.45), "lures", allegations=("counterfeit", "scam"), struck=0.9,
                      legal="copied", free_mail=True, genuine=False),
    "platform": Style("not_a_shop", (1.0, 1.0)),
    "review": Style("not_a_shop", (1.0, 1.0)),
    "deep_discount": Style("infringing", (0.12, 0.35), "lures", allegations=("counterfeit", "scam"), struck=0.95,
                           legal="copied", free_mail=True, genuine=False),
    "admitting": Style("infringing", (0.04, 0.14), "admitting", allegations=("counterfeit",), tags=0.55, struck=0.3,
                       legal="missing", free_mail=True, genuine=False),
    "disguised": Style("infringing", (0.1, 0.3), "lures", allegations=("counterfeit", "trademark"), disguises=0.75,
                       struck=0.6, legal="missing", free_mail=True, genuine=False),
    "adapted": Style("infringing", (0.83, 0.87), allegations=("counterfeit",), genuine=False, hard=True),
    "mixed": Style("infringing", (0.2, 0.4), "lures", goods=(("branded", 0.45), ("home", 0.55)),
                   allegations=("counterfeit",), free_mail=True, genuine=False, hard=True),
    "pharmacy": Style("infringing", (0.3, 0.6), "prescription", allegations=("counterfeit",), legal="missing",
                      free_mail=True, genuine=False),
    "cracked_keys": Style("infringing", (0.03, 0.09), "keys", allegations=("piracy",), struck=0.8, legal="missing",
                          free_mail=True, genuine=False),
}  # fmt: skip
