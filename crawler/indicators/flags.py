"""All indicators of an offer, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.indicators import brand, price, wording
from crawler.indicators.context import Context
from crawler.indicators.reading import Reading, read
from crawler.items import Flag, Offer

Indicator = Callable[[Reading], Iterator[Flag]]

INDICATORS: tuple[Indicator, ...] = (
    brand.unauthorised,
    brand.disguised,
    brand.misspelt,
    price.below_range,
    wording.replica,
    wording.quality,
    wording.inspired,
    wording.surplus,
    wording.no_papers,
)


def flag_offer(offer: Offer, context: Context) -> tuple[Flag, ...]:
    """Return the flags of ``offer`` for the storefront of ``context``: raised ones, and those that cannot tell.

    An offer that names no brand of the register has none.
    """
    reading = read(offer, context)
    if not reading.found:
        return ()
    return tuple(flag for indicator in INDICATORS for flag in indicator(reading))
