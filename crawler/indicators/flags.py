"""All indicators of an offer, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.indicators import brand, domain, images, market, piracy, price, product, registration, wording
from crawler.indicators.clauses import grammar
from crawler.indicators.lawful import second_hand, services, sold_words
from crawler.indicators.meant import settled
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import Reading, read
from crawler.indicators.text import title_words
from crawler.indicators.whole import Whole
from crawler.items import Flag, Offer, Storefront
from crawler.register.loading import Register
from crawler.register.words import is_word

NOTHING_MORE = Whole()
Indicator = Callable[[Reading], Iterator[Flag]]

INDICATORS: tuple[Indicator, ...] = (
    brand.unauthorised,
    brand.disguised,
    brand.misspelt,
    price.below_range,
    market.below_market,
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
    images.official,
    images.shared,
    domain.sold_there,
)
StorefrontIndicator = Callable[[Storefront, Context, Whole], Iterator[Flag]]

STOREFRONT_INDICATORS: tuple[StorefrontIndicator, ...] = (
    domain.named,
    domain.unrelated,
    registration.young,
    registration.registered_again,
)


def context(register: Register) -> Context:
    """Return what indicators know of ``register``; its names and all word lists are compiled, which takes seconds."""
    read_tables()
    return Context.build(register)


def read_tables() -> None:
    """Read the tables that indicators need: now, because a second in the middle of a crawl is a lease less."""
    is_word("")
    for table in (grammar, second_hand, services, sold_words, title_words):
        table.load()


def flag_offer(offer: Offer, context: Context) -> tuple[Flag, ...]:
    """Return the flags of ``offer`` for the storefront of ``context``: raised ones, and those that cannot tell.

    An offer that neither names a brand of the register nor shows one of its pictures has none.
    """
    return flag_reading(settled(read(offer, context)))


def flag_reading(reading: Reading) -> tuple[Flag, ...]:
    """Return the flags of an offer that was read already."""
    if not reading.found and not reading.offer.pictures:
        return ()
    return tuple(flag for indicator in INDICATORS for flag in indicator(reading))


def flag_storefront(storefront: Storefront, context: Context, whole: Whole = NOTHING_MORE) -> tuple[Flag, ...]:
    """Return what the storefront as a whole says: its domain name beside its goods, and its registration.

    Pure, and meant for whoever judges from the store: ``whole`` carries the goods, the registry's answer and the day
    of the last look, each of which may be missing. Offers are flagged one by one, by ``flag_offer``. Without goods,
    and for marketplace sellers and accounts, which have no domain of their own, only what needs none is said.
    """
    view = context.at(storefront.key, storefront)
    return tuple(flag for indicator in STOREFRONT_INDICATORS for flag in indicator(storefront, view, whole))
