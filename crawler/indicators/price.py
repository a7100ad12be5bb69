"""Prices below what the product honestly costs; abstains wherever product, pack, condition or currency is unclear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from crawler.indicators import market
from crawler.indicators.clauses.admissions import channel
from crawler.indicators.priced import NET, priced
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.offer import Reading
from crawler.items import Flag, Provenance
from crawler.register.loading import Entry
from crawler.register.schema import PriceRange, ProductLine

BELOW = Decimal("0.65")
"""Of the lowest regular price: an honest sale takes up to a third off, and rarely off the *lowest* regular price."""
FAR_BELOW = Decimal("0.4")
"""Of the lowest regular price: clearance of branded goods seldom goes beyond 60 % off."""

LEAST = 0.001  # of the middle: what costs nothing has no logarithm
WIDE = 4
"""Dearest ÷ cheapest of a line from which its middle says little of any article in it."""


@dataclass(frozen=True)
class _Compared:
    ratio: Decimal
    amount: Decimal
    currency: str
    range: PriceRange


def below_range(reading: Reading) -> Iterator[Flag]:
    """The price is under the register's range for this very product."""
    for entry in reading.brands:
        if reading.context.authorised(entry) or not reading.claims(entry):
            continue
        yield from _judge(reading, entry)


def of_middle(reading: Reading, entry: Entry) -> float | None:
    """What the offer costs as a share of the middle of its product's regular prices; None where either is unclear.

    It says nothing of one offer, which may be the line's cheapest; of a whole shop the assessor takes the middle one.
    """
    line = priced(reading, entry).line
    compared = _compare(reading, line) if line is not None else None
    if not isinstance(compared, _Compared) or compared.range.high > WIDE * compared.range.low:
        return None
    middle = (compared.range.low + compared.range.high) / 2
    return max(LEAST, round(float(compared.ratio * compared.range.low / middle), 3))


def _judge(reading: Reading, entry: Entry) -> Iterator[Flag]:
    known = priced(reading, entry)
    found, reason = known.found, known.reason
    compared = None if reason or found.line is None else _compare(reading, found.line)
    if isinstance(compared, str):
        if market.comparable(reading, entry) is not None:
            return  # the register has no range to compare with, but the market has
        reason = compared
    if reason:
        yield abstained("price.below_range", reading.context, "{detail}", entry=entry, detail=reason)
        return
    assert isinstance(compared, _Compared)
    assert found.line is not None
    if compared.ratio < BELOW:
        code = "price.far_below_range" if compared.ratio < FAR_BELOW else "price.below_range"
        proofs: tuple[Provenance, ...] = (reading.offer.provenance["price"],)
        flag = raised(
            code,
            reading.context,
            proofs + ((found.proof,) if found.proof else ()),
            entry=entry,
            allegation=channel(reading),
            price=f"{compared.amount:.2f} {compared.currency}",
            low=f"{compared.range.low} {compared.currency}",
            high=f"{compared.range.high} {compared.currency}",
            percent=int(compared.ratio * 100),
            product=found.line.name,
            identified_by=found.by,
            other_currencies=list(reading.offer.price.candidates) or None if reading.offer.price else None,
        )
        if flag is not None:
            yield flag


def _compare(reading: Reading, line: ProductLine) -> _Compared | str:
    offer = reading.offer
    assert offer.price is not None
    tax = NET if offer.price.tax == "excluded" else Decimal(1)
    currency = offer.price.currency
    if currency in line.price:
        amount, unit = offer.price.amount, currency
    elif offer.converted is not None and offer.converted.currency in line.price:
        amount, unit = offer.converted.amount, offer.converted.currency
    elif not line.price:
        return "the register has no price range for this product"
    else:
        return f"the price has no currency that can be compared ({currency or 'unknown'})"
    honest = line.price[unit]
    return _Compared(amount * tax / honest.low, amount, unit, honest)
