"""A storefront judged from its stored bodies alone, to see whether the verdict comes out the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from pymongo.database import Database

from crawler.assessment import rebuild
from crawler.assessment.dossier import Dossier
from crawler.assessment.gather import Gathered, gather
from crawler.assessment.judge import Assessment, judge
from crawler.assessment.means import Means
from crawler.assessment.reading import read
from crawler.assessment.rebuild import Seen
from crawler.errors import EvidenceError
from crawler.evidence.bodies import Bodies
from crawler.extract.offers import LEFT
from crawler.items import StorefrontKind
from crawler.money import Rates
from crawler.store.database import Document
from crawler.store.values import unkey

UNREAD = frozenset({"wall", "redirect_out", "absent", "favicon"})  # kinds of pages that brought nothing of the shop
PAGES = 5_000  # read again at most
TOLD_BY_FETCHING = ("redirects_out", "walls")
"""Facts that no body tells: how it was answered."""


@dataclass(frozen=True)
class Replay:
    """What reading the bodies again brought."""

    assessment: Assessment
    gathered: Gathered
    bodies: int
    missing: int
    """Bodies that are not kept, or damaged."""
    offers: int
    differing: tuple[str, ...]
    """Offers whose title, price or flags are not as stored, or that one side does not have."""


async def replay(
    database: Database[Document], bodies: Bodies, storefront: Document, means: Means, currency: str
) -> Replay:
    """Read every stored body of a storefront again, flag and judge; market references are those that were kept.

    Raises:
        ServerUnavailable: the place where bodies are kept does not answer.
    """
    stored = read(database, storefront, means.registration(storefront["key"]))
    kind: StorefrontKind = storefront.get("kind") or "shop"
    made, missing, rates = rebuild.blank(storefront["_id"], kind, storefront.get("url") or ""), 0, Rates()
    async for one in _seen(database, bodies, storefront):  # one body in memory at a time
        if one is None:
            missing += 1
        else:
            rebuild.add(made, one, currency, rates)
    facts = storefront.get("facts") or {}
    made.storefront["facts"] |= {name: facts[name] for name in TOLD_BY_FETCHING if name in facts}
    fresh = rebuild.dossier(made, rebuild.flags_of(rebuild.readings(made, means.context)))
    fresh = replace(
        fresh,
        flags=fresh.flags + _market(stored, fresh),
        pages=stored.pages,
        unreadable=stored.unreadable,
        shared=stored.shared,
        registration=stored.registration,
    )
    gathered = gather(fresh, means)
    found = judge(gathered.evidence, gathered.scope, means.rules)
    return Replay(found, gathered, made.pages, missing, len(made.offers), _differing(stored, fresh))


async def _seen(database: Database[Document], bodies: Bodies, storefront: Document) -> AsyncIterator[Seen | None]:
    """The pages whose offers are the storefront's, oldest first; None for a body that is not kept, or damaged."""
    own = storefront["_id"]
    wanted = {"storefronts": own, "kind": {"$nin": [None, *UNREAD]}}
    for page in database["pages"].find(wanted).sort([("fetched_at", 1), ("_id", 1)]).limit(PAGES):
        if page["storefronts"][-1] != own:  # the offers of a page are its last storefront's
            continue
        try:
            body = await bodies.get(page["body_sha256"])
        except EvidenceError:
            yield None
            continue
        platform = page["storefronts"][0] != own
        cards = LEFT not in map(unkey, page.get("rejected") or {})
        yield Seen(page["final_url"], body, page["fetched_at"], page["content_type"], page["status"], platform, cards)


def _market(stored: Dossier, fresh: Dossier) -> tuple[Document, ...]:
    """Comparisons with the market of then, as far as their offers are still there: its votes are not kept for ever."""
    here = {offer["_id"] for offer in fresh.offers}
    market = (row for row in stored.flags if row["_id"]["code"] == "price.below_market")
    return tuple(row for row in market if row["_id"]["subject"] in here)


def _differing(stored: Dossier, fresh: Dossier) -> tuple[str, ...]:
    old, new = _told(stored), _told(fresh)
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _told(found: Dossier) -> dict[str, tuple[object, ...]]:
    flags: dict[str, set[tuple[str, ...]]] = {}
    for row in found.flags:
        key = row["_id"]
        flags.setdefault(key["subject"], set()).add((key["code"], key.get("brand") or "", key["state"]))
    return {
        offer["_id"]: (
            offer.get("title"),
            str((offer.get("price") or {}).get("amount")),
            tuple(sorted(flags.get(offer["_id"], ()))),
        )
        for offer in found.offers
    }
