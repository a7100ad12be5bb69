"""Who sells: the shop, or somebody on a marketplace."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.discovery.sellers import find_seller, seller_of
from crawler.extract.model import Link, Page
from crawler.extract.page import read
from tests.growth import grows_no_faster


def page(*links: tuple[str, str, str]) -> Page:
    found = tuple(Link(url, text, "", where, "other", 0.3) for url, text, where in links)
    return Page(url="http://m.test/item/1", links=found)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://m.test/u/edda-house", "edda-house"),
        ("http://m.test/user.php?id=771", "771"),
        ("http://m.test/@edda", "@edda"),
        ("http://www.m.test/seller/Edda.House/", "edda.house"),
    ],
)
def test_a_linked_seller_is_a_marketplace_seller(url: str, found: str) -> None:
    seller = find_seller("Edda House", page((url, "edda  house", "main")))
    assert seller is not None
    assert seller.id == found


@pytest.mark.parametrize(
    ("name", "links"),
    [
        (None, [("http://m.test/u/a", "a", "main")]),
        ("Our Shop", [("http://m.test/", "Our Shop", "main")]),
        ("Our Shop", [("http://m.test/about", "Our Shop", "main")]),
        ("Our Shop", [("http://m.test/u/x", "Our Shop", "footer")]),
        ("Edda", [("http://other.test/u/edda", "Edda", "main")]),
        ("Edda", [("http://m.test/u/edda", "Edda's other things", "main")]),
        ("Edda", [("http://m.test/item/1", "Edda", "main")]),
        ("x" * 500, [("http://m.test/u/x", "x" * 500, "main")]),
        ("Edda", [("http://m.test/u/%00%0a", "Edda", "main")]),
    ],
)
def test_the_site_itself_sells(name: str | None, links: list[tuple[str, str, str]]) -> None:
    assert find_seller(name, page(*links)) is None


FRAME = (
    '<!doctype html><html lang="{language}"><head><title>{name}</title>{head}</head><body><header><a href="/">Home</a>'
    '<a href="/cart">Cart</a><a href="/account">Sign in</a></header>{body}<footer><a href="/terms">Terms</a></footer>'
)
PAGES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "marketplaces.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", PAGES, ids=lambda case: str(case["name"]))
def test_a_page_tells_who_sells(case: dict[str, Any]) -> None:
    shown = read(FRAME.format(**case), case["url"])
    seller = seller_of(shown)
    assert (seller and seller.id) == case["seller"]
    price = shown.products[0].value("price")
    assert f"{price.amount:.2f} {price.currency}" == f"{float(case['price'][:-4]):.2f}{case['price'][-4:]}"


def test_many_links_beside_a_long_text_cost_no_more_than_their_size() -> None:
    def crowd(size: int) -> str:
        return f"<h1>Bag</h1><b>9 EUR</b><div>{'words ' * size}" + "".join(
            f'<a href="/user/u{n}">name {n}</a>' for n in range(size)
        )

    assert grows_no_faster(lambda text: read(text, "https://m.test/item/1"), crowd, 50, 400)
