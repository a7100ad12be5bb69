"""What a storefront has on its shelves: the same goods share a value, others do not, and hostile ones break nothing."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.assessment.assess import assess_changed, assess_storefronts
from crawler.assessment.catalogue import BANDS, values
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import capture, flag, offer, shop


def goods(*numbers: int, **changes: Any) -> list[dict[str, Any]]:
    return [{"title": f"Velmora Aurelia tote {n}", "sku": f"VM-{n}"} | changes for n in numbers]


def test_the_same_goods_share_all_values_in_any_order() -> None:
    one, two = values(goods(*range(30))), values(reversed(goods(*range(30))))
    assert one == two
    assert len(one) == BANDS
    assert "Velmora Aurelia tote" in next(iter(one.values()))


@pytest.mark.parametrize(("common", "shares"), [(45, True), (2, False), (0, False)])
def test_catalogues_share_values_as_far_as_they_share_goods(common: int, shares: bool) -> None:
    mine, other = values(goods(*range(50))), values(goods(*range(50 - common, 100 - common)))
    assert bool(mine.keys() & other.keys()) is shares


def test_a_price_stands_in_for_a_number() -> None:
    cheap = goods(*range(9), sku=None, price={"amount": "5", "currency": "EUR"})
    dear = goods(*range(9), sku=None, price={"amount": "6", "currency": "EUR"})
    assert values(cheap)
    assert not values(cheap).keys() & values(dear).keys()


@pytest.mark.parametrize(
    "few",
    [
        goods(*range(4)),
        goods(*range(9), title="Tote"),
        goods(*range(9), sku=None),
        goods(*range(9), title=None),
        goods(*range(9), title="\ud800 \x00"),
    ],
)
def test_nothing_is_told_of_few_or_nameless_goods(few: list[dict[str, Any]]) -> None:
    assert values(few) == {}


def copied(key: str, flags: tuple[Any, ...], numbers: range) -> Any:
    own = f"{key}#1"
    items = [
        offer(n, id=f"{own}/{n}", storefront=own, url=f"https://{key}/{n}", flags=flags, sku=f"S-{n}",
              title=f"Velmora Aurelia tote {n}")
        for n in numbers
    ]  # fmt: skip
    return capture(*items, storefronts=[shop(id=own, key=key)], url=f"https://{key}/")


async def test_a_copied_catalogue_is_evidence_and_never_enough(write: Write, database: Store) -> None:
    bad = (flag(weight=2.5), flag("brand.unauthorised", weight=0.3))
    mild = (flag("brand.unauthorised", weight=0.3),)
    await write(
        *(copied(key, bad, range(20)) for key in ("bad.test", "worse.test")), copied("alike.test", mild, range(20))
    )
    await write(copied("other.test", mild, range(50, 70)))
    list(assess_changed(database, MEANS))
    found = {item["key"]: item for item in database["assessments"].find()}
    assert {reason["code"] for reason in found["alike.test"]["reasons"]} == {"brand.unauthorised", "links.catalogue"}
    assert found["alike.test"]["verdict"] == "clear"
    assert "links.catalogue" not in {reason["code"] for reason in found["other.test"]["reasons"]}
    before = list(database["identifiers"].find().sort("_id", 1))
    list(assess_storefronts(database, MEANS, ["bad.test#1"]))
    assert list(database["identifiers"].find().sort("_id", 1)) == before


async def test_values_of_goods_that_are_gone_go(write: Write, database: Store) -> None:
    await write(copied("bad.test", (flag(),), range(20)))
    list(assess_changed(database, MEANS))
    database["offers"].delete_many({})
    list(assess_storefronts(database, MEANS, ["bad.test#1"]))
    assert database["identifiers"].count_documents({"kind": "catalogue"}) == 0
