"""Empty pages that carry their data: what is taken for the page's own, and which addresses are believed."""

from __future__ import annotations

import json

import pytest

from crawler.extract import behind
from crawler.extract.document import parse
from crawler.extract.page import read

URL = "http://s.test/p/red-shoe?x=1"


def shell(inside: str = "") -> str:
    return f"<html lang=en><head><title>Shop</title></head><body><div id=app></div>{inside}<script src=/a.js></script>"


def state(value: object) -> str:
    return f'<script type="application/json">{json.dumps(value)}</script>'


def thing(name: str, price: object, **more: object) -> dict[str, object]:
    return {"name": name, "price": price, **more}


def test_the_product_of_the_page_is_told_by_its_slug_among_others() -> None:
    data = {"featured": [thing("Blue hat", 5, slug="blue-hat"), thing("Red shoe", 9, slug="red-shoe", currency="EUR")],
            "promoted": thing("Green coat", 50)}  # fmt: skip
    page = read(shell(state(data)), URL)
    assert page.kind == "product"
    (product,) = page.products
    assert (product.value("title"), str(product.value("price").amount)) == ("Red shoe", "9")


NAMES = ["window.__APP_STATE__", 'window["shopData"]', "window.SHOP_PROPS", "window.catalogData"]


@pytest.mark.parametrize("name", NAMES)
def test_a_state_is_told_whatever_its_programmer_called_it(name: str) -> None:
    data = json.dumps({"product": thing("Red shoe", 9, slug="red-shoe", currency="EUR")})
    page = read(shell(f"<script>{name} = {data};</script>"), URL)
    assert [str(one.value("price").amount) for one in page.products] == ["9"]


def test_neighbours_alone_are_no_product() -> None:
    page = read(shell(state({"related": [thing("Blue hat", 5), thing("Coat", 7)], "q": "price"})), URL)
    assert not page.products
    assert page.needs_javascript


def test_a_list_without_addresses_is_no_list_of_products() -> None:
    page = read(shell(state({"items": [thing("Blue hat", 5), thing("Coat", 7)]})), "http://s.test/hats")
    assert not page.products


def test_a_page_that_shows_something_is_read_as_it_shows() -> None:
    seen = "<h1>Red shoe</h1><p class=price>12.00 EUR</p><button>Add to cart</button>" + "<p>words of it </p>" * 40
    page = read(shell(seen + state({"product": thing("Other", 5, slug="red-shoe")})), URL)
    assert [str(one.value("price").amount) for one in page.products] == ["12.00"]


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ('<link rel="preload" as="fetch" href="/data/1.json">', ("http://s.test/data/1.json",)),
        ('<link rel="preload" as="fetch" href="http://other.test/api/1">', ()),
        ("<script>fetch('/api/products/red-shoe').then(x)</script>", ("http://s.test/api/products/red-shoe",)),
        ("<script>fetch('/api/cart')</script>", ()),
        ('<script>var a = "\\/api\\/v1\\/red-shoe.json", b = "/img/red-shoe.png"</script>',
         ("http://s.test/api/v1/red-shoe.json",)),
        ('<script id="__NEXT_DATA__">{"buildId":"aX-1","page":"/p/[slug]"}</script>',
         ("http://s.test/_next/data/aX-1/p/red-shoe.json",)),
        ('<div data-url="/rest/item/9" data-src="/logo.png"></div>', ("http://s.test/rest/item/9",)),
        ("<script>" + "fetch('/api/x" * 20_000 + "</script>", ()),
    ],
)  # fmt: skip
def test_addresses_are_those_that_the_page_asks_for_itself(inside: str, wanted: tuple[str, ...]) -> None:
    assert behind.addresses(parse(shell(inside), URL)) == wanted


@pytest.mark.parametrize("data", [b"", b"no", b"3", b"[]", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_data_is_not_joined(data: bytes) -> None:
    assert behind.joined(shell(), data, "/api") is None


def test_data_cannot_leave_their_script() -> None:
    data = json.dumps({"product": thing("</script><h1>Evil</h1><!--<script>", 9, slug="red-shoe")}).encode()
    page = read(behind.joined(shell("</body>"), data, '/api?"><b>') or b"", URL)
    assert page.kind == "product"
    assert page.products[0].value("title").startswith("</script>")


@pytest.mark.parametrize(
    ("url", "at", "wanted"),
    [("http://s.test/hats", 1, ["http://s.test/hats?page=2"]), ("http://s.test/hats?a=1&page=2", 2,
     ["http://s.test/hats?a=1&page=3"]), ("http://s.test/hats?page=3", 3, [])],
)  # fmt: skip
def test_a_list_in_pages_names_the_next(url: str, at: int, wanted: list[str]) -> None:
    items = [thing(f"Hat {n}", {"amount": "9.00", "currency": "EUR"}, url=f"/p/{n}") for n in range(3)]
    page = read(shell(state({"items": items, "page": at, "pages": 3})), url)
    assert (page.kind, page.is_told, len(page.products)) == ("list", True, 3)
    assert [link.url for link in page.links if link.rel == "next"] == wanted
