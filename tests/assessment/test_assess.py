"""From stored captures to stored assessments, on a real MongoDB."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from crawler.assessment import leases, outcome
from crawler.assessment.assess import assess_changed, assess_storefronts, recompute
from crawler.assessment.outcome import Judged
from crawler.items import Capture, Money
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import SHOP, capture, email, flag, offer, own_page, shop


def page(at: float = 0, code: str = "wording.replica") -> Capture:
    flags = (flag(code, weight=2.5), flag("brand.unauthorised", weight=0.3, allegation="trademark"))
    return capture(*(offer(n, flags=flags) for n in range(12)), at=at)


def verdict(database: Store) -> str:
    found = database["assessments"].find_one({"_id": SHOP})
    assert found
    return str(found["verdict"])


async def test_a_changed_storefront_is_judged_once(write: Write, database: Store) -> None:
    await write(page())
    (outcome,) = assess_changed(database, MEANS)
    assert (outcome.storefront, outcome.before, outcome.verdict, outcome.changed) == (SHOP, None, "suspected", True)
    assert list(assess_changed(database, MEANS)) == []
    found = database["assessments"].find_one({"_id": SHOP})
    assert found
    assert found["reasons"][0]["sentence"] == "12 of 12 offers: It is wording.replica."
    assert found["reasons"][0]["flags"]
    assert found["versions"]["rules"]
    assert list(found["allegations"]) == ["counterfeit", "trademark"]


async def test_history_is_kept_for_changes_only(write: Write, database: Store) -> None:
    calm = capture(*(offer(n) for n in range(12)), at=1)
    for item, expected in ((page(), "suspected"), (page(0.5), "suspected"), (calm, "clear"), (page(2), "suspected")):
        await write(item)
        list(assess_changed(database, MEANS))
        assert verdict(database) == expected
        list(assess_storefronts(database, MEANS, [SHOP]))
    history = database["assessment_history"].find({"storefront": SHOP}).sort("fence", 1)
    assert [item["verdict"] for item in history] == ["suspected", "clear", "suspected"]


async def test_a_crash_between_history_and_assessment_is_repaired(write: Write, database: Store) -> None:
    await write(page())
    list(assess_changed(database, MEANS))
    current = database["assessments"].find_one({"_id": SHOP})
    await write(capture(*(offer(n) for n in range(12)), at=1))
    list(assess_changed(database, MEANS))
    assert current
    database["assessments"].replace_one({"_id": SHOP}, current)  # as it was when the crash hit
    list(assess_storefronts(database, MEANS, [SHOP]))
    assert verdict(database) == "clear"
    assert database["assessment_history"].count_documents({}) == 2


async def test_a_change_during_the_judging_is_not_lost(
    write: Write, database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(page())
    taken = leases.take(database, "one")
    await write(capture(*(offer(n) for n in range(12)), at=1))  # the crawl goes on
    leases.settle(database, taken)
    assert [item.verdict for item in assess_changed(database, MEANS)] == ["clear"]


async def test_a_storefront_in_hand_is_left_alone(
    write: Write, database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(page())
    monkeypatch.setattr(leases, "LEASE_MS", 300)
    assert leases.take(database, "one")
    assert leases.take(database, "two") == []
    assert list(assess_changed(database, MEANS)) == []
    threading.Event().wait(0.4)  # the first one died: its lease runs out
    assert len(list(assess_changed(database, MEANS))) == 1


async def test_who_lost_the_lease_cannot_overwrite(
    write: Write, database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(page())
    monkeypatch.setattr(leases, "LEASE_MS", 0)
    (slow,) = leases.take(database, "slow")
    await write(capture(*(offer(n) for n in range(12)), at=1))
    list(assess_changed(database, MEANS))
    assert verdict(database) == "clear"
    stale = database["assessments"].find_one({"_id": SHOP})
    assert stale
    outcome.store(database, [Judged(stale | {"verdict": "suspected"}, stale, slow.fence)])
    leases.settle(database, [slow])
    assert verdict(database) == "clear"


async def test_many_assessors_share_the_work(write: Write, database: Store) -> None:
    shops = [f"shop{n}.test" for n in range(40)]
    for key in shops:
        item = offer(id=f"{key}#1/0", storefront=f"{key}#1", flags=(flag(),))
        await write(capture(item, storefronts=[shop(id=f"{key}#1", key=key)], url=f"https://{key}/"))
    done: list[str] = []
    threads = [
        threading.Thread(target=lambda: done.extend(item.storefront for item in assess_changed(database, MEANS)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(f"{key}#1" for key in shops)


async def test_one_that_cannot_be_judged_does_not_stop_the_others(
    write: Write, database: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await write(page())
    database["storefronts"].insert_one({"_id": "broken#1", "unassessed": 0})  # no key: an older version's, say
    assert [item.storefront for item in assess_changed(database, MEANS)] == [SHOP]
    assert "broken#1 could not be judged" in caplog.text


async def test_a_flag_on_a_list_and_on_the_own_page_is_one(write: Write, database: Store) -> None:
    await write(page(), own_page(offer(0, flags=(flag(),)), at=1), page(2))
    _, gathered = recompute(database, database["storefronts"].find_one({"_id": SHOP}) or {}, MEANS)
    (wording,) = [item for item in gathered.evidence if item.code == "wording.replica"]
    assert wording.values["offers"] == 12


async def test_an_unknown_code_weighs_nothing_and_is_named(write: Write, database: Store) -> None:
    await write(page(code="wording.invented_by_a_plugin"))
    list(assess_changed(database, MEANS))
    found = database["assessments"].find_one({"_id": SHOP})
    assert found
    assert (found["verdict"], found["unknown_codes"]) == ("clear", ["wording.invented_by_a_plugin"])


async def test_sellers_are_judged_apart_from_their_marketplace(write: Write, database: Store) -> None:
    sellers = {
        "market.test:good#1": (),
        "market.test:bad#1": (flag(weight=2.5), flag("brand.unauthorised", weight=0.3)),
    }
    offers = [
        offer(id=f"{seller}/{n}", storefront=seller, url=f"https://market.test/{seller}/{n}", flags=flags)
        for seller, flags in sellers.items()
        for n in range(5)
    ]
    await write(capture(*offers, storefronts=[shop(id="market.test#1", key="market.test")], url="https://market.test/"))
    assert {item.storefront: item.verdict for item in assess_changed(database, MEANS)} == {
        "market.test:good#1": "clear",
        "market.test:bad#1": "suspected",
        "market.test#1": "abstain",
    }


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("second-hand", "clear"),
        ("lawful reference", "clear"),
        ("the currency is ambiguous", "abstain"),
        ("a reason that nobody has heard of", "abstain"),
    ],
)
async def test_a_lawful_use_is_clear_and_an_unreadable_price_is_not(
    write: Write, database: Store, reason: str, expected: str
) -> None:
    flags = (flag("price.below_range", state="abstained", values={"reason": reason}),)
    await write(capture(*(offer(n, flags=flags) for n in range(12))))
    assert [item.verdict for item in assess_changed(database, MEANS)] == [expected]
    found = database["assessments"].find_one({"_id": SHOP})
    assert found
    assert (reason in "".join(found["abstained"])) is (expected == "abstain")


def pages(count: int, **changes: Any) -> list[Capture]:
    return [capture(url=f"https://shop.test/{n}", storefronts=[shop(**changes)]) for n in range(count)]


@pytest.mark.parametrize(
    ("captures", "codes"),
    [
        (pages(9), {"legal.missing", "contact.none"}),
        (pages(4), set()),
        (pages(9, legal_pages={"imprint": "/i"}), set()),
        (pages(9, legal_pages={"terms": "/t"}), {"contact.none"}),
        (pages(9, legal_pages={"imprint": "/i"}, identifiers=(email("x@gmail.com"),)), {"contact.free_mail"}),
        (pages(9, legal_pages={"imprint": "/i"}, identifiers=(email("x@gmail.com"), email("x@shop.test"))), set()),
    ],
)
async def test_evidence_of_the_whole_shop(
    write: Write, database: Store, captures: list[Capture], codes: set[str]
) -> None:
    await write(*captures)
    _, gathered = recompute(database, database["storefronts"].find_one({"_id": SHOP}) or {}, MEANS)
    assert {item.code for item in gathered.evidence} == codes


@pytest.mark.parametrize(
    ("reductions", "expected"),
    [
        ([60] * 20, True),
        ([58, 60, 62] * 7, True),
        ([10, 30, 50, 70, 20] * 4, False),  # a real sale
        ([30] * 20, False),  # a mild one
        ([60] * 5, False),  # too few to tell
    ],
)
async def test_uniform_discount(write: Write, database: Store, reductions: list[int], expected: bool) -> None:
    offers = [
        offer(n, str(100 - percent), list_price=Money(amount=100, currency="EUR"))
        for n, percent in enumerate(reductions)
    ]
    await write(capture(*offers))
    _, gathered = recompute(database, database["storefronts"].find_one({"_id": SHOP}) or {}, MEANS)
    assert ("discount.uniform" in {item.code for item in gathered.evidence}) is expected


async def test_the_same_store_always_gives_the_same_assessment(write: Write, database: Store) -> None:
    await write(page(), *pages(9))
    storefront = database["storefronts"].find_one({"_id": SHOP}) or {}
    assert len({repr(recompute(database, storefront, MEANS)) for _ in range(5)}) == 1
