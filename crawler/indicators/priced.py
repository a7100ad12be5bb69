"""An offer's product and price, if both are clear enough to compare with anything; else the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.indicators import wording
from crawler.indicators.lawful import uses as lawful
from crawler.indicators.products import identity, packs
from crawler.indicators.products.identity import Identity
from crawler.indicators.reading.offer import Reading
from crawler.indicators.references import Product
from crawler.money import Money
from crawler.register.loading import Entry
from crawler.register.schema import ProductLine

NET = Decimal("1.27")
"""The highest rate of value added tax in the EU (Hungary): what a price without tax may still grow by."""
DEAREST = frozenset({"USD", "GBP"})
"""Worth no less than any other currency with its sign (ECB and IMF rates, 2026): low in these is low in all of them."""
WORTH_LESS = {
    "CNY": frozenset({"JPY", "TWD", "HKD"}),
    "DKK": frozenset({"SEK", "NOK", "ISK"}),
    "RON": frozenset({"MDL"}),
    "AED": frozenset({"MAD"}),
}
"""Currency → those with its sign that are worth less (the same source): low in it is low in them."""


@dataclass(frozen=True)
class Priced:
    """A new product of the register in its usual pack, at a price; ``reason`` says why it is not clear."""

    found: Identity
    reason: str = ""

    @property
    def line(self) -> ProductLine | None:
        """The product; None when it is not clear."""
        return None if self.reason else self.found.line


def priced(reading: Reading, entry: Entry) -> Priced:
    """Return what the offer is of ``entry``, read once for all that ask."""
    key = f"priced {entry.name}"
    if key not in reading.memo:
        reading.memo[key] = _priced(reading, entry)
    known: Priced = reading.memo[key]
    return known


def product_of(reading: Reading, entry: Entry) -> tuple[Product, Decimal] | None:
    """Return the product that the market is asked for, and the price in the currency of comparison.

    None without a product or a currency. A price without tax is raised by the highest rate, so that it never looks low.
    """
    line, price, converted = priced(reading, entry).line, reading.offer.price, reading.offer.converted
    if line is None or price is None:
        return None
    amount, currency = (converted.amount, converted.currency) if converted else (price.amount, price.currency)
    if currency is None:
        return None
    pack = line.packs[0] if line.packs else ""
    return Product(entry.name, line.name, pack, currency), amount * (NET if price.tax == "excluded" else 1)


def vote_of(reading: Reading, entry: Entry) -> tuple[Product, Decimal] | None:
    """Return what the offer adds to the market: as ``product_of``, but nothing that was reckoned or could be another.

    Prices without tax and in a currency that the sign leaves open are no vote.
    """
    price = reading.offer.price
    if price is None or price.tax == "excluded" or price.candidates:
        return None
    return product_of(reading, entry)


def _priced(reading: Reading, entry: Entry) -> Priced:
    found = identity.identify(reading, entry)
    why = lawful.reason(reading, entry)
    reason = (why[0] if why else "") or found.reason or _unclear(reading, found.line)
    beyond = None if reason else wording.beyond_claim(reading, entry)
    return Priced(found, beyond[0] if beyond else reason)


def _unclear(reading: Reading, line: ProductLine | None) -> str:
    offer = reading.offer
    if offer.condition in {"used", "refurbished", "damaged"} or reading.used:
        return "used goods have no regular price"
    if offer.price is None:
        return f"no price ({offer.price_problem or 'absent'})"
    if offer.price.amount == 0:
        return "the price is zero: no offer to compare"
    if not _is_dearest(offer.price):
        return "the currency is ambiguous"
    if reading.first("many", ("title",)) or packs.MULTIPLE.search(offer.title):
        return "a set, sample or other pack than the usual one"
    return _other_pack(reading, line)


def _is_dearest(price: Money) -> bool:
    """Whether no other currency that the sign could mean would make the price a higher one."""
    return price.currency in DEAREST or WORTH_LESS.get(price.currency or "", frozenset()).issuperset(price.candidates)


def _other_pack(reading: Reading, line: ProductLine | None) -> str:
    if line is None or not line.packs:
        return ""
    wanted = packs.packs_of(line.packs[0])
    given = packs.packs_of(f"{reading.offer.title} ; {reading.offer.pack or ''}")
    same_unit = [pack for pack in given if pack[1] == wanted[0][1]] if wanted else []
    if not same_unit:
        return "the pack size is not stated"
    return "" if all(pack in wanted for pack in same_unit) else "another pack size than the register's"
