"""What is known of one storefront when it is judged, whoever read it: the store, stored bodies, a generated world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from crawler.indicators.whole import Registration
from crawler.store.database import Document

OFFER_SAMPLE = 5_000
"""Offers read; the quarters of a larger shop's reductions and the words of its titles do not move any more."""
OFFER = ("title", "price", "list_price", "availability", "condition", "category", "sku")
READABLE = range(200, 400)  # statuses that brought a page
CATALOGUE = "catalogue"
"""The kind of identifier that tells what a storefront has on its shelves: some of its goods, drawn by their hashes."""
NAME_SERVERS, REGISTRATION = "name_servers", "registration"
"""Who serves a domain's name; and that, with the registrar and the day since when it is in present hands."""
WRITTEN = frozenset({CATALOGUE, NAME_SERVERS, REGISTRATION})
"""Kinds that no page shows: the assessor writes them."""
LINKING = ("email", "phone", "messenger", "company_number", "vat", "iban", "wallet", "merchant_id", "analytics",
           "pixel", "tag_manager", "favicon", "template", "boilerplate", "certificate",
           *sorted(WRITTEN))  # fmt: skip
LEADS_TO, LED_FROM = "leads_to", "led_from"
"""Kinds of ties by pointers: those to whom a storefront sends its visitors, and those who send it theirs."""
Value = tuple[str, str]
"""Kind and value of an identifier, or of a tie by pointers."""
Ties = dict[Value, set[str]]
"""What a storefront shares with few → those others."""
GROUNDED = "grounded"
"""What a storefront is to others that is to be watched, with goods that are a strong ground of their own."""
HUB = 12
"""Storefronts that share a value from which it ties nobody together: a provider's address, a common theme. Judged by
single links; a network room that weighs rarity may reach further."""


class Said(NamedTuple):
    """What is known of another storefront's verdict."""

    own: str = ""
    """On evidence of its own, without what others add."""
    final: str = ""

    @property
    def tied(self) -> bool:
        """Whether it is suspected only for what it shares with others."""
        return self.final == "suspected" and self.own != "suspected"


@dataclass(frozen=True)
class Shared:
    """A value that other storefronts show too."""

    kind: str
    value: str
    others: int
    suspected: tuple[str, ...] = ()
    """Those that are suspected on their own evidence, without links."""
    watched: int = 0
    """How many others are to be watched, likewise on their own evidence."""
    grounded: tuple[str, ...] = ()
    """Those of the watched whose own goods are a strong ground."""
    holders: tuple[str, ...] = ()
    """All others."""
    tied: tuple[str, ...] = ()
    """Those that are suspected for their ties to third ones."""

    @classmethod
    def by(cls, value: Value, others: set[str], verdicts: Mapping[str, Said]) -> Shared:
        """A value that ``others`` show, given who of them has which verdict."""
        said = {other: verdicts.get(other, Said()) for other in sorted(others)}
        bad, grounded = (
            tuple(other for other, known in said.items() if known.own == verdict) for verdict in ("suspected", GROUNDED)
        )
        watched = sum(known.own == "watch" for known in said.values()) + len(grounded)
        tied = tuple(other for other, known in said.items() if known.tied)
        return cls(*value, len(others), bad, watched, grounded, tuple(said), tied)


@dataclass(frozen=True)
class Dossier:
    """Everything that is read of a storefront; the judge of a generated world fills it without a store."""

    storefront: Document
    offers: tuple[Document, ...] = ()
    """Fields of ``OFFER``, at most ``OFFER_SAMPLE``."""
    count: int = 0
    """All offers."""
    flags: tuple[Document, ...] = ()
    """One row per offer, code, brand and state that stands: ``_id`` (these four), ``sentence``, ``reasons``,
    ``allegation``, ``flag`` (an ``_id``), ``register_versions``, ``references`` (versions), ``of_middle`` (what the
    offer costs as a share of the middle of its regular prices; empty where that is unclear)."""
    identifiers: tuple[Document, ...] = ()
    """``kind``, ``value``."""
    pages: int = 0
    unreadable: int = 0
    shared: tuple[Shared, ...] = ()
    registration: Registration | None = None
