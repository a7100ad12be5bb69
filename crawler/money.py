"""Money: amounts, currencies, and prices as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""


class Money(BaseModel):
    """An amount in a currency, and why that currency."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: Decimal = Field(ge=0, allow_inf_nan=False)
    currency: Currency | None = None
    reason: str = ""
    """Why this currency was chosen, e.g. ``declared by the page`` or ``£ in a .co.uk shop``."""
    candidates: tuple[Currency, ...] = ()
    """The other currencies that the sign could mean; not empty = ambiguous."""
    tax: Literal["included", "excluded"] | None = None


class Conversion(BaseModel):
    """A price in the register's currency: rate and date beside the amount, so that it can be recomputed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: Decimal
    currency: Currency
    rate: Decimal
    rate_date: str
    source: str
