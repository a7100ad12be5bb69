"""A sitemap that names products under another path than they are served at."""

from __future__ import annotations

from crawler.discovery.economy.misplaced import PATHS_LIMIT
from crawler.discovery.economy.plan import Candidate
from crawler.discovery.economy.shop import Shop
from tests.discovery.economy.judging import card, page

NAMES = ("Red-Shoe", "blue-shoe", "hat", "belt", "bag", "coat", "sock", "tie")
PRODUCT = page(kind="product")


def _shop(*seen: str) -> Shop:
    """A shop whose sitemap names all, and whose lists showed these; they were read."""
    shop = Shop("s.test")
    shop.steps([Candidate(f"http://s.test/{name}", "", 0.0, "sitemap") for name in NAMES])
    shop.read("http://s.test/", page(*(card(f"http://s.test/product/{name}") for name in seen)), is_home=True)
    for name in seen:
        shop.read(f"http://s.test/product/{name}", PRODUCT, offers=[f"offer of {name}"], kind="product")
    return shop


def test_two_found_elsewhere_tell_where_the_others_are() -> None:
    shop = _shop("Red-Shoe", "blue-shoe")
    shop.failed("http://s.test/Red-Shoe", "unknown")
    assert shop.elsewhere("http://s.test/coat") == ""
    shop.failed("http://s.test/blue-shoe", "unknown")
    assert shop.elsewhere("http://s.test/coat") == "http://s.test/product/coat"
    assert shop.elsewhere("http://s.test/coat/") == "http://s.test/product/coat/"
    assert shop.elsewhere("http://s.test/hat?size=3") == ""
    assert shop.elsewhere("http://s.test/other/hat") == ""


def test_it_is_learned_as_well_when_the_pages_fail_before_the_products_are_read() -> None:
    shop = Shop("s.test")
    shop.steps([Candidate(f"http://s.test/{name}", "", 0.0, "sitemap") for name in NAMES])
    for name in ("tie", "sock", "hat"):
        shop.failed(f"http://s.test/{name}", "unknown")
    for name in ("tie", "sock"):
        assert shop.elsewhere("http://s.test/coat") == ""
        shop.read(f"http://s.test/product/{name}", PRODUCT, offers=[name], kind="product")
    assert shop.elsewhere("http://s.test/coat") == "http://s.test/product/coat"


def test_such_an_address_stays_worth_a_request_unless_its_product_is_known() -> None:
    shop = _shop("Red-Shoe", "blue-shoe", "bag")
    for name in ("Red-Shoe", "blue-shoe", *(f"gone-{n}" for n in range(20))):
        shop.failed(f"http://s.test/{name}", "unknown")
    assert shop.worth("http://s.test/coat", "unknown")
    assert not shop.worth("http://s.test/bag", "unknown")
    assert shop.refused["known_product"] == 1


def test_a_path_under_which_products_are_served_is_never_given_up() -> None:
    shop = _shop("Red-Shoe", "blue-shoe")
    shop.read("http://s.test/coat", PRODUCT, offers=["coat"], kind="product")
    for name in ("Red-Shoe", "blue-shoe"):
        shop.failed(f"http://s.test/{name}", "unknown")
    assert shop.elsewhere("http://s.test/tie") == ""


def test_a_shop_cannot_make_it_remember_paths_without_end() -> None:
    shop = Shop("s.test")
    for n in range(PATHS_LIMIT * 3):
        shop.failed(f"http://s.test/{n}/thing", "unknown")
        shop.read(f"http://s.test/at-{n}/thing", PRODUCT, offers=["thing"], kind="product")
    for what in ("failed|", "served|"):
        assert sum(name.startswith(what) for name in shop.known.counts) == PATHS_LIMIT
