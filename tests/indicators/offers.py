"""Offers as extractors give them."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.indicators.references import Product, reference, step_of
from crawler.items import Offer, Provenance
from crawler.money import Conversion, Money
from crawler.register.loading import load

SHOP = "somewhere.test"
CHARGER = Product("Nuvix", "Volt charger", "", "EUR")
VOTES = [step_of(Decimal(price)) for price in (38, 39, 40, 40, 41, 42, 42, 43, 44, 45, 46, 49)]


@cache
def context(register=None):
    return replace(Context.build(register or load()), references={CHARGER: reference(CHARGER, VOTES)}).at(SHOP)


def offer(title, price=None, **fields):
    """An offer with the provenance that each value needs; ``price`` is a number of euros, or Money."""
    values = {"title": title, **fields}
    if price is not None:
        values["price"] = price if isinstance(price, Money) else Money(amount=Decimal(str(price)), currency="EUR")
    unproven = {"pictures", "language", "converted", "url", "price_problem"}
    seen = {
        k: Provenance(extractor="test", path=f"//{k}", text=str(v)[:300])
        for k, v in values.items()
        if k not in unproven
    }
    values.setdefault("url", f"https://{SHOP}/p/1")
    return Offer(id="1", storefront=SHOP, provenance=seen, **values)


def money(amount, currency="EUR", **fields):
    return Money(amount=Decimal(str(amount)), currency=currency, **fields)


def converted(amount):
    return Conversion(
        amount=Decimal(str(amount)), currency="EUR", rate=Decimal("0.9"), rate_date="2026-11-02", source="ECB"
    )


def flags(title, price=None, *, at=None, **fields):
    """Code → flag; raised ones only."""
    found = flag_offer(offer(title, price, **fields), context() if at is None else context().at(at))
    return {flag.code: flag for flag in found if flag.state == "raised"}


def abstentions(title, price=None, **fields):
    found = flag_offer(offer(title, price, **fields), context())
    return {flag.code: flag for flag in found if flag.state == "abstained"}
