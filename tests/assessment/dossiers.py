"""Dossiers made by hand, and what evidence they give: no store is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crawler.assessment.dossier import Dossier
from crawler.assessment.gather import gather
from tests.assessment.build import MEANS

SHOP = {
    "_id": "shop.test#1",
    "key": "shop.test",
    "kind": "shop",
    "url": "https://shop.test/",
    "last_seen": datetime(2026, 11, 1, tzinfo=UTC),
    "legal_pages": {"imprint": "/i", "returns": "/r"},
    "facts": {"social_accounts": ["x"], "social_nowhere": [], "skeleton_places": 90},
}


def flag(number: int, code: str = "brand.unauthorised", state: str = "raised") -> dict[str, Any]:
    key = {"subject": f"shop.test#1/{number}", "code": code, "brand": "Velmora", "state": state}
    return {"_id": key, "sentence": "It is so.", "reasons": [], "allegation": "trademark", "flag": str(number),
            "register_versions": ["r"]}  # fmt: skip


def dossier(**changes: Any) -> Dossier:
    titles = tuple({"title": f"Velmora Aurelia tote {number}"} for number in range(10))
    known = Dossier(storefront=SHOP, offers=titles, count=10, flags=tuple(map(flag, range(10))), pages=9)
    facts = changes.pop("facts", {})
    storefront = SHOP | changes.pop("storefront", {})
    return replace(known, storefront=storefront | {"facts": SHOP["facts"] | facts}, **changes)


def codes(found: Dossier) -> set[str]:
    """What speaks against it; missing authorisation and number apart, which most of these have."""
    return {item.code for item in gather(found, MEANS).evidence if item.points >= 0} - {
        "brand.unauthorised", "legal.no_number"}  # fmt: skip


def spoken_for(found: Dossier) -> set[str]:
    return {item.code for item in gather(found, MEANS).evidence if item.points < 0}


def mails(*addresses: str) -> tuple[dict[str, Any], ...]:
    return tuple({"kind": "email", "value": address} for address in addresses)


def points(found: Dossier, code: str) -> float:
    return next(item.points for item in gather(found, MEANS).evidence if item.code == code)
