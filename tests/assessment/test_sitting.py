"""Storefronts judged together come out as if each were judged alone, and a crash in between loses nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crawler.assessment import leases, outcome, reading, sharing, sitting
from crawler.assessment.assess import assess_changed, recompute, rounds
from crawler.assessment.reading import read
from crawler.indicators.whole import Registration
from crawler.items import Capture, Pointer
from tests.assessment.build import MEANS, Store, Write
from tests.store.build import capture, email, flag, offer, shop

BAD = (flag(weight=2.5), flag("brand.unauthorised", weight=0.3, allegation="trademark"))
CHEAP = (flag("price.far_below_range", weight=1.6), flag("brand.unauthorised", weight=0.3, allegation="trademark"))
LESS = (flag("brand.unauthorised", weight=0.3, allegation="trademark"),
        flag("price.below_range", weight=0.3, allegation="counterfeit"))  # fmt: skip
DEAR = (flag("price.far_below_range", weight=0.8, allegation="counterfeit"), *LESS[:1])
MILD = (flag("brand.unauthorised", weight=0.3, allegation="trademark"),)


def page(
    key: str, flags: tuple[Any, ...] = MILD, offers: int = 6, shares: tuple[str, ...] = (), named: tuple[Any, ...] = ()
) -> Capture:
    own = f"{key}#1"
    goods = [offer(n, id=f"{own}/{n}", storefront=own, url=f"https://{key}/{n}", flags=flags) for n in range(offers)]
    accounts = tuple(email(value).model_copy(update={"kind": "iban"}) for value in shares)
    front = shop(id=own, key=key, identifiers=(*accounts, *named))
    return capture(*goods, storefronts=[front], url=f"https://{key}/")


def linked(store: Store, key: str) -> bool:
    found = store["assessments"].find_one({"_id": f"{key}#1"}) or {}
    return "links.account" in {item["code"] for item in found["reasons"]}


async def test_siblings_in_one_sitting_know_of_each_other(write: Write, database: Store) -> None:
    await write(page("mild.test", shares=("DE1",)), page("bad.test", BAD, shares=("DE1",)))
    assert len(list(assess_changed(database, MEANS))) == 2  # each once
    assert linked(database, "mild.test")
    assert not linked(database, "bad.test")
    assert list(assess_changed(database, MEANS)) == []


@pytest.mark.parametrize("at_once", [1, 2, 64])
async def test_the_number_judged_together_does_not_matter(
    write: Write,
    database: Store,
    at_once: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.assessment.assess.AT_ONCE", at_once)
    shops = [page(f"s{n}.test", BAD if n % 3 == 0 else MILD, shares=(f"DE{n // 3}",)) for n in range(9)]
    await write(*shops)
    list(assess_changed(database, MEANS))
    for storefront in database["storefronts"].find():
        alone, _ = recompute(database, storefront, MEANS)
        stored = database["assessments"].find_one({"_id": storefront["_id"]})
        assert stored
        assert (stored["verdict"], stored["score"]) == (alone.verdict, alone.score)
    assert [linked(database, f"s{n}.test") for n in range(9)] == [n % 3 != 0 for n in range(9)]


@pytest.mark.parametrize("at_once", [1, 64])
async def test_watched_shops_with_one_account_are_suspected_in_whatever_order(
    write: Write, database: Store, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.assessment.assess.AT_ONCE", at_once)
    await write(*(page(f"s{n}.test", CHEAP, shares=("DE1",)) for n in range(3)), page("t.test", CHEAP))
    list(assess_changed(database, MEANS))
    found = {item["key"]: item["verdict"] for item in database["assessments"].find()}
    assert found == {"s0.test": "suspected", "s1.test": "suspected", "s2.test": "suspected", "t.test": "watch"}
    for storefront in database["storefronts"].find():
        assert recompute(database, storefront, MEANS)[0].verdict == found[storefront["key"]]


@pytest.mark.parametrize("late", [False, True])
async def test_a_copy_is_judged_again_when_the_shop_that_it_was_taken_from_is_found(
    write: Write, database: Store, late: bool
) -> None:
    named = (email("info@origin.test"), email("G-1").model_copy(update={"kind": "analytics"}))
    origin = page("origin.test", named=named)
    means = replace(MEANS, registrations={"copy.test": Registration("copy.test", date.today() - timedelta(90))})
    await write(page("copy.test", CHEAP, named=named), *([] if late else [origin]))
    list(assess_changed(database, means))
    if late:
        await write(origin)
        list(assess_changed(database, means))
    codes = {item["key"]: {reason["code"] for reason in item["reasons"]} for item in database["assessments"].find()}
    assert {key for key, found in codes.items() if "links.taken" in found} == {"copy.test"}


@pytest.mark.parametrize("at_once", [1, 64])
@pytest.mark.parametrize("order", [("bad", "tied", "beyond"), ("beyond", "tied", "bad")])
async def test_who_is_tied_to_shops_that_are_suspected_for_ties_is_watched_in_whatever_order(
    write: Write, database: Store, at_once: int, order: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is clear again when they no longer are."""
    monkeypatch.setattr("crawler.assessment.assess.AT_ONCE", at_once)
    pages = {
        "bad": [page("bad.test", BAD, shares=("DE1",))],
        "tied": [page(f"tied{n}.test", DEAR, shares=("DE1", "DE2")) for n in range(2)],
        "beyond": [page("beyond.test", LESS, shares=("DE2",))],
    }
    for name in order:
        await write(*pages[name])
        list(assess_changed(database, MEANS))
    found = {item["key"]: item["verdict"] for item in database["assessments"].find()}
    assert found == {"bad.test": "suspected", "tied0.test": "suspected", "tied1.test": "suspected",
                     "beyond.test": "watch"}  # fmt: skip
    for storefront in database["storefronts"].find():
        assert recompute(database, storefront, MEANS)[0].verdict == found[storefront["key"]]
    database["identifiers"].delete_many({"storefront": "bad.test#1"})
    await write(page("tied0.test", DEAR), page("tied1.test", DEAR))
    list(assess_changed(database, MEANS))
    assert (database["assessments"].find_one({"key": "beyond.test"}) or {})["verdict"] == "clear"


def post(account: str, *shops: str, flags: tuple[Any, ...] = MILD) -> Capture:
    own = f"{account}#1"
    goods = [offer(n, id=f"{own}/{n}", storefront=own, url=f"https://wall.test/{n}", flags=flags) for n in range(4)]
    made = capture(*goods, storefronts=[shop(id=own, key=account, kind="social_account")], url="https://wall.test/p")
    leads = tuple(Pointer(source=own, target=key, url=f"https://{key}/", how="post", page="p") for key in shops)
    return made.model_copy(update={"pointers": leads})


@pytest.mark.parametrize("late", [False, True])
async def test_an_account_is_tied_to_the_suspected_shop_to_which_it_leads(
    write: Write, database: Store, late: bool
) -> None:
    shops = [page("bad.test", BAD), page("good.test")]
    accounts = [post("wall:one", "bad.test"), post("wall:two", "good.test"), post("wall:three", "unknown.test")]
    for some in (accounts, shops) if late else (shops, accounts):
        await write(*some)
        list(assess_changed(database, MEANS))
    codes = {item["key"]: {reason["code"] for reason in item["reasons"]} for item in database["assessments"].find()}
    assert {key for key, found in codes.items() if "links.leads" in found} == {"wall:one"}


async def test_whoever_leads_to_very_many_hides_no_others_ties(
    write: Write, database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.assessment.leads.MOST", 3)
    shops = [f"a{number}.test" for number in range(9)]
    await write(page("bad.test", BAD), post("wall:many", *shops), post("wall:one", "bad.test"))
    list(assess_changed(database, MEANS))
    (tied,) = database["assessments"].find({"reasons.code": "links.leads"})
    assert tied["key"] == "wall:one"


class Killed(BaseException):
    pass


@pytest.mark.parametrize(
    ("place", "name"), [(sitting, "store"), (leases, "mark"), (leases, "settle"), (outcome, "UpdateOne")]
)
async def test_who_is_killed_leaves_no_sibling_behind(
    write: Write,
    database: Store,
    place: Any,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await write(page("mild.test", shares=("DE1",)))
    list(assess_changed(database, MEANS))
    await write(page("bad.test", BAD, shares=("DE1",)))

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(leases, "give_back", lambda *_: None)  # who is killed gives nothing back
        patch.setattr(leases, "LEASE_MS", 0)
        patch.setattr(place, name, killed)
        with pytest.raises(Killed):
            list(assess_changed(database, MEANS))
    list(assess_changed(database, MEANS))
    assert linked(database, "mild.test")
    assert not database["storefronts"].count_documents(
        {"$or": [{"unassessed": {"$exists": True}}, {"lease": {"$exists": True}}]}
    )


async def test_who_stops_gives_the_rest_back(write: Write, database: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "OFFER_SAMPLE", 6)  # one shop a group
    await write(*(page(f"s{n}.test") for n in range(4)))
    first = next(rounds(database, MEANS))
    assert len(first) == 1
    assert not database["storefronts"].count_documents({"lease": {"$exists": True}})
    assert len(list(assess_changed(database, MEANS))) == 3


async def test_a_large_shop_is_sampled_and_counted(
    write: Write,
    database: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "OFFER_SAMPLE", 5)
    await write(page("large.test", offers=12), page("small.test", offers=2))
    found = {item["key"]: read(database, item) for item in database["storefronts"].find()}
    assert [(len(item.offers), item.count) for _, item in sorted(found.items())] == [(5, 12), (2, 2)]
    list(assess_changed(database, MEANS))
    scale = {item["key"]: item["scale"]["offers"] for item in database["assessments"].find()}
    assert scale == {"large.test": 12, "small.test": 2}


async def test_a_value_that_many_show_ties_nobody_and_hides_no_other(
    write: Write,
    database: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [page(f"m{n}.test", shares=("DE9",), offers=1) for n in range(30)]
    await write(*many, *(page(f"t{n}.test", shares=("DE9", "DE2"), offers=1) for n in range(2)))
    owner = database["storefronts"].find_one({"key": "t0.test"}) or {}
    (shared,) = read(database, owner).shared
    assert (shared.value, shared.others) == ("DE2", 1)
    asked: list[int] = []
    rows: Callable[..., list[Any]] = sharing._rows

    def counted(*given: Any) -> list[Any]:
        found = rows(*given)
        asked.append(len(found))
        return found

    monkeypatch.setattr(sharing, "_rows", counted)
    assert len(read(database, owner).shared) == 1
    assert max(asked) <= 2 * sharing.ENOUGH


async def test_only_one_of_two_takes_a_storefront(write: Write, database: Store) -> None:
    await write(*(page(f"s{n}.test", offers=1) for n in range(5)))
    one, two = leases.take(database, "one", most=3), leases.take(database, "two", most=9)
    assert (len(one), len(two)) == (3, 2)
    assert not {lease.id for lease in one} & {lease.id for lease in two}
    leases.give_back(database, one)
    assert {lease.id for lease in leases.take(database, "three", most=9)} == {lease.id for lease in one}
