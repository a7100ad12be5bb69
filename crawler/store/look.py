"""What all documents of one capture share: when it was fetched, where, on which kind of page, in which bytes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from pymongo import UpdateMany, UpdateOne

from crawler.items import Capture, Offer
from crawler.store.database import Document
from crawler.store.values import Cleaner, clean_fields, key

OWN_PAGE = frozenset({"product"})
"""``page_kind`` of pages that are about one offer and have the last word on it."""
Operation = UpdateOne | UpdateMany


class Look:
    """One capture, as far as every document made from it needs to know."""

    def __init__(self, capture: Capture, cut: Counter[str]) -> None:
        self.capture = capture
        self.cut = cut
        self.at: datetime = milliseconds(capture.observation.fetched_at)
        self.seen: Document = clean_fields(capture.observation.model_dump(), cut) | {"fetched_at": self.at}
        self.kind = key(capture.page_kind or "page")
        vantage = capture.observation.vantage
        self.view = f"{self.kind}@{vantage}" if vantage else self.kind

    def clean(self, value: Any) -> Any:
        """``value`` as BSON."""
        return Cleaner(self.cut).clean(value)

    def is_about(self, offer: Offer) -> bool:
        """Whether the page is the offer's own."""
        seen = self.capture.observation
        return self.capture.page_kind in OWN_PAGE or offer.url in (seen.url, seen.final_url)

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
