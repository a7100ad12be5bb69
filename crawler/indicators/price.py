"""Prices below what the product honestly costs; abstains wherever product, pack, condition or currency is unclear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from crawler.indicators import identity
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading import Reading
from crawler.items import Flag, Provenance
from crawler.register.loading import Entry
from crawler.register.schema import PriceRange, ProductLine

BELOW = Decimal("0.65")
"""Of the lowest regular price: an honest sale takes up to a third off, and rarely off the *lowest* regular price."""
FAR_BELOW = Decimal("0.4")
"""Of the lowest regular price: clearance of branded goods seldom goes beyond 60 % off."""
NET = Decimal("1.27")
"""The highest rate of value added tax in the EU (Hungary): what a price without tax may still grow by."""


DEAREST = frozenset({"USD", "GBP"})
"""Worth no less than any other currency with its sign (ECB and IMF rates, 2026): low in these is low in all of them."""


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


def _judge(reading: Reading, entry: Entry) -> Iterator[Flag]:
    found = identity.identify(reading, entry)
    lawful = reading.lawful(entry)
    reason = (lawful[0] if lawful else "") or found.reason or _unclear(reading, found.line)
    compared = None if reason or found.line is None else _compare(reading, found.line)
    if isinstance(compared, str):
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
            allegation="grey_market" if reading.parallel else None,
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


def _unclear(reading: Reading, line: ProductLine | None) -> str:
    offer = reading.offer
    if offer.condition in {"used", "refurbished", "damaged"} or reading.used:
        return "used goods have no regular price"
    if offer.price is None:
        return f"no price ({offer.price_problem or 'absent'})"
    if offer.price.amount == 0:
        return "the price is zero: no offer to compare"
    if offer.price.candidates and offer.price.currency not in DEAREST:
        return "the currency is ambiguous"
    if reading.first("many", ("title",)) or identity.MULTIPLE.search(offer.title):
        return "a set, sample or other pack than the usual one"
    return _other_pack(reading, line)


def _other_pack(reading: Reading, line: ProductLine | None) -> str:
    if line is None or not line.packs:
        return ""
    wanted = identity.packs_of(line.packs[0])
    given = identity.packs_of(f"{reading.offer.title} ; {reading.offer.pack or ''}")
    same_unit = [pack for pack in given if pack[1] == wanted[0][1]] if wanted else []
    if not same_unit:
        return "the pack size is not stated"
    return "" if all(pack in wanted for pack in same_unit) else "another pack size than the register's"


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
