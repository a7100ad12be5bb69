"""Nothing lost, nothing twice: what the writer leaves in a real database."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from bson.decimal128 import Decimal128
from pymongo.errors import WriteError

from crawler.items import Money
from crawler.store.database import Document, Store
from crawler.store.writer import Writer
from tests.store.build import LIST_URL, SHOP, capture, email, flag, hour, offer, own_page, shop


async def everything(store: Store) -> dict[str, list[Document]]:
    """All documents, without what a new mark changes."""
    found = {}
    for name in sorted(await store.database.list_collection_names()):
        documents = [document async for document in store[name].find().sort("_id", 1)]
        found[name] = [{k: v for k, v in item.items() if k not in ("unassessed", "changed_at")} for item in documents]
    return found


async def prices(store: Store, _id: str = f"{SHOP}/0") -> list[Any]:
    seen = store["observations"].find({"offer": _id}).sort([("fetched_at", 1), ("_id", 1)])
    return [str(item["price"]["amount"]) if item["price"] else None async for item in seen]


async def test_a_capture_written_again_changes_nothing(store: Store, writer: Writer) -> None:
    item = capture(offer(0, flags=(flag(),)), offer(1), storefronts=[shop(identifiers=(email("a@b.test"),))])
    await Writer(store).write(item)
    before = await everything(store)
    written = {"flags": 1, "identifiers": 1, "observations": 2, "offers": 2, "pages": 1, "storefronts": 1}
    assert {name: len(documents) for name, documents in before.items() if documents} == written
    await writer.write(item)
    assert await everything(store) == before


@pytest.mark.parametrize(
    ("looks", "kept"),
    [
        (["1", "1", "1"], ["1"]),
        (["1", "2", "1"], ["1", "2", "1"]),
        (["1", "1.00", "2"], ["1", "2"]),
        (["1", None, "1"], ["1"]),  # a list that leaves the price out says nothing about it
    ],
)
async def test_observations_are_changes(store: Store, writer: Writer, looks: list[str | None], kept: list[str]) -> None:
    for at, price in enumerate(looks):
        await writer.write(capture(offer(price=price), at=at))
    assert await prices(store) == kept


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another thing"},
        {"availability": "OutOfStock"},
        {"price": None, "price_problem": "on_request"},
        {"price": Money(amount=Decimal(100), currency="USD")},
    ],
)
async def test_each_part_of_the_state_counts(store: Store, writer: Writer, changes: dict[str, Any]) -> None:
    await writer.write(capture(offer(availability="InStock"), at=0))
    await writer.write(capture(offer(**{"availability": "InStock"} | changes), at=1))
    assert await store["observations"].count_documents({}) == 2


async def test_a_change_of_description_is_no_observation(store: Store, writer: Writer) -> None:
    await writer.write(own_page(offer(description="old", sku="S1"), at=0))
    await writer.write(own_page(offer(description="new"), at=1))
    found = await store["offers"].find_one()
    assert found is not None
    assert (found["description"], found["sku"], found["last_seen"]) == ("new", "S1", hour(1))
    assert await store["observations"].count_documents({}) == 1


async def test_a_list_and_an_own_page_do_not_take_turns(store: Store, writer: Writer) -> None:
    """Crawled three times: the list shortens the title and leaves the availability out."""
    for at in (0, 10, 20):
        await writer.write(capture(offer(title="Thing…"), at=at))
        await writer.write(own_page(offer(title="Thing of some length", availability="InStock"), at=at + 1))
    assert await store["observations"].count_documents({}) == 2  # first seen; then its availability learned
    found = await store["offers"].find_one()
    assert found is not None
    assert (found["title"], found["availability"]) == ("Thing of some length", "InStock")


async def test_a_new_price_on_a_list_is_seen_although_the_own_page_was_not_read_again(
    store: Store, writer: Writer
) -> None:
    await writer.write(capture(offer(price="100"), at=0))
    await writer.write(own_page(offer(price="100"), at=1))
    await writer.write(capture(offer(price="50"), at=2))
    found = await store["offers"].find_one()
    assert found is not None
    assert found["price"]["amount"] == Decimal128("50")
    await writer.write(own_page(offer(price="50"), at=3))
    assert await prices(store) == ["100", "50"]


async def test_what_is_shown_beside_a_product_does_not_overrule_it(store: Store, writer: Writer) -> None:
    await writer.write(own_page(offer(1, title="The whole title of one"), at=0))
    page = own_page(offer(0), at=1)
    page.offers.append(offer(1, title="The whole…"))
    await writer.write(page)
    found = await store["offers"].find_one({"_id": f"{SHOP}/1"})
    assert found is not None
    assert found["title"] == "The whole title of one"


async def test_countries_do_not_take_turns(store: Store, writer: Writer) -> None:
    for at in range(3):
        await writer.write(capture(offer(price="100"), at=2 * at, vantage="DE"))
        await writer.write(capture(offer(price="90"), at=2 * at + 1, vantage="US"))
    assert await prices(store) == ["100", "90"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_late_looks_find_their_place(store: Store, writer: Writer, order: tuple[int, ...]) -> None:
    looks = [capture(offer(price=price), at=at) for at, price in enumerate(["1", "2", "1"])]
    for index in (*order, *order):
        await writer.write(looks[index])
    assert await prices(store) in (["1", "2", "1"], ["2", "1"])
    found = await store["offers"].find_one()
    assert found is not None
    assert (found["price"]["amount"], found["last_seen"]) == (Decimal128("1"), hour(2))


async def test_sixteen_workers_that_see_the_same_change_store_one_observation(store: Store, writer: Writer) -> None:
    await writer.write(capture(offer(0), offer(1), at=0))
    writers = [Writer(store) for _ in range(16)]
    await asyncio.gather(*(one.write(capture(offer(0, "5"), offer(1, "6"), at=1)) for one in writers))
    assert await prices(store) == ["100", "5"]
    await asyncio.gather(*(one.write(capture(offer(0, "7"), at=2 + at)) for at, one in enumerate(writers)))
    assert await prices(store) == ["100", "5", "7"]


async def test_workers_that_meet_a_new_offer_at_once_store_it_once(store: Store) -> None:
    await asyncio.gather(*(Writer(store).write(capture(offer(), at=at)) for at in range(8)))
    assert await store["offers"].count_documents({}) == 1
    assert await prices(store) == ["100"]


async def test_workers_that_see_different_prices_store_each_once(store: Store) -> None:
    await asyncio.gather(*(Writer(store).write(capture(offer(price=str(at + 1)), at=at)) for at in range(6)))
    seen = await prices(store)
    assert len(seen) == len(set(seen))
    assert seen[-1] == "6"


async def test_an_observation_keeps_all_facts_of_the_fetch(store: Store, writer: Writer) -> None:
    item = capture(offer(), vantage="DE")
    await writer.write(item)
    found = await store["observations"].find_one()
    assert found is not None
    expected = item.observation.model_dump() | {"redirects": ["https://shop.test/old"]}
    assert found["seen"] == expected
    assert found["provenance"]["price"]["body_sha256"] == item.observation.body_sha256


async def test_an_offer_shown_twice_on_a_page_is_stored_once(store: Store, writer: Writer) -> None:
    await writer.write(capture(offer(price="1"), offer(price="2")))
    assert await prices(store) == ["1"]


async def test_flags_end_when_they_are_no_longer_true(store: Store, writer: Writer) -> None:
    await writer.write(own_page(offer(flags=(flag("a"), flag("b"))), at=0))
    await writer.write(own_page(offer(flags=(flag("b"),)), at=1))
    ended = {item["code"]: item["ended_at"] async for item in store["flags"].find()}
    assert ended == {"a": hour(1), "b": None}
    await writer.write(own_page(offer(flags=(flag("a"), flag("b"))), at=0))  # the first look, repeated late
    assert {item["code"]: item["ended_at"] async for item in store["flags"].find()} == ended
    await writer.write(own_page(offer(flags=(flag("a"),)), at=2))
    assert {item["code"]: item["ended_at"] async for item in store["flags"].find()} == {"a": None, "b": hour(2)}


async def test_a_list_does_not_end_what_the_own_page_raised(store: Store, writer: Writer) -> None:
    await writer.write(own_page(offer(flags=(flag("in the description"),)), at=0))
    await writer.write(capture(offer(flags=(flag("on the list"),)), at=1))
    assert await store["flags"].count_documents({"ended_at": None}) == 2
    await writer.write(own_page(offer(), at=2))  # the own page has the last word
    assert await store["flags"].count_documents({"ended_at": None}) == 0


async def test_one_code_may_stand_for_two_brands(store: Store, writer: Writer) -> None:
    await writer.write(capture(offer(flags=(flag(brand="Velmora"), flag(brand="Orsano"), flag(brand=None)))))
    assert await store["flags"].count_documents({}) == 3


async def test_aliases_are_kept_and_bounded(store: Store, writer: Writer) -> None:
    for at in range(40):
        await writer.write(capture(offer(url=f"https://shop.test/p?session={at}"), at=at))
    found = await store["offers"].find_one()
    assert found is not None
    assert found["url"] == "https://shop.test/p?session=0"
    assert found["aliases"] == [f"https://shop.test/p?session={at}" for at in range(1, 21)]


async def test_storefront_facts_are_merged(store: Store, writer: Writer) -> None:
    one = shop(name="One", legal_pages={"imprint": "/i"}, facts={"hosts": ["b", "a"], "platform_hint": "$where"})
    two = shop(country="DE", legal_pages={"terms": "/t"}, facts={"hosts": ["c", "a"]})
    for at, fields in enumerate((one, two, one, two)):
        await writer.write(capture(at=at % 2, storefronts=[fields], url=f"{LIST_URL}{at % 2}"))
    found = await store["storefronts"].find_one()
    assert found is not None
    assert found["legal_pages"] == {"imprint": "/i", "terms": "/t"}
    assert found["facts"] == {"hosts": ["a", "b", "c"], "platform_hint": "$where"}
    assert (found["name"], found["country"], found["first_seen"], found["last_seen"]) == ("One", "DE", hour(0), hour(1))


async def test_an_older_look_does_not_overwrite_a_newer_one(store: Store, writer: Writer) -> None:
    await writer.write(capture(at=5, storefronts=[shop(name="New name")]))
    await writer.write(capture(at=1, storefronts=[shop(name="Old name")]))
    found = await store["storefronts"].find_one()
    assert found is not None
    assert (found["name"], found["first_seen"], found["last_seen"]) == ("New name", hour(1), hour(5))


async def test_a_list_of_facts_does_not_grow_for_ever(store: Store, writer: Writer) -> None:
    for at in range(3):
        hosts = [f"host-{at}-{number:03}" for number in range(150)]
        await writer.write(capture(at=at, storefronts=[shop(facts={"hosts": hosts})]))
    found = await store["storefronts"].find_one()
    assert found is not None
    assert len(found["facts"]["hosts"]) == 200


async def test_identifiers_keep_their_first_place(store: Store, writer: Writer) -> None:
    for at in (1, 0, 3):
        await writer.write(capture(at=at, storefronts=[shop(identifiers=(email("a@b.test"),))]))
    found = [item async for item in store["identifiers"].find()]
    assert [(item["first_seen"], item["last_seen"], item["value"]) for item in found] == [
        (hour(0), hour(3), "a@b.test")
    ]


async def test_a_seller_without_a_page_of_its_own_becomes_a_storefront(store: Store, writer: Writer) -> None:
    await writer.write(capture(offer(storefront="market.test:anna#1", id="market.test:anna#1/1"), storefronts=[]))
    found = await store["storefronts"].find_one()
    assert found is not None
    assert (found["_id"], found["key"], found["kind"]) == ("market.test:anna#1", "market.test:anna", None)


HOSTILE = ["$where", "$", "a.b", "", "\x00", "__proto__", "%24", "x" * 300, "$$NOW", "$last_seen"]


@pytest.mark.parametrize("word", HOSTILE)
async def test_scraped_words_are_only_ever_values(store: Store, writer: Writer, word: str) -> None:
    values = {word: {word: [word]}}
    item = offer(
        0, id=f"{SHOP}/{word}", url=word, title=word, description=word, category=(word,), images=(word,), seller=word,
        flags=(flag(values=values, sentence=word, brand=word),),
    )  # fmt: skip
    item.provenance[word] = item.provenance["title"]
    fields = shop(name=word, legal_pages={word: word}, facts={word: values, "known": word}, identifiers=(email(word),))
    page = capture(
        item, at=0, storefronts=[fields], page_kind=word, rejected={word: 1}, url=f"https://shop.test/{word}"
    )
    for at in (0, 0, 1):
        page.observation.fetched_at = hour(at)
        await writer.write(page)
    assert await store["offers"].count_documents({}) == 1
    found = await store["storefronts"].find_one()
    assert found is not None
    assert found["facts"]["known"] == word.replace("\x00", "\ufffd")
    assert set(found) <= {
        "_id", "key", "kind", "tenure", "name", "url", "legal_pages", "facts", "first_seen", "last_seen", "changed_at",
        "unassessed",
    }  # fmt: skip


async def test_a_page_of_monsters_is_stored_and_counted(store: Store) -> None:
    big = "\U0001f600" * 3_000_000
    monster = offer(0, title=big, description=big, images=(big,) * 20, category=(big,) * 9)
    monster.price = Money(amount=Decimal("1E+7000"), currency="EUR")
    monster.flags = (flag(values={"all": [big] * 100}),)
    done = await Writer(store).write(capture(monster, storefronts=[shop(name=big, facts={"x": [big] * 50})]))
    assert done["cut/text"] > 5
    assert done["cut/decimal"]
    assert done["offers/new"] == 1


async def test_prices_are_decimals_and_doubles_are_refused(store: Store) -> None:
    await Writer(store).write(capture(offer(price="0.10")))
    found = await store["offers"].find_one()
    assert found is not None
    assert found["price"]["amount"] == Decimal128("0.10")
    with pytest.raises(WriteError, match="validation"):
        await store["offers"].update_one({}, {"$set": {"price.amount": 0.1}})


async def test_a_storefront_is_marked_with_each_write(store: Store, writer: Writer) -> None:
    await writer.write(capture(offer()))
    first = await store["storefronts"].find_one()
    await writer.write(capture(offer()))
    second = await store["storefronts"].find_one()
    assert first
    assert second
    assert first["unassessed"] != second["unassessed"]
