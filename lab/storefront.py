"""One storefront: its plan, and all that follows from plan and seed, made when first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from random import Random
from typing import cast

from lab.language import Voice
from lab.manners import Manners, drawn, manners_of
from lab.model import NETWORK, Item, Legal, Owner, Plan
from lab.owners import make_owner, wide_phone
from lab.stock import stock
from lab.styles import STYLES, Style
from lab.themes import theme_of
from lab.urls import Urls

HOME_OF = {"en": "GB", "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "pl": "PL"}
SHARED = ("company", "street", "phone", "analytics", "iban", "vat", "payment_account", "email", "favicon")
"""What ties a network's shops together where its members slip."""
TAKEN = ("analytics", "boilerplate", "favicon")
"""What comes with the pages of a shop that were saved and put up again: nobody looks through the source."""
RESTYLED = 0.3
"""Of those who have taken a shop's pages: put its texts into a theme of their own, with an icon of their own. Our
number."""
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


def _address(owner: Owner, mail: str, desk: str = "") -> str:
    """Where its letters go, by the habit ``mail``; at ``desk`` where several shops have one address."""
    if mail == "parent":
        return f"info@{owner.id}-group.test"
    return f"info@{desk}" if desk and mail == "own" else owner.email


class Storefront:
    """What pages, stock and truth read. Same plan and seed: same everything."""

    def __init__(self, plan: Plan, seed: str, template: str) -> None:
        self.plan, self.seed, self.template = plan, seed, template
        self.voice = Voice(plan.language, f"{seed}/{plan.clone or plan.owner or plan.key}")
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
        plan, free_mail = self.plan, self.mail == "free"
        language = "en" if plan.owner else plan.language  # one owner, many countries: one sentence for all
        owner = make_owner(plan.owner or plan.key, self.seed, plan.host, language, self.country, free_mail=free_mail)
        if plan.manners:
            owner = replace(owner, phone=self._phone(plan.owner or plan.key))
        if plan.manners and plan.owner:
            owner = self._careful(owner)
        if self.victim:
            taken = {name: getattr(self.victim, name) for name in TAKEN if name != "favicon" or not self.restyled}
            owner = replace(owner, **taken)
        if plan.agency:
            agency = make_owner(plan.agency, self.seed, plan.host, language, self.country, free_mail=False)
            owner = replace(owner, analytics=agency.analytics)
        return replace(owner, email=_address(owner, self.mail, plan.desk))

    @cached_property
    def victim(self) -> Owner | None:
        """The people behind the shop whose pages this one has taken."""
        plan = self.plan
        if not plan.clone:
            return None
        manners = manners_of(plan.clone_style, infringing=False)
        mail = drawn(manners.mail, Random(f"{self.seed}/manners/mail/{plan.clone}"))
        owner = make_owner(plan.clone, self.seed, plan.clone, plan.language, self.country, free_mail=mail == "free")
        return replace(owner, email=_address(owner, mail))

    @property
    def restyled(self) -> bool:
        """Whether the pages that it has taken have a new look."""
        return self.rng("restyled").random() < RESTYLED

    def _careful(self, owner: Owner) -> Owner:
        """A network's member that shows values of its own wherever its owner did not slip."""
        plan = self.plan
        own = make_owner(plan.key, self.seed, plan.host, plan.language, self.country, free_mail=self.mail == "free")
        own = replace(own, phone=self._phone(plan.key))
        slip, rng = self.manners.slip, self.rng("slips")
        kept = {name: getattr(own, name) for name in SHARED if rng.random() >= slip}
        return replace(owner, **kept)

    @property
    def manners(self) -> Manners:
        """The habits of the group that the seller belongs to."""
        return manners_of(self.plan.style, infringing=self.style.label == "infringing")

    def _phone(self, owner: str) -> str:
        """A number of this owner's; a quarter of sellers show none, infringers twice as many."""
        shown = Random(f"{self.seed}/phone/{owner}").random() < (0.5 if self.style.label == "infringing" else 0.75)
        number = self.plan.number if owner == self.plan.key else -int(owner.removeprefix(NETWORK))
        return wide_phone(self.country, number) if shown else ""

    def _habit(self, name: str) -> str:
        """A habit of the group that the seller belongs to."""
        return drawn(getattr(self.manners, name), self.rng(f"manners/{name}"))

    @cached_property
    def legal(self) -> Legal:
        """Whose legal pages it shows."""
        if self.plan.clone:
            return "copied"
        return cast(Legal, self._habit("legal")) if self.plan.manners else self.style.legal

    @cached_property
    def mail(self) -> str:
        """Where its letters go: ``own``, ``parent`` or ``free``."""
        return self._habit("mail") if self.plan.manners else ("free" if self.style.free_mail else "own")

    @cached_property
    def social(self) -> str:
        """``real``, ``dead`` or ``none``; empty for the small world."""
        return self._habit("social") if self.plan.manners else ""

    @cached_property
    def taxed(self) -> bool:
        """Whether it names its tax number."""
        return not self.plan.manners or self.rng("tax").random() < self.manners.tax_number

    @cached_property
    def sends_away(self) -> bool:
        """Whether some of its pages lead to another domain."""
        return bool(self.plan.manners) and self.rng("away").random() < self.manners.sends_away

    @cached_property
    def name(self) -> str:
        """The name on the sign."""
        return (self.plan.account or self.plan.host.removesuffix(".test")).replace("-", " ").title()

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in which it has something."""
        return tuple(dict.fromkeys(item.category for item in self.items))

    @cached_property
    def _theme(self) -> str:
        """Whose theme it uses: its agency's, its victim's, or its network's, unless it is careful."""
        plan = self.plan
        if plan.clone and not self.restyled:
            return plan.agency or theme_of(plan.clone, self.seed)
        if plan.agency and not plan.clone:
            return plan.agency
        careful = plan.owner and self.rng("theme").random() >= self.manners.slip
        holder = plan.key if careful else plan.owner or plan.key
        return theme_of(holder, self.seed) if plan.manners else plan.owner or plan.key

    def css(self, meaning: str) -> str:
        """The class name that this shop's theme uses for something; machine-made themes use a hash."""
        rng = Random(f"{self.seed}/css/{self._theme}/{meaning}")
        if self.template in {"bare", "state"}:
            return "_" + "".join(rng.choice("abcdefghijkmnpqrstuvwxyz0123456789") for _ in range(6))
        return rng.choice(CLASS_WORDS[meaning])
