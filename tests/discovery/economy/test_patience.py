"""How long a crawl goes on looking."""

from __future__ import annotations

from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.patience import PATIENCE, run_of
from crawler.discovery.economy.shapes import parse
from crawler.discovery.economy.shop import Shop
from tests.discovery.economy.judging import worth


def look(known: Knowledge, kind: str, url: str, *, found: bool = False) -> None:
    known.looked([run_of(kind, parse(url)), ""], found=found)


def test_pages_that_give_nothing_end_their_run_and_a_new_product_revives_it() -> None:
    known = Knowledge()
    url = "http://s.test/calendar/2026/11"
    for _ in range(PATIENCE["other"]):
        assert worth("other", url, known)
        look(known, "other", url)
    assert not worth("other", url, known)
    look(known, "other", url, found=True)
    assert worth("other", url, known)


def barren_shop() -> Knowledge:
    known = Knowledge()
    known.new_products(["http://s.test/p/1"])
    for n in range(100):
        look(known, "list", f"http://s.test/list{n}/x")
    return known


def test_products_are_never_given_up_because_of_barren_lists() -> None:
    known = barren_shop()
    assert not worth("list", "http://s.test/fresh/x", known)
    assert worth("product", "http://s.test/p/x", known)


def test_the_menu_has_a_patience_of_its_own() -> None:
    known = barren_shop()
    assert worth("menu", "http://s.test/home/kitchen.html", known)
    for n in range(100):
        known.looked(["menus"], found=False)
        look(known, "menu", f"http://s.test/m{n}/x")
    assert not worth("menu", "http://s.test/home/kitchen.html", known)


def test_filters_do_not_use_up_the_patience_of_the_shop() -> None:
    shop = Shop("s.test")
    shop.known.new_products(["http://s.test/p/1"])
    for n in range(100):
        shop.failed(f"http://s.test/women.html?price={n}", "facet")
    assert not shop.worth("http://s.test/women.html?price=7", "facet")
    assert shop.worth("http://s.test/home/kitchen.html", "list")


def test_barren_paging_ends_one_list_only() -> None:
    shop = Shop("s.test")
    for page in (2, 3):
        shop.failed(f"http://s.test/hats?page={page}", "paging")
    assert not shop.worth("http://s.test/hats?page=4", "paging")
    assert shop.worth("http://s.test/bags?page=2", "paging")


def test_a_list_that_gave_goods_is_read_on_behind_goods_that_other_lists_showed() -> None:
    known, url = Knowledge(), "http://s.test/browse?p=9"
    for _ in range(4):
        look(known, "paging", url, found=True)
    for _ in range(PATIENCE["paging"] + 4):
        assert worth("paging", url, known)
        look(known, "paging", url)
    assert not worth("paging", url, known)
