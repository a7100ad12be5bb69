"""Who sells: the shop, or somebody on a marketplace."""

import pytest

from crawler.discovery.sellers import find_seller
from crawler.extract.model import Link, Page


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
