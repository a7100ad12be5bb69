"""All indicators of an offer, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.indicators import brand, domain, piracy, price, product, wording
from crawler.indicators.context import Context
from crawler.indicators.reading import Reading, read
from crawler.items import Flag, Offer, Storefront

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
    wording.no_prescription,
    product.contradiction,
    product.unknown_pack,
    product.parallel_import,
    piracy.offered,
    domain.sold_there,
)
STOREFRONT_INDICATORS: tuple[Callable[[Storefront, Context], Iterator[Flag]], ...] = (domain.flag_domain,)


def flag_offer(offer: Offer, context: Context) -> tuple[Flag, ...]:
    """Return the flags of ``offer`` for the storefront of ``context``: raised ones, and those that cannot tell.

    An offer that names no brand of the register has none.
    """
    reading = read(offer, context)
    if not reading.found:
        return ()
    return tuple(flag for indicator in INDICATORS for flag in indicator(reading))


def flag_storefront(storefront: Storefront, context: Context) -> tuple[Flag, ...]:
    """Return what the storefront itself says: its domain name. Offers are flagged one by one."""
    view = context.at(storefront.key, storefront)
    return tuple(flag for indicator in STOREFRONT_INDICATORS for flag in indicator(storefront, view))
