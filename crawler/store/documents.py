"""A capture → the documents and updates that store it. Pure: no server is asked."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from pymongo import UpdateOne

from crawler.items import Capture, Money, Offer, Post
from crawler.store.flags import flag_documents
from crawler.store.look import Look
from crawler.store.offers import UNSTATED_PRICE, Sight
from crawler.store.pointers import pointer_update
from crawler.store.storefronts import identifier_updates, storefront_updates
from crawler.store.values import clean_fields, identifier, text

STATED = ("title", "price", "price_problem", "converted", "list_price", "availability")
"""The fields of an offer that are set together on every change: a price that is gone must not stay."""

ALWAYS = ("storefront", "url")
"""Stored even when empty: every reader may rely on them."""


@dataclass
class Batch:
    """Collection → what to write there, for one capture."""

    sights: list[Sight] = field(default_factory=list)
    pages: list[UpdateOne] = field(default_factory=list)
    identifiers: list[UpdateOne] = field(default_factory=list)
    posts: list[UpdateOne] = field(default_factory=list)
    pointers: list[UpdateOne] = field(default_factory=list)
    storefronts: list[UpdateOne] = field(default_factory=list)


def batch(capture: Capture, cut: Counter[str]) -> Batch:
    """Everything a capture gives, ready to write; ``cut`` counts what had to be shortened.

    An offer that a page shows twice is taken once, as it stood first.
    """
    look = Look(capture, cut)
    offers = {identifier(offer.id): offer for offer in reversed(capture.offers)}
    return Batch(
        sights=[_sight(look, _id, offer) for _id, offer in offers.items()],
        pages=[_page(look)],
        identifiers=identifier_updates(look),
        posts=[_post(look, post) for post in capture.posts],
        pointers=[pointer_update(pointer, look.at, look.cut) for pointer in capture.pointers],
        storefronts=storefront_updates(look),
    )


def _page(look: Look) -> UpdateOne:
    """The last look at a URL, whatever it gave."""
    capture = look.capture
    sellers = [shop.id for shop in capture.storefronts] + [offer.storefront for offer in capture.offers]
    fields = look.seen | {
        "kind": look.kind if capture.page_kind else None,
        "content_type": text(capture.content_type, 200),  # characters; media types are far shorter
        "storefronts": look.clean([identifier(seller) for seller in dict.fromkeys(sellers)]),
        "offers": len(capture.offers),
        "offer_ids": look.clean([identifier(offer.id) for offer in capture.offers]),
        "said": capture.said,
        "rendered": text(capture.rendered, 100),
        "received_sha256": hashlib.sha256(capture.received).hexdigest() if capture.received is not None else None,
        "cards": look.clean([f"{product}:{said}" for product, said in capture.cards.items()]),
        "etag": text(capture.etag or "", 200),
        "last_modified": text(capture.last_modified or "", 100),
        "posts": len(capture.posts),
        "rejected": look.clean(capture.rejected),
    }
    return look.newest(identifier(capture.observation.url), fields)


def _post(look: Look, post: Post) -> UpdateOne:
    """A social listing; the newest look at it wins."""
    fields = clean_fields(post.model_dump(exclude={"id", "identifiers"}), look.cut)
    fields["provenance"] = {name: look.placed(place) for name, place in fields["provenance"].items()}
    return look.newest(identifier(post.id), fields | {"storefront": identifier(post.storefront), "seen": look.seen})


def _sight(look: Look, _id: str, offer: Offer) -> Sight:
    values = clean_fields(offer.model_dump(exclude={"id", "flags"}), look.cut)
    provenance = {name: look.placed(place) for name, place in values.pop("provenance").items()}
    values["storefront"] = identifier(offer.storefront)
    stated = {name: values.pop(name) for name in STATED}
    return Sight(
        id=_id,
        at=look.at,
        view=look.view(offer),
        own_page=offer.id == look.own,
        said=_said(offer),
        stated=stated,
        described={name: value for name, value in values.items() if name in ALWAYS or value not in (None, [], "")},
        provenance=provenance,
        observation={
            "offer": _id,
            "storefront": values["storefront"],
            "view": look.view(offer),
            "fetched_at": look.at,
            **stated,
            "seen": look.seen,
            "provenance": {name: place for name, place in provenance.items() if name in STATED},
        },
        flags=flag_documents(look, offer),
        aliases=[values["url"]] if values["url"] else [],
    )


def _said(offer: Offer) -> dict[str, str | None]:
    """What counts as a change: price, availability, title; as text that is equal when a person would call it equal."""
    title = " ".join(unicodedata.normalize("NFC", text(offer.title)).split())
    return {"price": _price(offer.price, offer.price_problem), "availability": offer.availability, "title": title}


def _price(price: Money | None, problem: str | None) -> str | None:
    if price is None:
        return None if problem in UNSTATED_PRICE else f"({text(problem or '', 100)})"
    return f"{price.amount.normalize()} {price.currency or '?'}"
