"""Market references: what a product costs new, as one vote per storefront in price steps of two per cent.

Pure arithmetic. A storefront has one vote per product however many offers it shows, so volume moves nothing; votes
are merged by the higher step, so their order and repetition change nothing; and a reference is the lower quarter of
the *other* storefronts' votes, which stays where honest sellers put it until three in four vote falsely upwards.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

STEP = 1.02
"""The ratio of two neighbouring price steps: finer than any difference that a flag rests on."""
STEPS = range(-400, 2400)
"""Of a price between 0.0004 and 4e20; what is outside is a misreading."""
SPREAD = 0.25  # shares of the votes below the lower and above the upper quarter


@dataclass(frozen=True, order=True)
class Product:
    """What is compared with what: the same product, in the same pack, new, in one currency."""

    brand: str
    line: str
    pack: str
    currency: str

    @property
    def key(self) -> str:
        """A name that no page can choose the characters of."""
        written = "\x1f".join((self.brand, self.line, self.pack, self.currency, "new"))
        return hashlib.sha256(written.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Reference:
    """The votes of the other storefronts, and what a flag needs of them."""

    product: Product
    steps: tuple[int, ...]
    """One price step per storefront, sorted."""

    @property
    def count(self) -> int:
        """How many storefronts it rests on."""
        return len(self.steps)

    @property
    def version(self) -> str:
        """A digest of product and votes: equal versions give equal quantiles."""
        return hashlib.sha256(f"{self.product.key}:{','.join(map(str, self.steps))}".encode()).hexdigest()[:16]

    def quantile(self, share: float) -> Decimal:
        """Return the price at or below which ``share`` of the storefronts sell: the lower end of that step."""
        if not self.steps:
            raise ValueError("no votes, no quantile")
        return price_of(self.steps[min(len(self.steps) - 1, int(share * len(self.steps)))])

    @property
    def spread(self) -> Decimal:
        """Upper divided by lower quarter: how much honest prices of the product differ."""
        return self.quantile(1 - SPREAD) / self.quantile(SPREAD)


def step_of(amount: Decimal) -> int | None:
    """Return the price step of ``amount``, None for what is no price."""
    if not amount.is_finite() or amount <= 0:
        return None
    step = math.floor(math.log(amount) / math.log(STEP))
    return step if step in STEPS else None


def price_of(step: int) -> Decimal:
    """Return the lower end of a price step."""
    return Decimal(str(round(STEP**step, 2 if step > 0 else 6)))


def reference(product: Product, votes: Iterable[int]) -> Reference:
    """Return the reference of ``votes``, one step per storefront, in any order."""
    return Reference(product, tuple(sorted(votes)))
