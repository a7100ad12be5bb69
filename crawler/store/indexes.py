"""The indexes behind the named queries; each line says for whom it is there."""

from __future__ import annotations

import asyncio

from pymongo import IndexModel

from crawler.store.crawls import KEPT_DAYS
from crawler.store.database import Document, Store

INDEXES: dict[str, list[IndexModel]] = {
    "offers": [
        IndexModel([("storefront", 1), ("_id", 1)]),  # the assessor, `scrapy show`
        IndexModel([("url", 1)]),  # `scrapy show URL`
        IndexModel([("aliases", 1)], sparse=True),
        IndexModel([("gtin", 1)], sparse=True),  # the same article at other shops
    ],
    "observations": [IndexModel([("offer", 1), ("fetched_at", 1), ("_id", 1)])],  # price history
    "pages": [IndexModel([("storefronts", 1), ("kind", 1)]), IndexModel([("body_sha256", 1)])],
    "addresses": [IndexModel([("storefronts", 1)])],  # the next visit
    "flags": [
        IndexModel([("storefront", 1), ("ended_at", 1), ("state", 1)]),  # the assessor
        IndexModel([("subject", 1), ("ended_at", 1)]),  # replacing an offer's flags; `scrapy show`
        IndexModel([("code", 1), ("brand", 1), ("storefront", 1)]),  # one brand's flags
    ],
    "identifiers": [
        IndexModel([("kind", 1), ("value", 1), ("storefront", 1)]),  # who else uses this account
        IndexModel([("storefront", 1)]),
    ],
    "pointers": [IndexModel([("target", 1), ("first_seen", 1)]), IndexModel([("source", 1)])],  # `scrapy provenance`
    "posts": [IndexModel([("storefront", 1)])],
    "storefronts": [
        IndexModel([("key", 1), ("tenure", 1)]),
        # Only what waits for the assessor is in this one, so that it stays small.
        IndexModel([("unassessed", 1)], partialFilterExpression={"unassessed": {"$exists": True}}),
    ],
    "assessments": [IndexModel([("verdict", 1), ("score", -1), ("_id", 1)])],  # the review queue
    "crawls": [
        IndexModel([("key", 1), ("started_at", -1)]),  # `scrapy report`
        IndexModel([("run", 1)]),  # the end of a run
        IndexModel([("last_at", 1)], expireAfterSeconds=KEPT_DAYS * 86_400),
    ],
    "assessment_history": [IndexModel([("storefront", 1), ("assessed_at", 1)])],
}


MONEY: Document = {"bsonType": ["object", "null"], "properties": {"amount": {"bsonType": ["decimal", "null"]}}}
RULES: dict[str, Document] = {
    "offers": {
        "required": ["storefront", "url", "title", "revision", "state", "views", "first_seen", "last_seen"],
        "properties": {"price": MONEY, "list_price": MONEY, "first_seen": {"bsonType": "date"}},
    },
    "observations": {"required": ["offer", "fetched_at", "seen"], "properties": {"price": MONEY}},
    "flags": {
        "required": ["subject", "storefront", "code", "sentence", "last_seen"],
        "properties": {"state": {"enum": ["raised", "abstained"]}},
    },
    "assessments": {
        "required": ["verdict", "score", "versions", "fence"],
        "properties": {"verdict": {"enum": ["suspected", "watch", "clear", "abstain"]}},
    },
}
"""What even a hand-written script must not break: a price as a double, a flag that names nobody."""


EXPIRING = frozenset({"storefronts", "offers", "observations", "flags", "posts", "assessments", "assessment_history"})
"""Where documents of private persons are; they go on the day ``expire_at``."""


async def ensure_indexes(store: Store) -> None:
    """Create missing collections, indexes and rules; harmless when all is there, and beside others who do the same."""
    await asyncio.gather(*(store[name].create_indexes(indexes + _expiry(name)) for name, indexes in INDEXES.items()))
    for name, rule in RULES.items():
        await store.database.command("collMod", name, validator={"$jsonSchema": {"bsonType": "object", **rule}})


def _expiry(name: str) -> list[IndexModel]:
    """Holds only what is to go, so that it costs the others nothing."""
    if name not in EXPIRING:
        return []
    dated = {"expire_at": {"$exists": True}}
    return [IndexModel([("expire_at", 1)], expireAfterSeconds=0, partialFilterExpression=dated)]
