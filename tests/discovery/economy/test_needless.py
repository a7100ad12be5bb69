"""Parameters that change nothing are learned from product pages, and only from those that differ in one of them."""

from __future__ import annotations

import dataclasses

from crawler.discovery.economy.shapes import parse
from crawler.discovery.economy.shop import Shop
from tests.discovery.economy.judging import page, shop_steps


def read(shop: Shop, url: str, offer: str) -> None:
    shop.read(url, dataclasses.replace(page(), kind="product"), [offer], kind="product")


def test_where_a_visitor_came_from_is_left_out_once_three_products_did_not_care() -> None:
    shop = Shop("s.test")
    for n in range(3):
        for origin in ("list1", "home"):
            read(shop, f"http://s.test/item?id={n}&came={origin}", f"offer-{n}")
    known = "http://s.test/item?id=7"
    assert shop_steps(shop, known, f"{known}&came=search", "http://s.test/item?came=x&id=8") == [
        known, "http://s.test/item?id=8"]  # fmt: skip
    lists = ["http://s.test/list?came=1", "http://s.test/list?came=2"]
    assert shop_steps(shop, *lists) == lists, "what it changes elsewhere is not known"


def test_what_names_the_product_stays_although_some_products_look_alike() -> None:
    shop = Shop("s.test")
    for n in range(8):
        read(shop, f"http://s.test/item?id={n}&came=list1", f"offer-{n // 2}")
    urls = ["http://s.test/item?id=21&came=list1", "http://s.test/item?id=22&came=list1"]
    assert shop_steps(shop, *urls) == urls


def test_one_product_under_many_addresses_is_no_proof() -> None:
    shop = Shop("s.test")
    for n in range(8):
        read(shop, f"http://s.test/item?id={n}&came=list1", "one")
    assert not shop.known.needless(parse("http://s.test/item?id=21&came=list1"))
