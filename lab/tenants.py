"""Who sells under somebody else's roof in the larger world: sellers at marketplaces, accounts at social sites.

Private persons, shops with a stall, and those who sell copies there. The pages are the platform's: no imprint, domain
or counter of their own. Shares and sources: docs/lab.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from lab.advertising import advertised
from lab.cast import NAMES, NOUNS
from lab.dealings import FED
from lab.language import LANGUAGES
from lab.manners import drawn
from lab.model import NETWORK, Kind, Plan
from lab.population import FASHION, NETWORKED, ONLY, OTHERS, PREVALENCE, THEMES

Brands = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roof:
    """One kind of platform: its host begins with ``name``; the shares of who sells there add up to 1."""

    name: str
    honest: Mapping[str, float]
    infringing: Mapping[str, float]


ROOFS: dict[Kind, Roof] = {
    "marketplace_seller": Roof(
        "stalls",
        {"second_hand": 0.42, "reseller": 0.13, "accessories": 0.12, "household": 0.09, "discounter": 0.05,
         "liquidator": 0.03, "handmade": 0.05, "renewed": 0.04, "compatible_parts": 0.03, "parallel": 0.02,
         "packaging": 0.02},
        {"admitting": 0.10, "disguised": 0.12, "coy": 0.14, "deep_discount": 0.24, "mixed": 0.12, "adapted": 0.28},
    ),
    "social_account": Roof(
        "wall",
        {"second_hand": 0.55, "reseller": 0.15, "handmade": 0.12, "household": 0.10, "accessories": 0.08},
        {"admitting": 0.35, "coy": 0.15, "deep_discount": 0.25, "adapted": 0.25},
    ),
}  # fmt: skip
PRIVATE = 0.7
"""Of those who sell used goods: people who clear a wardrobe, with a few things. Our number."""
FEW, MANY = (1, 2, 3, 4, 6), (4, 6, 8, 12, 16)  # goods of a person, and of a business
CURRENCIES = {"en": "GBP", "de": "EUR", "fr": "EUR", "it": "EUR", "es": "EUR", "pl": "PLN"}
SEVERAL = (2, 6)  # accounts of one hand under one roof: those who are shut out come back


def tenants(
    seed: str, count: int, kind: Kind, prevalence: float = PREVALENCE, shops: Sequence[Plan] = ()
) -> list[Plan]:
    """``count`` of them, each on the platform of their language; accounts lead to some of the ``shops``."""
    rng, roof = Random(f"{seed}/tenants/{kind}"), ROOFS[kind]
    infringing = round(count * prevalence)
    styles = [(drawn(dict(roof.honest), rng), "") for _ in range(count - infringing)]
    styles += _infringers(infringing, roof, rng)
    rng.shuffle(styles)
    homes: dict[str, tuple[str, Brands]] = {}
    found = [_tenant(f"{number}", kind, style, owner, rng, homes) for number, (style, owner) in enumerate(styles)]
    return advertised(found, shops, seed) if kind == "social_account" else found


def with_roofs(plans: Iterable[Plan]) -> list[Plan]:
    """The same plans, and the platforms on which they stand."""
    found = list(plans)
    hosts = {plan.host: plan for plan in found if plan.account}
    return [*(_roof(host, plan) for host, plan in sorted(hosts.items())), *found]


def _roof(host: str, tenant: Plan) -> Plan:
    theme = Random(f"{host}/template").choice(THEMES)
    return Plan(host, "platform", tenant.language, tenant.currency, (), 0, template=theme, kind="platform")


def _infringers(count: int, roof: Roof, rng: Random) -> list[tuple[str, str]]:
    """Style and owner of each; a hand with several accounts has about four."""
    found: list[tuple[str, str]] = []
    while len(found) < count:
        several = rng.random() < NETWORKED / 2
        size = min(count - len(found), rng.randint(*SEVERAL) if several else 1)
        owner = f"{NETWORK}{len(found)}" if size > 1 else ""
        found += [(drawn(dict(roof.infringing), rng), owner) for _ in range(size)]
    return found


def _tenant(number: str, kind: Kind, style: str, owner: str, rng: Random, homes: dict[str, tuple[str, Brands]]) -> Plan:
    language, brands = rng.choice(LANGUAGES), ONLY[style] if style in ONLY else _brands(rng)
    if owner:
        language, shared = homes.setdefault(owner, (language, brands))
        brands = brands if style in ONLY else shared
    private = style == "second_hand" and rng.random() < PRIVATE
    name = f"{rng.choice(NAMES)}{rng.choice(('-', '_', ''))}{rng.choice(NOUNS)}{number}"
    plan = Plan(f"{ROOFS[kind].name}-{language}.test:{name}", style, language, CURRENCIES[language], brands,
                rng.choice(FEW if private else MANY), owner=owner, kind=kind)  # fmt: skip
    return replace(plan, feed=f"{kind}-{owner}") if owner and rng.random() < FED else plan


def _brands(rng: Random) -> Brands:
    pool = FASHION if rng.random() < 0.7 else OTHERS
    return tuple(rng.sample(pool, rng.randint(1, 2)))
