"""Stored offers flagged again: a changed register changes flags and verdicts, and nothing that was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crawler.assessment import leases
from crawler.assessment.assess import assess_all, assess_changed
from crawler.assessment.means import Means
from crawler.assessment.reflag import reflag
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.items import Capture, Money, Offer
from crawler.register.loading import Entry, Register
from crawler.register.schema import Brand
from crawler.store.stored import offer_of
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import SHOP, capture, offer, own_page, shop

LOW = Money(amount="90", currency="EUR")


def flagged(number: int, **changes: Any) -> Offer:
    item = offer(number, LOW, **{"title": f"Velmora Aurelia tote, replica {number}"} | changes)
    return item.model_copy(update={"flags": flag_offer(item, MEANS.context.at("shop.test", shop()))})


def page(at: float = 0) -> Capture:
    return capture(*(flagged(number) for number in range(6)), at=at)


def authorising(key: str) -> Means:
    """The same register, in which the shop is an authorised seller of Velmora."""
    register = MEANS.context.register
    entry = register.entries["Velmora"]
    given = entry.brand.model_dump(exclude={"authorised_sellers"}) | {"authorised_sellers": [key]}
    brand = Brand.model_validate(given)
    entries = register.entries | {"Velmora": Entry(brand, entry.holder)}
    return replace(MEANS, context=Context.build(Register(register.holders, "another version", entries)))


async def test_a_stored_offer_comes_back_as_it_was_seen(write: Write, database: Store) -> None:
    item = flagged(1, gtin="4006381333931", images=("https://shop.test/a.jpg",), category=("Bags",), list_price=LOW)
    await write(own_page(item))
    stored = database["offers"].find_one({"_id": item.id})
    assert stored
    back = offer_of(stored)
    assert back.model_dump(exclude={"flags", "provenance"}) == item.model_dump(exclude={"flags", "provenance"})
    again = flag_offer(back, MEANS.context.at("shop.test", shop()))
    assert [flag.model_dump(exclude={"provenance"}) for flag in again] == [
        flag.model_dump(exclude={"provenance"}) for flag in item.flags
    ]


async def test_the_same_register_changes_nothing(write: Write, database: Store) -> None:
    await write(page())
    before = list(database["flags"].find().sort("_id", 1))
    assert before
    storefront = database["storefronts"].find_one({"_id": SHOP}) or {}
    changes = reflag(database, storefront, MEANS)
    assert not changes.lines()
    after = list(database["flags"].find().sort("_id", 1))
    assert [flag["code"] for flag in after] == [flag["code"] for flag in before]


async def test_a_seller_who_is_authorised_now_is_cleared(write: Write, database: Store) -> None:
    await write(page())
    assert [item.verdict for item in assess_changed(database, MEANS)] == ["suspected"]
    (outcome,) = assess_all(database, authorising("shop.test"))
    assert (outcome.before, outcome.verdict) == ("suspected", "clear")
    assert "because the register changed" in outcome.why or "flags: " in "".join(outcome.why)
    assert database["flags"].count_documents({"ended_at": None, "state": "raised"}) == 0
    (outcome,) = assess_all(database, MEANS)  # and back: the offers are all still there
    assert outcome.verdict == "suspected"
    assert [item.why for item in assess_all(database, MEANS)] == [()]


async def test_a_run_that_was_cut_short_is_finished_by_the_next(write: Write, database: Store) -> None:
    await write(page())
    list(assess_changed(database, MEANS))
    means = authorising("shop.test")
    leases.mark_all(database)
    (lease,) = leases.take(database, "one")
    reflag(database, lease.storefront, means)  # killed here: flags are new, the assessment is not
    database["storefronts"].update_one({"_id": SHOP}, {"$unset": {"lease": ""}})
    assert [item.verdict for item in assess_changed(database, means)] == ["clear"]


async def test_a_newer_look_has_the_last_word(write: Write, database: Store) -> None:
    await write(page())
    list(assess_all(database, authorising("shop.test")))
    await write(page(1))  # a worker with the old register crawls on
    (outcome,) = assess_changed(database, MEANS)
    assert outcome.verdict == "suspected"
    found = database["storefronts"].find_one({"_id": SHOP})
    assert found
    assert "flagged_with" not in found
    list(assess_all(database, authorising("shop.test")))
    assert database["flags"].count_documents({"ended_at": None, "state": "raised"}) == 0


@pytest.mark.parametrize("broken", [{"title": None}, {"price": {"amount": "x"}}, {"url": 5}])
async def test_an_offer_that_cannot_be_read_keeps_its_flags(
    write: Write,
    database: Store,
    broken: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await write(page())
    count = database["flags"].count_documents({"ended_at": None})
    database.command("collMod", "offers", validator={})
    database["offers"].update_one({"_id": f"{SHOP}/1"}, {"$set": broken})
    reflag(database, database["storefronts"].find_one({"_id": SHOP}) or {}, MEANS)
    assert "cannot be read again" in caplog.text
    assert database["flags"].count_documents({"ended_at": None}) == count
