"""Prices below what other storefronts ask for the same product; abstains where the market is thin or divided."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from crawler.indicators.clauses.admissions import channel
from crawler.indicators.priced import priced, product_of, vote_of
from crawler.indicators.raising import abstained, raised
from crawler.indicators.reading.offer import Reading
from crawler.indicators.references import SPREAD, Product, Reference, step_of
from crawler.items import Flag
from crawler.register.loading import Entry

BELOW = Decimal("0.6")
"""Of the lower quarter: a sale of a third off what the cheaper shops ask is still above it."""
ENOUGH = 8
"""Storefronts besides the one that is judged: with eight votes, two false ones leave the lower quarter honest."""
DIVIDED = Decimal("2.5")
"""Upper ÷ lower quarter from which the storefronts do not seem to sell one thing."""


def below_market(reading: Reading) -> Iterator[Flag]:
    """The price is under what three quarters of the other storefronts ask for this very product, new."""
    for entry in reading.brands:
        if reading.context.authorised(entry) or not reading.claims(entry):
            continue
        asked = product_of(reading, entry)
        known = reading.context.references.get(asked[0]) if asked else None
        if asked is None or known is None:
            continue  # what is unclear about the offer is said by price.below_range
        why = _thin(known)
        if not why:
            yield from _compared(reading, entry, known, asked[1])
        elif not _has_range(reading, entry):
            yield abstained("price.below_market", reading.context, why, entry=entry, **_values(known))


def comparable(reading: Reading, entry: Entry) -> Reference | None:
    """Return the market reference that the offer can be compared with, None if there is none or it is thin."""
    asked = product_of(reading, entry)
    known = reading.context.references.get(asked[0]) if asked else None
    return known if known is not None and not _thin(known) else None


def votes(reading: Reading) -> dict[Product, int]:
    """Return what the offer adds to the market: product → price step."""
    found = {}
    for entry in reading.brands:
        vote = vote_of(reading, entry) if reading.claims(entry) else None
        step = step_of(vote[1]) if vote else None
        if vote is not None and step is not None:
            found[vote[0]] = step
    return found


def products(reading: Reading) -> tuple[Product, ...]:
    """Return the products whose references the offer is compared with."""
    asked = (product_of(reading, entry) for entry in reading.brands if reading.claims(entry))
    return tuple(product for product, _ in filter(None, asked))


def _compared(reading: Reading, entry: Entry, known: Reference, amount: Decimal) -> Iterator[Flag]:
    low = known.quantile(SPREAD)
    if amount >= low * BELOW or _regular(reading, entry, known, amount):
        return
    found = priced(reading, entry).found
    proofs = (reading.offer.provenance["price"], *([found.proof] if found.proof else []))
    flag = raised(
        "price.below_market", reading.context, proofs, entry=entry,
        allegation=channel(reading),
        price=f"{amount:.2f} {known.product.currency}", percent=int(amount / low * 100), product=known.product.line,
        identified_by=found.by, **_values(known),
    )  # fmt: skip
    if flag is not None:
        yield flag


def _regular(reading: Reading, entry: Entry, known: Reference, amount: Decimal) -> bool:
    """Whether the register itself calls the price regular: a market that a thousand storefronts of one owner have
    made dear says nothing against it."""
    line = priced(reading, entry).line
    honest = line.price.get(known.product.currency) if line else None
    return honest is not None and amount >= honest.low


def _thin(known: Reference) -> str:
    if known.count < ENOUGH:
        return "few observations: {storefronts} other storefronts were seen with this product, fewer than needed"
    if known.spread > DIVIDED:
        return "divided market: {storefronts} storefronts ask from {quarter} to {upper_quarter} for this product"
    return ""


def _has_range(reading: Reading, entry: Entry) -> bool:
    line = priced(reading, entry).line
    return line is not None and bool(line.price)


def _values(known: Reference) -> dict[str, Any]:
    """What a flag names so that it can be recomputed without the market."""
    told: dict[str, Any] = {"storefronts": known.count, "market_version": known.version}
    if known.count:
        unit = known.product.currency
        shares = {"quarter": SPREAD, "median": 0.5, "upper_quarter": 1 - SPREAD}
        told |= {name: f"{known.quantile(share)} {unit}" for name, share in shares.items()}
    return told
