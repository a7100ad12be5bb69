"""What all documents of one capture share: when it was fetched, where, on which kind of page, in which bytes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from pymongo import InsertOne, UpdateMany, UpdateOne

from crawler.items import Capture, Offer
from crawler.store.database import Document
from crawler.store.values import Cleaner, clean_fields, key

OWN_PAGE = "own"
"""The view of a page that is about one offer alone, and so has the last word on it."""
Operation = UpdateOne | UpdateMany | InsertOne[Document]


class Look:
    """One capture, as far as every document made from it needs to know."""

    def __init__(self, capture: Capture, cut: Counter[str]) -> None:
        self.capture = capture
        self.cut = cut
        self.at: datetime = milliseconds(capture.observation.fetched_at)
        self.seen: Document = clean_fields(capture.observation.model_dump(), cut) | {"fetched_at": self.at}
        self.kind = key(capture.page_kind or "other")
        self.own = _own_offer(capture)

    def clean(self, value: Any) -> Any:
        """``value`` as BSON."""
        return Cleaner(self.cut).clean(value)

    def view(self, offer: Offer) -> str:
        """The kind of page that the offer is seen on: ``own`` for its own page, else the page's kind.

        With the egress country behind it, where stated: shops show different countries different prices.
        """
        vantage = self.capture.observation.vantage
        name = OWN_PAGE if offer.id == self.own else self.kind
        return f"{name}@{vantage}" if vantage else name

    def newest(self, _id: str, fields: Document) -> UpdateOne:
        """Set the fields unless an equal or newer look is stored; the duplicate key that this causes is ignored."""
        return UpdateOne(
            {"_id": _id, "last_seen": {"$lt": self.at}},
            {"$set": fields | {"last_seen": self.at}, "$setOnInsert": {"first_seen": self.at}},
            upsert=True,
        )

    def placed(self, place: Document) -> Document:
        """Provenance that names its body: an extractor, which is pure, leaves the hash empty."""
        return place | {"body_sha256": place.get("body_sha256") or self.capture.observation.body_sha256}


def milliseconds(time: datetime) -> datetime:
    """A time as BSON keeps it, in UTC: what is read back must compare equal with what was written."""
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def _own_offer(capture: Capture) -> str | None:
    """The offer that the page is about: the one at the page's own address, else the first of a product page.

    A product page also shows others ("you may also like"); for those it is a list.
    """
    addresses = {capture.observation.url, capture.observation.final_url}
    at_home = [offer.id for offer in capture.offers if offer.url in addresses]
    if capture.page_kind == "product":
        return next(iter([*at_home, *(offer.id for offer in capture.offers)]), None)
    return at_home[0] if len(at_home) == 1 else None
