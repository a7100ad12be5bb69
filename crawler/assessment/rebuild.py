"""Bodies → dossier, without a store: the way of the data in pure steps, for recomputing and for generated worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from crawler.assessment.dossier import OFFER, READABLE, Dossier
from crawler.extract.model import Page
from crawler.extract.normalised import normalise
from crawler.extract.offers import to_offers
from crawler.extract.page import read
from crawler.indicators.flags import flag_reading
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import Reading
from crawler.indicators.reading.offer import read as read_offer
from crawler.indicators.references import Product, Reference
from crawler.items import Flag, Identifier, Offer, Storefront, StorefrontKind, storefront_key_of
from crawler.money import Rates
from crawler.store.database import Document
from crawler.store.look import OWN_PAGE
from crawler.store.values import clean_fields, digest


@dataclass(frozen=True)
class Seen:
    """One answer of a site, as it was kept."""

    url: str
    body: bytes
    fetched_at: datetime
    content_type: str = ""
    status: int = 200
    platform: bool = False
    """A marketplace's page: its contacts and legal pages are not the seller's."""
    cards: bool = False
    """Whether its cards were offers although they lead to pages of their own."""


@dataclass
class Sheet:
    """What the pages of one storefront say together."""

    storefront: Document
    offers: dict[str, Offer] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    """Offers whose own page was read."""
    identifiers: dict[tuple[str, str], Identifier] = field(default_factory=dict)
    pages: int = 0
    unreadable: int = 0
    leads: set[str] = field(default_factory=set)
    """Keys of the storefronts to which it sends visitors, where that is known."""


def blank(owner: str, kind: StorefrontKind, url: str) -> Sheet:
    """A sheet of which no page was read yet."""
    storefront: Document = {"_id": owner, "key": storefront_key_of(owner), "kind": kind, "url": url}
    return Sheet({**storefront, "legal_pages": {}, "facts": {}})


def add(made: Sheet, one: Seen, currency: str, rates: Rates) -> None:
    """Read one page more, in the order in which they were fetched; the offer's own page has the last word."""
    made.pages += 1
    if one.status not in READABLE:
        made.unreadable += 1
        return
    page = read(one.body, one.url, content_type=one.content_type)
    made.storefront.setdefault("first_seen", one.fetched_at)
    made.storefront["last_seen"] = one.fetched_at
    if not one.platform:
        _about(made, page)
    for offer in to_offers(page, storefront=made.storefront["_id"], url=one.url, cards=one.cards)[0]:
        if page.kind == "product" or offer.id not in made.own:
            normalise(offer, currency, one.fetched_at.date(), rates)
            made.offers[offer.id] = offer
            made.own |= {offer.id} if page.kind == "product" else set()


def sheet(owner: str, kind: StorefrontKind, url: str, seen: Iterable[Seen], currency: str, rates: Rates) -> Sheet:
    """What all these pages say together."""
    made = blank(owner, kind, url)
    for one in seen:
        add(made, one, currency, rates)
    return made


def _about(made: Sheet, page: Page) -> None:
    """What a page of the shop's own says of the shop, as the store merges it: lists united, else the newest."""
    made.storefront["legal_pages"].update(page.legal_pages)
    made.storefront["language"] = page.language or made.storefront.get("language")
    for item in page.identifiers:
        made.identifiers.setdefault((item.kind, item.value), item)
    known: dict[str, Any] = made.storefront["facts"]
    for name, value in page.facts.items():
        known[name] = sorted({*known.get(name, ()), *value}) if isinstance(value, list) else value


def readings(made: Sheet, context: Context) -> list[Reading]:
    """The offers as indicators read them."""
    document = made.storefront
    shop = Storefront(id=document["_id"], key=document["key"], kind=document["kind"], url=document["url"])
    view = context.at(shop.key, shop)
    return [read_offer(offer, view) for offer in made.offers.values()]


def dossier(made: Sheet, flags: Mapping[str, tuple[Flag, ...]], **more: Any) -> Dossier:
    """What the store would hold of it, given the flags by offer; ``more``: further fields of the dossier."""
    return Dossier(
        storefront=made.storefront,
        offers=tuple(map(offer_document, made.offers.values())),
        count=len(made.offers),
        flags=tuple(row for subject, own in sorted(flags.items()) for row in flag_rows(subject, own)),
        identifiers=tuple({"kind": kind, "value": value} for kind, value in sorted(made.identifiers)),
        pages=made.pages,
        unreadable=made.unreadable,
        **more,
    )


def flags_of(
    read: Iterable[Reading], references: Mapping[Product, Reference] | None = None
) -> dict[str, tuple[Flag, ...]]:
    """The flags of every offer that was read, compared with ``references`` where there are some."""
    found = {}
    for reading in read:
        view = replace(reading, context=replace(reading.context, references=references)) if references else reading
        found[reading.offer.id] = flag_reading(view)
    return found


def offer_document(offer: Offer) -> Document:
    """The fields of an offer that an assessor reads, as they are stored."""
    return {"_id": offer.id, **clean_fields(offer.model_dump(include=set(OFFER)), cut=Counter())}


def flag_rows(subject: str, flags: Iterable[Flag]) -> Iterable[Document]:
    """One row per code, brand and state, as the store's aggregation gives them."""
    rows: dict[tuple[str, str | None], Document] = {}
    for flag in flags:
        row = {
            "_id": {"subject": subject, "code": flag.code, "brand": flag.brand, "state": flag.state},
            "sentence": flag.sentence,
            "reasons": [flag.values["reason"]] if "reason" in flag.values else [],
            "allegation": flag.allegation,
            "flag": digest(subject, flag.code, flag.brand, OWN_PAGE),
            "register_versions": [flag.register_version],
            "references": [flag.values["market_version"]] if "market_version" in flag.values else [],
            "of_middle": [flag.values["of_middle"]] if "of_middle" in flag.values else [],
        }
        rows.setdefault((flag.code, flag.brand), row)  # the store keeps the first of a code and brand
    return rows.values()
