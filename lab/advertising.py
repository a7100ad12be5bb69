"""Which shops the accounts at social sites lead their readers to: their own, one where they bought, some that pay.

Accounts are commonly used to draw visitors to infringing sites (EUIPO, *Social media discussion paper*, 2021). How many
do so nobody counted: the numbers are ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from lab.model import Plan
from lab.styles import STYLES

OUTLETS = 0.3
"""Of hands that sell copies at social sites: have a shop, too."""
NAMED = 0.8
"""Of the accounts of such a hand: lead there."""
PREMISES = 0.5
"""Of honest businesses with an account: have a shop, and lead there."""
BOUGHT = 0.04
"""Of honest accounts: name the shop where they bought something."""
PROMOTING = 0.04
"""Of honest businesses: live on shops that pay for visitors, and lead to several."""
SEVERAL = (3, 8)
LURED = 0.25
"""Of the shops that somebody else's account leads to: infringing, because these pay and shout more."""
PRIVATE = frozenset({"second_hand"})
Shops = dict[tuple[str, str], list[Plan]]
"""Language and label → shops."""


def advertised(accounts: Sequence[Plan], shops: Sequence[Plan], seed: str) -> list[Plan]:
    """The same accounts, some of them with shops that their posts lead to."""
    rng, known = Random(f"{seed}/advertising"), _by_language(shops)
    outlets: dict[str, Plan | None] = {}
    return [replace(plan, leads=_leads(plan, known, outlets, rng)) for plan in accounts]


def _by_language(shops: Sequence[Plan]) -> Shops:
    found: Shops = defaultdict(list)
    for plan in shops:
        found[plan.language, STYLES[plan.style].label].append(plan)
    return found


def _leads(plan: Plan, known: Shops, outlets: dict[str, Plan | None], rng: Random) -> tuple[str, ...]:
    if STYLES[plan.style].label == "infringing":
        hand = plan.owner or plan.key
        if hand not in outlets:
            outlets[hand] = _one(known[plan.language, "infringing"], rng) if rng.random() < OUTLETS else None
        outlet = outlets[hand]
        return (outlet.key,) if outlet and rng.random() < NAMED else ()
    business = plan.style not in PRIVATE
    if business and rng.random() < PREMISES:
        own = _one([shop for shop in known[plan.language, "honest"] if shop.style == plan.style], rng)
        return (own.key,) if own else ()
    count = rng.randint(*SEVERAL) if business and rng.random() < PROMOTING else int(rng.random() < BOUGHT)
    found = (_one(known[plan.language, _label(rng)], rng) for _ in range(count))
    return tuple(dict.fromkeys(shop.key for shop in found if shop))


def _label(rng: Random) -> str:
    return "infringing" if rng.random() < LURED else "honest"


def _one(shops: Sequence[Plan], rng: Random) -> Plan | None:
    return rng.choice(shops) if shops else None
