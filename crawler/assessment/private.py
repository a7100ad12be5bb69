"""Private persons: who sells a few used things is no target, and is kept without a name, and briefly.

The assessor marks such sellers and accounts when it has judged them, takes out what names a person, and gives all that
is stored of them a day to go: MongoDB removes it then (TTL), whether or not anybody runs. Who is flagged later, sells
more, or names a company is no private person any more, and stays. Bodies of pages and the pages' addresses are not
touched: they belong to the platform's pages, and fall under the operator's own retention of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pymongo.database import Database

from crawler.assessment.dossier import Dossier
from crawler.assessment.judge import Scope
from crawler.store.database import Document

KEPT = timedelta(days=30)
"""After the last look: long enough to notice somebody who comes back every week with new things."""
FEW = 4  # offers at once; a household that clears its wardrobe may have more, and is kept like anybody else
KINDS = frozenset({"marketplace_seller", "social_account"})
BUSINESS = frozenset({"company_number", "vat", "merchant_id"})
CALM = frozenset({"clear", "abstain"})
NAMING = {"storefronts": ("name", "country", "facts"), "offers": ("seller", "location", "ships_from", "description")}
"""What may name a person or tell where one lives."""


def is_private(dossier: Dossier, scope: Scope, verdict: str) -> bool:
    """Whether this looks like a person who sells a few used things of their own, and nothing else was noticed."""
    return (
        dossier.storefront.get("kind") in KINDS
        and verdict in CALM
        and not scope.flagged
        and dossier.storefront.get("last_seen") is not None
        and 0 < dossier.count <= FEW
        and all(offer.get("condition") == "used" for offer in dossier.offers)
        and not any(item["kind"] in BUSINESS for item in dossier.identifiers)
    )


def keep(database: Database[Document], dossier: Dossier, private: bool) -> None:
    """Give what is stored of it a day to go, or take that day away. May be repeated."""
    storefront = dossier.storefront
    if not private and storefront.get("expire_at") is None:
        return
    for name, wanted in _stored(dossier):
        change: Document = {"$unset": {"expire_at": ""}}
        if private:
            change = {"$set": {"expire_at": storefront["last_seen"] + KEPT}}
            change |= {"$unset": _naming(name)} if name in NAMING else {}
        database[name].update_many(wanted, change)
    if private:
        database["identifiers"].delete_many({"storefront": storefront["_id"]})


def _naming(collection: str) -> Document:
    """The fields that name somebody, and what is kept of where they stood."""
    return {f"{prefix}{name}": "" for name in NAMING[collection] for prefix in ("", "provenance.")}


def _stored(dossier: Dossier) -> Iterator[tuple[str, Document]]:
    """Collection → what it holds of the storefront, itself last: what has its day has given it to all the rest."""
    owner, offers = dossier.storefront["_id"], [offer["_id"] for offer in dossier.offers]
    yield "offers", {"storefront": owner}
    yield "observations", {"offer": {"$in": offers}}
    yield "flags", {"subject": {"$in": offers}}
    yield "posts", {"storefront": owner}
    yield "assessments", {"_id": owner}
    yield "assessment_history", {"storefront": owner}
    yield "storefronts", {"_id": owner}
