"""The world of a seed: every storefront, and the sites on which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from lab.cast import MARKET, SOCIAL, small_world
from lab.fair import HALL, LOTS
from lab.model import Plan
from lab.sites.blog import Blog
from lab.sites.hall import Hall
from lab.sites.lots import Lots
from lab.sites.market import Market
from lab.sites.shop import Shop
from lab.sites.site import Site
from lab.sites.social import Social
from lab.storefront import Storefront
from lab.templates.registry import TEMPLATES
from lab.traps import TRAPS, trapped

MARKETS: dict[str, type[Market]] = {MARKET: Market, HALL: Hall, LOTS: Lots}


def deal(plans: Iterable[Plan], seed: str) -> dict[str, str]:
    """Storefront key → template. Infringing and honest shops draw from decks of their own, so each kind shows all."""
    decks: dict[str, list[str]] = {}
    dealt: dict[str, str] = {}
    for plan in plans:
        if plan.owner in dealt and not plan.clone:
            dealt[plan.key] = dealt[plan.owner]
            continue
        side = "honest" if plan.style in {"official", "authorised"} else "other"
        deck = decks.setdefault(side, [])
        if not deck:
            deck.extend(Random(f"{seed}/deck/{side}/{plan.key}").sample(sorted(TEMPLATES), len(TEMPLATES)))
        dealt[plan.key] = plan.template or deck.pop()
        if plan.owner and not plan.clone:
            dealt[plan.owner] = dealt[plan.key]
    return dealt


class World:
    """Storefronts by key and sites by host; pages are made when asked for and depend on nothing but the seed."""

    def __init__(self, seed: int | str, cast: Callable[[str], list[Plan]] = small_world) -> None:
        self.seed = str(seed)
        plans = cast(self.seed)
        templates = deal(plans, self.seed)
        self.storefronts = {plan.key: Storefront(plan, self.seed, templates[plan.key]) for plan in plans}
        self.sites = {key: self._site(front) for key, front in self.storefronts.items() if not front.plan.account}

    def _site(self, front: Storefront) -> Site:
        residents = [
            other for other in self.storefronts.values() if other.plan.account and other.plan.host == front.plan.host
        ]
        kinds = {one.plan.kind for one in residents}
        site: Site
        if front.plan.kind == "site":
            site = Blog(front)
        elif front.plan.host in MARKETS or "marketplace_seller" in kinds:
            site = MARKETS.get(front.plan.host, Market)(front, residents)
        elif front.plan.host == SOCIAL or "social_account" in kinds:
            shops = [
                other
                for other in self.storefronts.values()
                if other.style.label == "infringing" and not other.plan.account
            ]
            site = Social(front, residents, shops)
        else:
            site = Shop(front)
        return trapped(site, [TRAPS[name] for name in front.plan.traps if name in TRAPS])
