"""A capture → the documents and updates that store it. Pure: no server is asked."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from pymongo import UpdateMany, UpdateOne

from crawler.items import Capture, Flag, Identifier, Money, Offer, Post, Storefront
from crawler.store.database import Document
from crawler.store.offers import UNSTATED_PRICE, Sight
from crawler.store.values import Cleaner, digest, identifier, key, text

STATED = ("title", "price", "price_problem", "converted", "list_price", "availability")
"""The fields that are set together on every change: a price that is gone must not stay."""
NOT_STORED = {"id", "flags", "provenance", *STATED}
OWN_PAGE = frozenset({"product"})
"""``page_kind`` of pages that are about one offer."""
Operation = UpdateOne | UpdateMany


@dataclass
class Batch:
    """Collection → what to write there, for one capture."""

    sights: list[Sight] = field(default_factory=list)
    pages: list[Operation] = field(default_factory=list)
    identifiers: list[Operation] = field(default_factory=list)
    posts: list[Operation] = field(default_factory=list)
    flags: list[Operation] = field(default_factory=list)
    storefronts: list[Operation] = field(default_factory=list)


def batch(capture: Capture, cut: Counter[str]) -> Batch:
    """Everything a capture gives, ready to write; ``cut`` counts what had to be shortened."""
    look = Look(capture, cut)
    offers = list({offer.id: offer for offer in reversed(capture.offers)}.values())
    return Batch(
        sights=[look.sight(offer) for offer in offers],
        pages=[look.page()],
        identifiers=[look.identifier(owner, item) for owner, item in _identifiers(capture)],
        posts=[look.post(post) for post in capture.posts],
        flags=look.flags(offers),
        storefronts=look.storefronts(),
    )


class Look:
    """One capture's shared facts: when, where, in which bytes; and the documents made from them."""

    def __init__(self, capture: Capture, cut: Counter[str]) -> None:
        self.capture = capture
        self.cut = cut
        fetched = capture.observation.fetched_at
        fetched = fetched.replace(tzinfo=UTC) if fetched.tzinfo is None else fetched.astimezone(UTC)
        self.at: datetime = fetched.replace(microsecond=fetched.microsecond // 1000 * 1000)  # BSON keeps milliseconds
        self.seen: Document = self.clean(capture.observation.model_dump()) | {"fetched_at": self.at}
        self.kind = key(capture.page_kind or "page")
        vantage = capture.observation.vantage
        self.view = f"{self.kind}@{vantage}" if vantage else self.kind

    def clean(self, value: Any) -> Any:
        """``value`` as BSON, with its own budget of one document."""
        return Cleaner(self.cut).clean(value)

    def page(self) -> Operation:
        """The last look at a URL, whatever it gave."""
        capture = self.capture
        sellers = dict.fromkeys(
            [shop.id for shop in capture.storefronts] + [offer.storefront for offer in capture.offers]
        )
        fields = self.seen | {
            "kind": capture.page_kind and self.kind,
            "content_type": text(capture.content_type, 200),
            "storefronts": self.clean([identifier(seller) for seller in sellers]),
            "offers": len(capture.offers),
            "posts": len(capture.posts),
            "rejected": self.clean(capture.rejected),
        }
        return self._newest(identifier(capture.observation.url), fields)

    def sight(self, offer: Offer) -> Sight:
        """One offer as the planner wants it."""
        values = self.clean(offer.model_dump(exclude={"id", "flags"}))
        provenance = {name: self._placed(place) for name, place in values.pop("provenance").items()}
        values["storefront"] = identifier(offer.storefront)
        _id = identifier(offer.id)
        stated = {name: values[name] for name in STATED}
        return Sight(
            id=_id,
            at=self.at,
            view=self.view,
            own_page=capture_is_about(self.capture, offer),
            said=_said(offer),
            stated=stated,
            described={
                name: value for name, value in values.items() if name not in STATED and value not in (None, [], "")
            },
            provenance=provenance,
            observation={
                "offer": _id,
                "storefront": values["storefront"],
                "view": self.view,
                "fetched_at": self.at,
                **stated,
                "seen": self.seen,
                "provenance": {name: place for name, place in provenance.items() if name in STATED},
            },
            aliases=[values["url"]] if values["url"] else [],
        )

    def flags(self, offers: list[Offer]) -> list[Operation]:
        """Each flag under its own key; those that the same kind of page raised before and does not now have ended.

        The offer's own page has the last word: it ends what lists had flagged, too.
        """
        raised = [self._flag(offer, flag) for offer in offers for flag in offer.flags]
        return raised + [operation for own in (True, False) for operation in self._ended(offers, own)]

    def _ended(self, offers: list[Offer], own_page: bool) -> list[Operation]:
        ids = [identifier(offer.id) for offer in offers if capture_is_about(self.capture, offer) is own_page]
        if not ids:
            return []
        stale: Document = {"subject": {"$in": ids}, "ended_at": None, "last_seen": {"$lt": self.at}}
        if not own_page:
            stale["view"] = self.view
        return [UpdateMany(stale, {"$set": {"ended_at": self.at}})]

    def _flag(self, offer: Offer, flag: Flag) -> Operation:
        subject = identifier(offer.id)
        fields = self.clean(flag.model_dump())
        fields["provenance"] = [self._placed(place) for place in fields["provenance"]]
        fields |= {"subject": subject, "storefront": identifier(offer.storefront), "view": self.view, "ended_at": None}
        fields |= {"body_sha256": self.capture.observation.body_sha256, "url": self.seen["final_url"]}
        return self._newest(digest(subject, flag.code, flag.brand, self.view), fields)

    def post(self, post: Post) -> Operation:
        """A social listing; the newest look at it wins."""
        fields = self.clean(post.model_dump(exclude={"id"}))
        fields["provenance"] = {name: self._placed(place) for name, place in fields["provenance"].items()}
        return self._newest(
            identifier(post.id), fields | {"storefront": identifier(post.storefront), "seen": self.seen}
        )

    def identifier(self, owner: str, item: Identifier) -> Operation:
        """A storefront's identifier: first and last time seen, and where it stood the first time."""
        owner = identifier(owner)
        fields = self.clean(item.model_dump())
        fields["provenance"] = self._placed(fields["provenance"])
        return UpdateOne(
            {"_id": digest(owner, item.kind, item.value)},
            {
                "$min": {"first_seen": self.at},
                "$max": {"last_seen": self.at},
                "$setOnInsert": {"storefront": owner, **fields, "url": self.seen["final_url"]},
            },
            upsert=True,
        )

    def storefronts(self) -> list[Operation]:
        """Every storefront the page speaks of, marked as changed; the assessor takes the mark off."""
        known = {shop.id: self._storefront(shop) for shop in self.capture.storefronts}
        sellers = [
            *(offer.storefront for offer in self.capture.offers),
            *(post.storefront for post in self.capture.posts),
        ]
        return [self._mark(owner, known.get(owner, {})) for owner in dict.fromkeys([*known, *sellers])]

    def _storefront(self, shop: Storefront) -> Document:
        values = self.clean(shop.model_dump(exclude={"id", "identifiers"}))
        fields = {f"legal_pages.{kind}": url for kind, url in values.pop("legal_pages").items()}
        fields |= {f"facts.{name}": value for name, value in values.pop("facts").items()}
        return fields | {name: value for name, value in values.items() if value not in (None, "")}

    def _mark(self, owner: str, fields: Document) -> Operation:
        name, _, tenure = owner.rpartition("#")
        key_of = {} if "key" in fields else {"key": text(name or tenure), "kind": None}
        return UpdateOne(
            {"_id": identifier(owner)},
            {
                "$set": fields | {"unassessed": ObjectId()},
                "$setOnInsert": key_of,
                "$min": {"first_seen": self.at},
                "$max": {"last_seen": self.at},
                "$currentDate": {"changed_at": True},
            },
            upsert=True,
        )

    def _newest(self, _id: str, fields: Document) -> Operation:
        """Set the fields unless an equal or newer look is stored; the duplicate key that this causes is ignored."""
        return UpdateOne(
            {"_id": _id, "last_seen": {"$lt": self.at}},
            {"$set": fields | {"last_seen": self.at}, "$setOnInsert": {"first_seen": self.at}},
            upsert=True,
        )

    def _placed(self, place: Document) -> Document:
        """Provenance that names its body: an extractor leaves the hash empty."""
        return place | {"body_sha256": place.get("body_sha256") or self.capture.observation.body_sha256}


def capture_is_about(capture: Capture, offer: Offer) -> bool:
    """Whether the page is the offer's own."""
    return capture.page_kind in OWN_PAGE or offer.url in (capture.observation.url, capture.observation.final_url)


def _identifiers(capture: Capture) -> list[tuple[str, Identifier]]:
    pairs = [(shop.id, item) for shop in capture.storefronts for item in shop.identifiers]
    return pairs + [(post.storefront, item) for post in capture.posts for item in post.identifiers]


def _said(offer: Offer) -> dict[str, str | None]:
    """What counts as a change: price, availability, title; as text that is equal when a person would call it equal."""
    title = " ".join(unicodedata.normalize("NFC", text(offer.title)).split())
    return {"price": _price(offer.price, offer.price_problem), "availability": offer.availability, "title": title}


def _price(price: Money | None, problem: str | None) -> str | None:
    if price is None:
        return None if problem in UNSTATED_PRICE else f"({problem})"
    return f"{price.amount.normalize()} {price.currency or '?'}"
