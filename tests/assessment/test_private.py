"""A person who sells a few used things is kept without a name and with a day to go; nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crawler.assessment.assess import assess_changed, assess_storefronts
from crawler.assessment.private import KEPT
from crawler.items import Capture
from crawler.store.indexes import EXPIRING, INDEXES, _expiry
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import capture, email, flag, hour, offer, shop

SELLER = "market.test:anna#1"


def selling(count: int = 2, at: float = 0, kind: str = "marketplace_seller", **changes: Any) -> Capture:
    values: dict[str, Any] = {"condition": "used", "seller": "Anna Example", "location": "Example Street 1"} | changes
    items = [
        offer(n, id=f"{SELLER}/{n}", storefront=SELLER, url=f"https://market.test/{n}", **values) for n in range(count)
    ]
    person = shop(
        id=SELLER, key="market.test:anna", kind=kind, name="Anna Example", identifiers=(email("anna@x.test"),)
    )
    return capture(*items, storefronts=[person], at=at, url="https://market.test/anna")


def expiring(store: Store) -> dict[str, int]:
    found = {name: store[name].count_documents({"expire_at": {"$exists": True}}) for name in EXPIRING}
    return {name: count for name, count in found.items() if count}


async def test_a_person_is_kept_without_a_name_and_briefly(write: Write, database: Store) -> None:
    await write(selling())
    list(assess_changed(database, MEANS))
    stored = database["storefronts"].find_one({"_id": SELLER})
    assert stored
    assert stored["expire_at"] == hour(0) + KEPT
    assert expiring(database) == {
        "storefronts": 1, "offers": 2, "observations": 2, "assessments": 1, "assessment_history": 1,
    }  # fmt: skip
    kept = "".join(repr(item) for name in EXPIRING | {"identifiers"} for item in database[name].find())
    for told in ("Anna", "Example Street", "anna@x.test"):
        assert told not in kept
    assert not {"seller", "location"} & (database["offers"].find_one() or {})["provenance"].keys()
    assert "name" not in stored
    await write(selling(at=24 * 7))  # still there a week later
    list(assess_changed(database, MEANS))
    again = database["storefronts"].find_one({"_id": SELLER})
    assert again
    assert again["expire_at"] - stored["expire_at"] == timedelta(days=7)
    assert "name" not in again


@pytest.mark.parametrize(
    "changes",
    [
        {"count": 9},
        {"condition": "new"},
        {"condition": None},
        {"kind": "shop"},
        {"flags": (flag("wording.replica", weight=2.5),)},
        {"count": 0},
    ],
)
async def test_nobody_else_goes(write: Write, database: Store, changes: dict[str, Any]) -> None:
    await write(selling(**changes))
    list(assess_changed(database, MEANS))
    assert expiring(database) == {}


async def test_who_turns_out_to_be_more_stays(write: Write, database: Store) -> None:
    await write(selling())
    list(assess_changed(database, MEANS))
    await write(selling(count=12, at=1))
    list(assess_changed(database, MEANS))
    assert expiring(database) == {}
    list(assess_storefronts(database, MEANS, [SELLER]))
    stored = database["storefronts"].find_one({"_id": SELLER})
    assert stored
    assert stored["name"] == "Anna Example"


def test_the_server_removes_what_has_its_day() -> None:
    assert INDEXES.keys() >= EXPIRING
    for name in EXPIRING:
        (index,) = _expiry(name)
        assert index.document["expireAfterSeconds"] == 0
