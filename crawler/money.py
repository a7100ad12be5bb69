"""Money: amounts, currencies, and prices as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crawler.prices import currencies, rates, reading
from crawler.prices.choice import choose
from crawler.prices.draft import Draft
from crawler.prices.hints import Hints
from crawler.prices.numerals import NUMBER, interpret, plain
from crawler.prices.rates import Rates

__all__ = ["Conversion", "Currency", "Hints", "Money", "PriceReading", "Rates", "convert", "currency_of", "read_amount",
           "read_prices"]  # fmt: skip

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""
Role = Literal["price", "was", "lowest", "from", "low", "high", "unit", "instalment", "multi_buy", "saving", "free",
               "on_request", "shipping", "surcharge", "limit", "sum"]  # fmt: skip
"""What an amount is for; ``limit``: "under £20"; ``sum``: millions of what buys goods by the hundred."""


_SHORT_TEXT = 120  # characters; with the cache's size this bounds it to a few megabytes


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


class PriceReading(NamedTuple):
    """One price of a text: what it is for, how much, and where it stood.

    ``start`` and ``end`` are positions in the text that was given, ``text`` is what stood there. ``note`` says what
    was decided and why, ``""`` when there was nothing to decide. ``alternative`` is the other amount that the
    digits could mean: not None = ambiguous.
    """

    role: Role
    money: Money | None
    start: int
    end: int
    text: str
    note: str = ""
    alternative: Decimal | None = None


def read_amount(text: str | int | float | Decimal, hints: Hints = Hints()) -> Decimal | None:  # noqa: B008
    """Return the bare number of a data field (``"1.299,00"``, ``"1299.00"``, ``1299``), or None if it is no number."""
    spelled, _ = plain(str(text).strip())
    match = NUMBER.fullmatch(spelled)
    code = choose("", hints).code
    number = match and interpret(match[0], currencies.decimals(code), currencies.point(hints, code))
    return number.value if number else None


def currency_of(sign_or_code: str, hints: Hints = Hints()) -> tuple[str | None, tuple[str, ...], str]:  # noqa: B008
    """Return the ISO code that a sign means on such a page, the other candidates (ambiguous), and the reason."""
    choice = choose(sign_or_code.strip(), hints)
    return choice.code, choice.others, choice.reason


def read_prices(text: str, hints: Hints = Hints()) -> tuple[PriceReading, ...]:  # noqa: B008
    """Return every price in a stretch of visible text, in order; linear in its length.

    A number without sign is a price only where nothing but prices stands (the text of one element), behind a word
    such as ``Preis:``, with a dash for cents, or as one end of a range.
    """
    return _remembered(text, hints) if len(text) <= _SHORT_TEXT else _readings(text, hints)


def _readings(text: str, hints: Hints) -> tuple[PriceReading, ...]:
    return tuple(_reading(draft, text) for draft in reading.read(text, hints))


@lru_cache(maxsize=4096)  # readings of short texts: a shop repeats its prices, its menu and its cart on every page
def _remembered(text: str, hints: Hints) -> tuple[PriceReading, ...]:
    return _readings(text, hints)


def _reading(draft: Draft, text: str) -> PriceReading:
    money = None
    if draft.value is not None and draft.choice is not None:
        choice = draft.choice
        money = Money(
            amount=draft.value,
            currency=choice.code,
            reason=choice.reason,
            candidates=choice.others,
            tax=cast("Literal['included', 'excluded'] | None", draft.tax),
        )
    span = text[draft.start : draft.end]
    return PriceReading(cast("Role", draft.role), money, draft.start, draft.end, span, draft.note, draft.alternative)


def convert(money: Money, to: str, on: date, table: Rates) -> Conversion | None:
    """Return the price in another currency at the last rate published up to a day, or None if there is no rate."""
    if money.currency is None:
        return None
    found = table.between(money.currency, to, on)
    if found is None:
        return None
    rate, day = found
    amount = (money.amount * rate).quantize(Decimal(1).scaleb(-currencies.decimals(to)))
    return Conversion(amount=amount, currency=to, rate=rate, rate_date=day.isoformat(), source=rates.SOURCE)
