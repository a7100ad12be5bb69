"""The indicators once more over stored offers, after a change of register, word lists or weights.

Nothing is fetched and nothing that was seen changes: only flags. References of the market are those of the look, so a
``price.below_market`` stands as long as its offer is still claimed by somebody without authorisation.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from pymongo import UpdateOne
from pymongo.database import Database

from crawler.assessment.means import Means
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.items import Flag, Offer, Storefront
from crawler.store.database import Document
from crawler.store.stored import offer_of
from crawler.store.values import clean_fields, digest

logger = logging.getLogger(__name__)
BATCH = 200  # offers in memory at a time
VIEW = "again"
"""The view of a flag that no look raised: only reading the stored offer again did."""
MARKET, CLAIMED = "price.below_market", "brand.unauthorised"


@dataclass
class Again:
    """What flagging again changed."""

    raised: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)

    def lines(self) -> tuple[str, ...]:
        """In words, the most frequent first."""
        news = [f"{code} raised on {count}" for code, count in self.raised.most_common()]
        return tuple(news + [f"{code} ended on {count}" for code, count in self.ended.most_common()])


def reflag(
    database: Database[Document], storefront: Document, means: Means, alive: Callable[[], bool] = lambda: True
) -> Again:
    """Flag every stored offer of a storefront again. Repeating it changes nothing; a crash is repaired by a repeat.

    ``alive`` is called between batches, to keep a lease; when it says no, another assessor has the storefront.
    """
    shop = Storefront(
        id=storefront["_id"],
        key=storefront["key"],
        kind=storefront.get("kind") or "shop",
        url=storefront.get("url", ""),
    )
    context, changes = means.context.at(shop.key, shop), Again()
    found = database["offers"].find({"storefront": shop.id}).sort("_id", 1)
    for documents in _batches(found):
        standing = _standing(database, [item["_id"] for item in documents])
        operations: list[UpdateOne] = []
        for document in documents:
            operations += _again(document, standing[document["_id"]], context, changes)
        if operations:
            database["flags"].bulk_write(operations, ordered=False)
        if not alive():
            break
    return changes


def _batches(found: Iterator[Document] | Any) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in found:
        batch.append(document)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _standing(database: Database[Document], subjects: list[str]) -> dict[str, list[Document]]:
    rows: dict[str, list[Document]] = defaultdict(list)
    for row in database["flags"].find({"subject": {"$in": subjects}, "ended_at": None}):
        rows[row["subject"]].append(row)
    return rows


def _again(document: Document, standing: list[Document], context: Context, changes: Again) -> Iterator[UpdateOne]:
    try:
        offer = offer_of(document)
    except ValidationError as error:
        logger.error("offer %s cannot be read again: %s", document["_id"], error.errors()[0]["msg"])
        return
    fresh: dict[tuple[str, str | None], Flag] = {}
    for flag in flag_offer(offer, context):
        fresh.setdefault((flag.code, flag.brand), flag)
    known: dict[tuple[str, str | None], list[Document]] = defaultdict(list)
    for row in standing:
        known[row["code"], row.get("brand")].append(row)
    for key, flag in fresh.items():
        if known[key]:
            yield from _kept(known[key], flag, changes)
        else:
            changes.raised[flag.code] += flag.state == "raised"
            yield _new(document, offer, flag)
    for key, rows in known.items():
        if key not in fresh and not (key[0] == MARKET and _claimed(fresh, key[1])):
            changes.ended[key[0]] += rows[0]["state"] == "raised"
            yield from (_only(row, {"ended_at": datetime.now(UTC)}) for row in rows)


def _claimed(fresh: dict[tuple[str, str | None], Flag], brand: str | None) -> bool:
    flag = fresh.get((CLAIMED, brand))
    return flag is not None and flag.state == "raised"


def _kept(rows: list[Document], flag: Flag, changes: Again) -> Iterator[UpdateOne]:
    """The same flag, as it reads now; where it stood and when it was seen stay."""
    if rows[0]["state"] != flag.state:
        (changes.raised if flag.state == "raised" else changes.ended)[flag.code] += 1
    fields = clean_fields(flag.model_dump(exclude={"provenance"}), Counter())
    for row in rows:
        if any(row.get(name) != value for name, value in fields.items()):
            yield _only(row, fields | {"provenance": _places(flag)})


def _new(document: Document, offer: Offer, flag: Flag) -> UpdateOne:
    _id = digest(document["_id"], flag.code, flag.brand, VIEW)
    seen = {"first_seen": document["first_seen"], "last_seen": document["last_seen"], "ended_at": None}
    fields = clean_fields(flag.model_dump(exclude={"provenance"}), Counter()) | {
        "provenance": _places(flag),
        "subject": document["_id"],
        "storefront": document["storefront"],
        "view": VIEW,
        "url": offer.url,
        "body_sha256": (document.get("seen") or {}).get("body_sha256"),
    }
    return UpdateOne({"_id": _id}, {"$set": fields | seen}, upsert=True)


def _only(row: Document, fields: Document) -> UpdateOne:
    """Unless a crawl has looked again meanwhile: the newer look has the last word."""
    return UpdateOne({"_id": row["_id"], "last_seen": row["last_seen"]}, {"$set": fields})


def _places(flag: Flag) -> list[Document]:
    return [clean_fields(place.model_dump(), Counter()) for place in flag.provenance]
