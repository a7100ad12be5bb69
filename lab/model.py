"""What the lab's world is made of: plain frozen values that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["shop", "marketplace_seller", "social_account", "platform", "site"]
"""``platform`` carries the listings of others; ``site`` sells nothing itself."""
Label = Literal["infringing", "honest", "not_a_shop"]
NETWORK = "network"
"""Owners of several shops of the larger world, honest or not, are called so, with a number behind it."""
Legal = Literal["own", "partial", "copied", "missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """A product line of a brand, with the range of its retail price in EUR."""

    brand: str
    name: str
    noun: str
    """Key into the ``nouns`` of every language."""
    code: str
    low: int
    high: int
    category: str
    coloured: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that one storefront offers."""

    id: str
    slug: str
    title: str
    text: str
    price: Decimal | None
    """None: on request."""
    list_price: Decimal | None
    available: bool
    category: str
    sku: str
    brand_shown: str | None
    """What a page prints as the brand."""
    brand_claimed: str | None
    """The brand that a reader would take this to be."""
    brand_sold: str | None
    """The brand that it really is; None: nobody's, or a copy."""
    used: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """The people behind a storefront: whatever of theirs shows on pages. Several storefronts may have one."""

    id: str
    company: str
    street: str
    city: str
    country: str
    email: str
    phone: str
    analytics: str
    iban: str
    vat: str
    payment_account: str
    boilerplate: str
    """A sentence of their own that stands on every one of their shops."""
    favicon: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of the cast: who exists, before anything is made of it."""

    key: str
    style: str
    language: str
    currency: str
    brands: tuple[str, ...] = ()
    size: int = 12
    owner: str = ""
    """Storefronts with the same non-empty owner belong together."""
    template: str = ""
    """Empty: dealt by the seed."""
    traps: tuple[str, ...] = ()
    kind: Kind = "shop"
    country: str = ""
    number: int = 0
    """Counts the sellers of the larger world, who have telephone numbers by it."""
    manners: str = ""
    """How the domain is held, for sellers of the larger world, whose habits are drawn; empty: as the style says."""

    feed: str = ""
    """Whose catalogue it sells from; empty: one of its own."""
    agency: str = ""
    """Who made the shop and counts its visitors for it; empty: the seller."""
    clone: str = ""
    """The honest shop whose pages it has taken whole, theme, texts, icon and counter with them; empty: none."""
    clone_style: str = ""
    """The style of that shop: what its pages say of its owner follows from it."""
    desk: str = ""
    """The shop of the same honest owner whose mail address stands on all of them; empty: each has its own."""
    leads: tuple[str, ...] = ()
    """Hosts of the shops that the posts of an account lead to."""

    @property
    def host(self) -> str:
        """The name that serves this storefront's pages."""
        return self.key.partition(":")[0]

    @property
    def account(self) -> str:
        """The seller or account id on a platform; empty for a shop."""
        return self.key.partition(":")[2]
