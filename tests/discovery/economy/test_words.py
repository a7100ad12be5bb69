"""What an address says by itself: actions are never asked for, however a shop spells them."""

import pytest

from crawler.discovery.economy.shapes import parse
from crawler.discovery.economy.words import is_paging, prior


@pytest.mark.parametrize(
    "query",
    ["action=BUY&id=8", "action=ADD2BASKET&id=8", "action=ADD_TO_COMPARE_LIST&id=8", "do=add_wish&p=3", "add2cart=4"],
)
def test_what_fills_a_cart_or_a_list_is_never_asked_for(query: str) -> None:
    assert prior(parse(f"http://s.test/catalog/rugs/?{query}")) == "never"


@pytest.mark.parametrize(
    "path", ["bag", "bag/", "bag/add/12", "bag/add-to-bag", "my-post/feed/", "track/12", "cart/black-calf-tote"]
)
def test_a_cart_by_the_name_of_goods_is_never_asked_for(path: str) -> None:
    assert prior(parse(f"http://s.test/{path}")) == "never"


@pytest.mark.parametrize("path", ["bag/black-calf-tote", "en/bag/black-calf-tote-117", "feed/hay-pellets-20-kg"])
def test_goods_by_the_name_of_a_cart_may_be(path: str) -> None:
    assert prior(parse(f"http://s.test/{path}")) != "never"


def test_a_page_to_print_is_never_asked_for() -> None:
    assert prior(parse("http://s.test/shop/rugs/alpaca-detail?tmpl=component")) == "never"


@pytest.mark.parametrize("query", ["action=list", "action=show_product&id=8", "do=address", "PAGEN_1=2"])
def test_what_only_shows_something_may_be(query: str) -> None:
    assert prior(parse(f"http://s.test/catalog/rugs/?{query}")) != "never"


def test_bitrix_counts_its_pages() -> None:
    assert is_paging(parse("http://s.test/catalog/rugs/?PAGEN_1=2"))


@pytest.mark.parametrize("query", ["b_start:int=20", "b_start=20", "pageIndex=3", "beginIndex=48", "product-page=2"])
def test_further_pages_are_told_by_many_names(query: str) -> None:
    assert is_paging(parse(f"http://s.test/catalog/rugs?{query}"))


@pytest.mark.parametrize("path", ["@@cart", "rugs/alpaca/@@cart"])
def test_a_view_of_a_page_is_what_its_name_says(path: str) -> None:
    assert prior(parse(f"http://s.test/{path}")) == "never"
