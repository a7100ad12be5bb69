"""Storefronts as documents: what many pages, read by many workers, say of one shop, merged by the server.

Written as an aggregation pipeline, because what to keep depends on what is stored: the newer look wins, times only
grow apart, lists are united. Every value goes in as ``$literal``: in a pipeline a scraped ``$name`` would be read as
a field.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne

from crawler.items import Identifier, Storefront
from crawler.store.database import Document
from crawler.store.look import Look
from crawler.store.values import Cleaner, clean_fields, digest, identifier, key, text

FACTS_LIMIT = 64  # names of facts or legal pages in one capture; the spiders' vocabulary has about 30
FACT_LIMIT = 20_000  # characters of one fact
UNION_LIMIT = 200  # members of a list that many pages add to
NAME = re.compile(r"[A-Za-z][\w%@-]{0,99}", re.ASCII)
"""What a fact may be called. The vocabulary is the spiders'; a name that looks scraped is turned away and counted."""


def storefront_updates(look: Look) -> list[UpdateOne]:
    """Every storefront that the page speaks of, marked as changed; the assessor takes the mark off."""
    capture = look.capture
    known = {shop.id: _fields(look, shop) for shop in capture.storefronts}
    sellers = [*(offer.storefront for offer in capture.offers), *(post.storefront for post in capture.posts)]
    return [_merge(owner, known.get(owner, {}), look.at) for owner in dict.fromkeys([*known, *sellers])]


def identifier_updates(look: Look) -> list[UpdateOne]:
    """The identifiers of the page's storefronts and posts: first and last time seen, and where the first time."""
    capture = look.capture
    pairs = [(shop.id, item) for shop in capture.storefronts for item in shop.identifiers]
    pairs += [(post.storefront, item) for post in capture.posts for item in post.identifiers]
    return [_identifier(look, identifier(owner), item) for owner, item in pairs]


def _fields(look: Look, shop: Storefront) -> Document:
    """Path → value, as far as the page said something."""
    values = clean_fields(shop.model_dump(exclude={"id", "identifiers", "legal_pages", "facts"}), look.cut)
    fields = {name: value for name, value in values.items() if value not in (None, "")}
    fields |= _named(look, "legal_pages", shop.legal_pages)
    return fields | _named(look, "facts", shop.facts)


def _named(look: Look, prefix: str, values: dict[str, Any]) -> Document:
    escaped = {key(name): value for name, value in values.items()}
    allowed = [name for name in escaped if NAME.fullmatch(name)][:FACTS_LIMIT]
    look.cut["names"] += len(values) - len(allowed)
    return {f"{prefix}.{name}": Cleaner(look.cut, FACT_LIMIT).clean(escaped[name]) for name in allowed}


def _merge(owner: str, fields: Document, at: datetime) -> UpdateOne:
    newer = {"$lte": [{"$ifNull": ["$last_seen", at]}, at]}
    name, _, tenure = owner.rpartition("#")
    merged: Document = {
        "key": {"$ifNull": ["$key", {"$literal": text(name or tenure)}]},
        "kind": {"$ifNull": ["$kind", None]},
        **{path: _merged(path, value, newer) for path, value in fields.items()},
        "first_seen": {"$min": ["$first_seen", at]},
        "last_seen": {"$max": ["$last_seen", at]},
        "changed_at": "$$NOW",
        "unassessed": ObjectId(),
        "flagged_with": "$$REMOVE",  # by whatever register the worker had
    }
    return UpdateOne({"_id": identifier(owner)}, [{"$set": merged}], upsert=True)


def _merged(path: str, value: Any, newer: Document) -> Document:
    if isinstance(value, list):
        present = {"$cond": [{"$isArray": f"${path}"}, f"${path}", []]}
        return {"$slice": [{"$setUnion": [present, {"$literal": value}]}, UNION_LIMIT]}
    return {"$cond": [newer, {"$literal": value}, {"$ifNull": [f"${path}", {"$literal": value}]}]}


def _identifier(look: Look, owner: str, item: Identifier) -> UpdateOne:
    fields = clean_fields(item.model_dump(), look.cut)
    fields["provenance"] = look.placed(fields["provenance"])
    return UpdateOne(
        {"_id": digest(owner, item.kind, item.value)},
        {
            "$min": {"first_seen": look.at},
            "$max": {"last_seen": look.at},
            "$setOnInsert": {"storefront": owner, **fields, "url": look.seen["final_url"]},
        },
        upsert=True,
    )
