"""Flags as documents: one per offer, code, brand and kind of page; the next look at such a page replaces them."""

from __future__ import annotations

from collections.abc import Sequence

from pymongo import UpdateMany, UpdateOne

from crawler.items import Flag, Offer
from crawler.store.database import Document
from crawler.store.look import Look, Operation
from crawler.store.offers import Sight
from crawler.store.values import clean_fields, digest, identifier


def flag_documents(look: Look, offer: Offer) -> list[Document]:
    """The flags that a look gave an offer. An abstention is kept like a flag: it says why nothing could be told."""
    return [_flag(look, offer, flag) for flag in offer.flags]


def replace_flags(sights: Sequence[Sight]) -> list[Operation]:
    """Write the flags of these looks; what the same kind of page raised before and does not now has ended.

    The offer's own page has the last word: it also ends what lists had raised. A flag that ended is kept.
    """
    operations: list[Operation] = [_newest(flag) for sight in sights for flag in sight.flags]
    for own_page in (True, False):
        same_kind = [sight for sight in sights if sight.own_page is own_page]
        if same_kind:
            operations.append(_end(same_kind, own_page))
    return operations


def _end(sights: Sequence[Sight], own_page: bool) -> UpdateMany:
    at = sights[0].at
    stale: Document = {
        "subject": {"$in": [sight.id for sight in sights]},
        "ended_at": None,
        "last_seen": {"$lt": at},  # those of this look carry its own time
    }
    if not own_page:
        stale["view"] = sights[0].view
    return UpdateMany(stale, {"$set": {"ended_at": at}})


def _newest(flag: Document) -> UpdateOne:
    """Set it unless an equal or newer look is stored; the duplicate key that this causes is ignored."""
    first = {"first_seen": flag["first_seen"]}
    fields = {name: value for name, value in flag.items() if name not in ("_id", "first_seen")}
    return UpdateOne(
        {"_id": flag["_id"], "last_seen": {"$lt": flag["last_seen"]}},
        {"$set": fields, "$setOnInsert": first},
        upsert=True,
    )


def _flag(look: Look, offer: Offer, flag: Flag) -> Document:
    subject, view = identifier(offer.id), look.view(offer)
    fields = clean_fields(flag.model_dump(), look.cut)
    fields["provenance"] = [look.placed(place) for place in fields["provenance"]]
    return fields | {
        "_id": digest(subject, flag.code, flag.brand, view),
        "subject": subject,
        "storefront": identifier(offer.storefront),
        "view": view,
        "url": look.seen["final_url"],
        "body_sha256": look.capture.observation.body_sha256,
        "first_seen": look.at,
        "last_seen": look.at,
        "ended_at": None,
    }
