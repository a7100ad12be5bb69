"""What the store remembers of earlier visits to a shop, for the next one; and pages that a visit found unchanged.

It reads the collection ``pages``, and keeps in ``addresses`` what gives no page: sitemaps, and what was not there.
Nothing here is needed to read a page, only to spare one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from crawler.store.database import Document, Store
from crawler.store.retry import patiently
from crawler.store.values import identifier, text

PAGES_LIMIT = 50_000  # of one shop that are remembered, about 20 MB; what is beyond is crawled like the first time
FIELDS = {"kind": 1, "last_seen": 1, "fetched_at": 1, "said": 1, "cards": 1, "offer_ids": 1, "lastmods": 1}
WHOLE: Document = {"sightings": {"$gt": 0}, "blocked": {"$exists": False}, "cut": {"$exists": False}}
"""Of crawls: those that read what there was."""
VALIDATORS = {"etag": 1, "last_modified": 1, "fetched_at": 1}


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as an earlier visit left it."""

    url: str
    kind: str
    last_seen: datetime
    read_at: datetime
    """When its bytes were last had; a page that was found unchanged was seen later than that."""
    said: str = ""
    """Digest of the prices, availability and titles of its offers."""
    cards: dict[str, str] = field(default_factory=dict)
    """Of a list: digest of a product's address → digest of what its card said."""
    offers: tuple[str, ...] = ()
    lastmods: bool = False
    """Of a sitemap: whether it tells when pages changed, and was not caught lying."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Everything remembered of one shop."""

    visits: int
    """Crawls of it that came to their own end."""
    pages: list[Seen]
    language: str | None = None


class Visits:
    """Reads and writes for revisits. ``ServerUnavailable`` when the store stays away."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def earlier(self, key: str, owner: str, before: datetime) -> Earlier | None:
        """What is remembered from before a time; None when no crawl has read the shop to its end yet.

        A crawl that nobody answered, that a wall or the run's budget cut short, or that met no offer (JavaScript that
        was not run) leaves a shop as unknown as it was: sparing requests then would keep most of it unread for good.
        """
        return await patiently(lambda: self._earlier(key, owner, before))

    async def _earlier(self, key: str, owner: str, before: datetime) -> Earlier | None:
        ended = {"key": text(key), "finished_at": {"$ne": None, "$lt": before}}
        if not await self.store["crawls"].find_one(ended | WHOLE, {"_id": 1}):
            return None
        visits = await self.store["crawls"].count_documents(ended)
        wanted = {"storefronts": identifier(owner), "last_seen": {"$lt": before}}
        pages: dict[str, Seen] = {}
        for name in ("pages", "addresses"):
            found = self.store[name].find(wanted, FIELDS).sort([("last_seen", 1), ("_id", 1)]).limit(PAGES_LIMIT)
            async for page in found:
                seen = _seen(page)
                if seen.url not in pages or pages[seen.url].last_seen < seen.last_seen:
                    pages[seen.url] = seen
        shop = await self.store["storefronts"].find_one({"_id": identifier(owner)}, {"language": 1}) or {}
        return Earlier(
            visits, sorted(pages.values(), key=lambda page: (page.last_seen, page.url)), shop.get("language")
        )

    async def validators(self, url: str) -> Document | None:
        """``etag``, ``last_modified`` and ``fetched_at`` of the bytes that were last had of an address."""
        wanted = {"_id": identifier(url)}
        page = await patiently(lambda: self.store["pages"].find_one(wanted, VALIDATORS))
        return page or await patiently(lambda: self.store["addresses"].find_one(wanted, VALIDATORS))

    async def seen_again(self, url: str, at: datetime) -> int:
        """The server says that a page is unchanged: it, its offers and its storefront were seen. How many offers."""
        page = await patiently(lambda: self.store["pages"].find_one({"_id": identifier(url)}, {"offer_ids": 1}))
        if page is None:
            await self._touch("addresses", [identifier(url)], at)
            return 0
        await self._touch("pages", [page["_id"]], at)
        return await self.offers_seen(page.get("offer_ids", ()), at)

    async def offers_seen(self, ids: list[str] | tuple[str, ...], at: datetime) -> int:
        """Offers that a list still shows as they were."""
        await self._touch("offers", list(ids), at)
        owners = {offer.partition("|")[0] for offer in ids}
        await self._touch("storefronts", sorted(owners), at)
        return len(ids)

    async def _touch(self, collection: str, ids: list[str], at: datetime) -> None:
        if ids:
            wanted, change = {"_id": {"$in": ids}}, {"$max": {"last_seen": at}}
            await patiently(lambda: self.store[collection].update_many(wanted, change))

    async def note(self, url: str, owner: str, at: datetime, kind: str, **fields: object) -> None:
        """Remember what gives no capture: a sitemap file, a page that was not there."""
        named = {name: text(value, 200) if isinstance(value, str) else value for name, value in fields.items()}
        first = {"first_seen": at, "lastmods": named.pop("lastmods")} if "lastmods" in named else {"first_seen": at}
        change: Document = {
            "$set": {"kind": kind, "storefronts": [identifier(owner)], "last_seen": at, "fetched_at": at, **named},
            "$setOnInsert": first,
        }
        await patiently(lambda: self.store["addresses"].update_one({"_id": identifier(url)}, change, upsert=True))

    async def distrust(self, owner: str) -> None:
        """The dates in this shop's sitemaps mean nothing."""
        wanted = {"storefronts": identifier(owner), "kind": "sitemap"}
        await patiently(lambda: self.store["addresses"].update_many(wanted, {"$set": {"lastmods": False}}))


def _seen(page: Document) -> Seen:
    cards = [card.partition(":") for card in page.get("cards", ())]
    return Seen(
        url=page["_id"],
        kind=page.get("kind") or "other",
        last_seen=page["last_seen"],
        read_at=page.get("fetched_at") or page["last_seen"],
        said=page.get("said") or "",
        cards={product: said for product, _, said in cards},
        offers=tuple(page.get("offer_ids", ())),
        lastmods=bool(page.get("lastmods")),
    )
