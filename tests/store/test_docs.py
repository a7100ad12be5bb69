"""docs/store.md against a real store: every query gives an answer, the same in both languages; every field is named."""

from __future__ import annotations

import ast
import asyncio
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bson import Decimal128
from pymongo.database import Database

from crawler.assessment.assess import assess_changed, assess_storefronts
from crawler.evidence.bodies import open_bodies
from crawler.items import Conversion, Money, Pointer, Post
from crawler.store.database import connect, open_database
from crawler.store.visits import Visits
from crawler.store.writer import Writer
from tests.assessment.build import MEANS
from tests.store.build import BODY, capture, email, flag, offer, own_page, place, shop

TEXT = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (\d+)\. (.+?)\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
AT = datetime(2026, 11, 2, tzinfo=UTC)
OWNER = "bag-outlet.example#1"

# Runs a mongosh line inside the server's own JavaScript, with a `db` that writes down what is asked of it.
RECORDER = """function() {
  const calls = [];
  const any = get => new Proxy({}, {get: (_, name) => get(name)});
  const chain = entry => any(name => (...args) => { entry.push([name, args]); return chain(entry); });
  const db = any(name => { const entry = [name]; calls.push(entry); return chain(entry); });
  %s;
  return {calls: calls};
}"""


@pytest.fixture(scope="module")
def filled(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    name = "test_docs_store"
    opened = open_database(mongo_uri, name)
    opened.client.drop_database(name)
    asyncio.run(fill(mongo_uri, name, opened))
    yield opened
    opened.client.drop_database(name)
    opened.client.close()


async def fill(uri: str, name: str, opened: Database[dict[str, Any]]) -> None:
    """A store in which every field of every collection is set somewhere, and every query finds something."""
    store = connect(uri, name)
    writer = Writer(store)
    outlet = shop(
        id=OWNER, key="bag-outlet.example", name="Outlet", country="DE", language="de", platform="zen-cart",
        legal_pages={"imprint": "/i"}, facts={"hosts": ["a"]}, identifiers=(email("x@mail.test"),),
    )  # fmt: skip
    rich: dict[str, Any] = {
        "storefront": OWNER,
        "converted": Conversion(amount=100, currency="EUR", rate=1, rate_date="2026-11-01", source="ECB"),
        "list_price": Money(amount=Decimal(900), currency="EUR"), "availability": "InStock", "condition": "new",
        "description": "d", "brand": "Velmora", "sku": "s", "mpn": "m", "gtin": "4006381333931", "images": ("i",),
        "variants": ({"id": "red"},), "category": ("c",), "pack": "1 l",
        "pack_size": Decimal(1000), "pack_unit": "ml", "ships_from": "Porto",
        "shipping": Money(amount=Decimal(3), currency="EUR"),
        "stock": 3, "sold": 9, "location": "Porto", "seller": "s", "language": "de",
        "shop_product_id": "17",
    }  # fmt: skip
    flags = (flag(weight=2.5), flag("brand.unauthorised", weight=0.3), flag("price.below_range", state="abstained"))
    offers = [offer(n, id=f"{OWNER}/{n}", flags=flags, **rich) for n in range(14, 20)]
    posts = [
        Post(
            id="p/1",
            storefront=OWNER,
            url="u",
            text="t",
            identifiers=(email("x@mail.test"),),
            provenance={"text": place()},
        )
    ]
    other = shop(id="other.example#1", key="other.example", identifiers=(email("x@mail.test"),))
    await writer.write(
        capture(*offers, storefronts=[outlet], posts=posts, at=0, rejected={"no_title": 2}, vantage="DE")
    )
    pointer = Pointer(source=OWNER, target="next.example", url="https://next.example/", how="page", page="u", text="t")
    await writer.write(capture(storefronts=[outlet], at=0).model_copy(update={"pointers": [pointer]}))
    await writer.write(own_page(offers[3].model_copy(update={"url": "https://other.url/"}), at=1, storefronts=[outlet]))
    await writer.write(capture(storefronts=[other], at=2, url="https://other.example/"))
    list(assess_changed(opened, MEANS))
    await writer.write(own_page(offer(17, "50", id=f"{OWNER}/17", **rich), at=3, storefronts=[outlet]))
    list(assess_changed(opened, MEANS))
    list(assess_storefronts(opened, MEANS, ["other.example#1"]))
    await writer.write(capture(storefronts=[other], at=4, url="https://other.example/"))  # one that waits
    opened["storefronts"].update_one(
        {"_id": "other.example#1"},
        {
            "$set": {
                "lease": {"owner": "x"},
                "owes": True,
                "expire_at": datetime(9999, 1, 1, tzinfo=UTC),
                "again": True,
                "flagged_with": "v",
            }
        },
    )
    fields = {"lastmods": True, "status": 200, "etag": "e", "last_modified": "m"}
    await Visits(store).note("https://other.example/s.xml", "other.example#1", AT, "sitemap", **fields)
    await open_bodies("gridfs:", store.database).put(*named(BODY), "text/html")
    await store.close()


def named(body: bytes) -> tuple[str, bytes]:
    return hashlib.sha256(body).hexdigest(), body


def block(section: str, language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return str(found)


def test_there_are_ten() -> None:
    assert [int(number) for number, _, _ in SECTIONS] == list(range(1, 11))


@pytest.mark.parametrize("section", [text for _, _, text in SECTIONS], ids=[title for _, title, _ in SECTIONS])
def test_a_query_answers_and_says_the_same_in_both_languages(filled: Database[dict[str, Any]], section: str) -> None:
    names = {"db": filled, "datetime": datetime, "UTC": UTC, "Decimal128": Decimal128}
    code = compile(ast.parse(block(section, "python").strip(), mode="eval"), "docs/store.md", "eval")
    found = list(eval(code, names))
    assert found
    assert found == list(in_mongosh(filled, block(section, "js")))


def in_mongosh(database: Database[dict[str, Any]], line: str) -> Any:
    function = {"$function": {"body": RECORDER % line.strip(), "args": [], "lang": "js"}}
    (answer,) = database.aggregate([{"$documents": [{}]}, {"$project": {"said": function}}])
    ((collection, *steps),) = answer["said"]["calls"]
    asked: Any = database[collection]
    for method, arguments in steps:
        asked = getattr(asked, method)(*map(whole, arguments))
    return asked


def whole(value: Any) -> Any:
    """JavaScript has no integers; the driver wants them in a sort."""
    if isinstance(value, dict):
        return {name: whole(item) for name, item in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return int(value) if isinstance(value, float) else value


COLLECTIONS = (
    "storefronts", "offers", "observations", "flags", "pages",
    "addresses", "identifiers", "posts", "assessments",
)  # fmt: skip


def test_every_field_is_named_and_no_other(filled: Database[dict[str, Any]]) -> None:
    for name in COLLECTIONS:
        section = re.search(rf"^## {name}\n(.*?)^## ", TEXT, re.MULTILINE | re.DOTALL)
        assert section, name
        rows = re.findall(r"^\| (`.*?) \|", section[1], re.MULTILINE)
        documented = {field for row in rows for field in re.findall(r"`(\w+)`", row)}
        stored = {field for document in filled[name].find() for field in document}
        assert stored == documented, name


def test_every_collection_is_named(filled: Database[dict[str, Any]]) -> None:
    for name in filled.list_collection_names():
        assert name in TEXT


def test_every_index_is_named(filled: Database[dict[str, Any]]) -> None:
    for name in COLLECTIONS:
        section = re.search(rf"^## {name}\n(.*?)(?=^## )", TEXT, re.MULTILINE | re.DOTALL)
        assert section
        line = re.search(r"^Index(?:es)?: (.*?)\n\n", section[1], re.MULTILINE | re.DOTALL)
        assert line, name
        documented = {tuple(found.split(", ")) for found in re.findall(r"`([^`]+)`", line[1])}
        indexes = filled[name].index_information()
        real = {tuple(field for field, _ in item["key"]) for key, item in indexes.items() if key != "_id_"}
        assert documented == real, name


async def test_the_body_example_runs(filled: Database[dict[str, Any]], mongo_uri: str) -> None:
    source = block(TEXT, "python body")
    names: dict[str, Any] = {"uri": mongo_uri, "name": filled.name, "sha256": named(BODY)[0]}
    code = compile(source, "docs/store.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    await eval(code, names)
    assert names["body"] == BODY
