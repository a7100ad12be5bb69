"""The cast of the large world of sources: marketplaces with hundreds of sellers, in several markups and languages."""

from __future__ import annotations

from random import Random

from lab.cast import MARKET, NAMES, NOUNS
from lab.model import Plan

HALL, LOTS = "grandhall.test", "lotwerk.test"
SELLERS = {
    HALL: 120,
    LOTS: 310,
    MARKET: 12,
}  # the lots alone are more than 5,000; each of the hall has a page to ask for
ASSORTMENT = (8, 26)  # items of a seller, from … to
KINDS = (
    ("second_hand", 4), ("reseller", 4), ("admitting", 3), ("deep_discount", 3), ("disguised", 2), ("mixed", 3),
    ("accessories", 3), ("adapted", 1),
)  # fmt: skip
BRANDS = (
    ("Velmora", "Orsano"),
    ("Kestrel",),
    ("Nuvix", "Kestrel"),
    ("H&V", "Velmora"),
    ("Solcere",),
    ("Nuvix",),
    ("Bramholt",),
)
CURRENCIES = {
    "en": ("GBP", "USD"),
    "de": ("EUR", "CHF"),
    "fr": ("EUR",),
    "it": ("EUR",),
    "es": ("EUR",),
    "pl": ("PLN",),
}
SEPARATORS = ("-", "_", "")


def accounts(seed: str, count: int) -> list[str]:
    """Different account names that say nothing of what the account does."""
    pool = [
        f"{name}{mark}{noun}{end}" for name in NAMES for noun in NOUNS for mark in SEPARATORS for end in ("", "7", "22")
    ]
    return Random(f"{seed}/fair-names").sample(pool, count)


def fair(seed: str) -> list[Plan]:
    """The marketplaces and their sellers."""
    names = iter(accounts(seed, sum(SELLERS.values())))
    plans = []
    for host, count in SELLERS.items():
        plans.append(Plan(host, "platform", "de" if host == HALL else "en", "EUR", (), 0, kind="platform"))
        plans += [_seller(f"{host}:{next(names)}", seed) for _ in range(count)]
    return plans


def _seller(key: str, seed: str) -> Plan:
    rng = Random(f"{seed}/seller/{key}")
    style = rng.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
    language = rng.choice(tuple(CURRENCIES))
    brands = rng.choice(BRANDS)
    currency = "EUR" if key.startswith(MARKET) else rng.choice(CURRENCIES[language])  # whose pages know one currency
    return Plan(key, style, language, currency, brands, rng.randint(*ASSORTMENT),
                kind="marketplace_seller")  # fmt: skip
