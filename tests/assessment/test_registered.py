"""With whom domains are held: values that one holder's domains share, and what such a tie may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crawler.assessment.assess import assess_changed, assess_storefronts
from crawler.assessment.dossier import NAME_SERVERS, REGISTRATION
from crawler.assessment.registered import values
from crawler.indicators.whole import Registration
from crawler.store.values import ID_LIMIT
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import capture, flag, offer, shop

HELD = Registration("a.test", registered=date(2024, 3, 3), registrar="Penny", name_servers=("ns1.x.test", "ns2.x.test"))


def test_one_holders_domains_share_servers_and_those_of_a_day_more() -> None:
    mine, other = values(HELD), values(replace(HELD, domain="b.test"))
    assert mine.keys() == other.keys()
    assert {kind for kind, _ in mine} == {NAME_SERVERS, REGISTRATION}
    later = values(replace(HELD, registered=date(2024, 3, 4)))
    assert {kind for kind, _ in mine.keys() & later.keys()} == {NAME_SERVERS}
    elsewhere = values(replace(HELD, registrar="Other"))
    assert {kind for kind, _ in mine.keys() & elsewhere.keys()} == {NAME_SERVERS}


@pytest.mark.parametrize(
    ("known", "kinds"),
    [
        (None, set()),
        (replace(HELD, name_servers=()), set()),
        (replace(HELD, registered=None), {NAME_SERVERS}),
        (replace(HELD, registrar=""), {NAME_SERVERS}),
    ],
)
def test_what_is_not_told_ties_nobody(known: Registration | None, kinds: set[str]) -> None:
    assert {kind for kind, _ in values(known)} == kinds


def test_a_day_of_registering_again_is_that_of_the_present_holder() -> None:
    again = replace(HELD, registered=date(2001, 1, 1), registered_again=date(2024, 3, 3))
    assert values(again).keys() == values(HELD).keys()


def test_hostile_names_are_cut() -> None:
    long = replace(HELD, registrar="x" * 5000, name_servers=("n" * 5000,))
    assert all(len(value) <= ID_LIMIT for _, value in values(long))


def sold(key: str, *, bad: bool) -> Any:
    own = f"{key}#1"
    flags = (
        (flag(weight=2.5), flag("brand.unauthorised", weight=0.3)) if bad else (flag("brand.unauthorised", weight=0.3),)
    )
    items = [
        offer(n, id=f"{own}/{n}", storefront=own, url=f"https://{key}/{n}", flags=flags, title=f"{key} {n}")
        for n in range(6)
    ]
    return capture(*items, storefronts=[shop(id=own, key=key)], url=f"https://{key}/")


async def test_a_domain_taken_with_suspected_ones_is_tied_to_them_and_not_suspected_by_it(
    write: Write, database: Store
) -> None:
    await write(*(sold(key, bad=True) for key in ("bad.test", "worse.test")), sold("alike.test", bad=False))
    await write(sold("other.test", bad=False))
    held = {f"{name}.test": replace(HELD, domain=f"{name}.test") for name in ("bad", "worse", "alike")}
    held["other.test"] = replace(HELD, domain="other.test", name_servers=("ns1.y.test",))
    means = replace(MEANS, registrations=held)
    list(assess_changed(database, means))
    found = {item["key"]: item for item in database["assessments"].find()}
    codes = {key: {reason["code"] for reason in item["reasons"]} for key, item in found.items()}
    assert {"links.registration", "links.servers"} <= codes["alike.test"]
    assert found["alike.test"]["verdict"] != "suspected"  # a tie is no fault
    assert not {"links.registration", "links.servers"} & codes["other.test"]
    assert database["identifiers"].count_documents({"kind": REGISTRATION}) == 4
    list(assess_storefronts(database, MEANS, ["alike.test#1"]))  # the operator has no answers any more
    assert database["identifiers"].count_documents({"storefront": "alike.test#1", "kind": REGISTRATION}) == 0
