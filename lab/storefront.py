"""One storefront: its plan, and all that follows from plan and seed, made when first asked for."""

from __future__ import annotations

from functools import cached_property
from random import Random

from lab.language import Voice
from lab.model import Item, Owner, Plan
from lab.owners import make_owner
from lab.stock import stock
from lab.styles import STYLES, Style
from lab.urls import Urls

HOME_OF = {"en": "GB", "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "pl": "PL"}
CLASS_WORDS = {
    "title": ("product-title", "prd__name", "title", "item-name"),
    "price": ("price", "amount", "product-price", "prd__price"),
    "old": ("price--old", "was", "regular", "list-amount"),
    "card": ("card", "product-item", "tile", "grid__cell"),
    "grid": ("products", "grid", "list", "tiles"),
    "text": ("description", "rte", "copy", "prd__text"),
    "stock": ("availability", "stock", "delivery", "prd__state"),
    "crumbs": ("breadcrumb", "path", "crumbs"),
    "head": ("site-header", "top", "masthead"),
    "foot": ("site-footer", "bottom", "colophon"),
    "side": ("related", "more", "carousel"),
    "cart": ("minicart", "basket", "cart-link"),
    "note": ("notice", "bar", "cc-window"),
}


class Storefront:
    """What pages, stock and truth read. Same plan and seed: same everything."""

    def __init__(self, plan: Plan, seed: str, template: str) -> None:
        self.plan, self.seed, self.template = plan, seed, template
        self.voice = Voice(plan.language, f"{seed}/{plan.owner or plan.key}")
        self.urls = Urls(plan.host, Random(f"{seed}/urls/{plan.host}"))

    def rng(self, purpose: str) -> Random:
        """A generator of this storefront's own for one purpose."""
        return Random(f"{self.seed}/{purpose}/{self.plan.key}")

    def chance(self, habit: str, share: float) -> bool:
        """Whether this storefront has a habit that a share of all have; siblings share their habits."""
        return Random(f"{self.seed}/habit/{self.plan.owner or self.plan.key}/{habit}").random() < share

    @property
    def style(self) -> Style:
        """The row of the style table."""
        return STYLES[self.plan.style]

    @property
    def country(self) -> str:
        """Where the owner sits, ISO 3166-1 alpha-2."""
        return self.plan.country or HOME_OF[self.plan.language]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The assortment."""
        return stock(self.plan, self.style, self.voice, self.seed) if self.plan.size else ()

    @cached_property
    def owner(self) -> Owner:
        """The people behind it."""
        owner, free_mail = self.plan.owner or self.plan.key, self.style.free_mail
        language = "en" if self.plan.owner else self.plan.language  # one owner, many countries: one sentence for all
        return make_owner(owner, self.seed, self.plan.host, language, self.country, free_mail=free_mail)

    @cached_property
    def name(self) -> str:
        """The name on the sign."""
        return (self.plan.account or self.plan.host.removesuffix(".test")).replace("-", " ").title()

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in which it has something."""
        return tuple(dict.fromkeys(item.category for item in self.items))

    def css(self, meaning: str) -> str:
        """The class name that this shop's theme uses for something; machine-made themes use a hash."""
        rng = Random(f"{self.seed}/css/{self.plan.owner or self.plan.key}/{meaning}")
        if self.template in {"bare", "state"}:
            return "_" + "".join(rng.choice("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(6))
        return rng.choice(CLASS_WORDS[meaning])
