"""What a link most likely is, by its address."""

from __future__ import annotations

import pytest

from crawler.discovery.economy import words
from crawler.discovery.economy.dress import leaf, strip
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.plan import Refusal, Step
from crawler.discovery.economy.shapes import is_growing, parse, shape
from tests.discovery.economy.judging import plan


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://s.test/shop/red-shoe_12/", "http://s.test/shop/blue-hat_13/"),
        ("http://s.test/p.php?id=1", "http://s.test/p.php?id=99"),
        ("http://s.test/index.php?route=product/product&id=4", "http://s.test/index.php?id=5&route=product/product"),
        ("http://s.test/a/b-c.html", "http://s.test/a/d.html"),
        ("http://s.test/2024/10", "http://s.test/2025/11"),
    ],
)
def test_one_template_one_shape(one: str, other: str) -> None:
    assert shape(parse(one)) == shape(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://s.test/shop/red-shoe", "http://s.test/blog/red-shoe"),
        ("http://s.test/index.php?route=product/product&id=4", "http://s.test/index.php?route=product/category&id=4"),
        ("http://s.test/a.php?x=1", "http://s.test/b.php?x=1"),
        ("http://s.test/shop", "http://s.test/shop/hat"),
    ],
)
def test_two_templates_two_shapes(one: str, other: str) -> None:
    assert shape(parse(one)) != shape(parse(other))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://s.test/account/login", "never"),
        ("http://s.test/index.php?route=account/login", "never"),
        ("http://s.test/warenkorb", "never"),
        ("http://s.test/shop/?add-to-cart=12", "never"),
        ("http://s.test/photo.JPG", "never"),
        ("http://s.test/products/red-shoe", "product"),
        ("http://s.test/collections/summer/products/red-shoe", "product"),
        ("http://s.test/produkt/rote-schuhe/", "product"),
        ("http://s.test/index.php?id_product=7&controller=product", "product"),
        ("http://s.test/collections/summer", "list"),
        ("http://s.test/index.php?cPath=1_3", "list"),
        ("http://s.test/blog/new-products", "other"),
        ("http://s.test/?s=shoe", "other"),
        ("http://s.test/red-shoe", ""),
        ("http://s.test/my-cart-of-flowers", ""),
        ("http://s.test/index.php?main_page=product_info&cPath=1_9&products_id=3", "product"),
        ("http://s.test/index.php?main_page=product_reviews&products_id=3", "never"),
        ("http://s.test/index.php?main_page=shopping_cart", "never"),
        ("http://s.test/index.php?main_page=index&cPath=1", "list"),
        ("http://s.test/index.php?rt=product/product&product_id=57", "product"),
        ("http://s.test/index.php?rt=checkout/cart", "never"),
        ("http://s.test/review/product/list/id/12/", "never"),
        ("http://s.test/catalogue/category/books_2/", "list"),
        ("http://s.test/product-category/bags/", "list"),
    ],
)
def test_words_of_an_address(url: str, kind: str) -> None:
    assert words.prior(parse(url)) == kind


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://s.test/hats?sort=price&limit=9", "http://s.test/hats"),
        ("http://s.test/hats?page=2&sort=price", "http://s.test/hats?page=2"),
        ("http://s.test/p.php?cPath=2&sort=1a&products_id=5", "http://s.test/p.php?products_id=5"),
        (
            "http://s.test/i.php?route=product/product&path=2_4&product_id=5",
            "http://s.test/i.php?route=product/product&product_id=5",
        ),
        ("http://s.test/i.php?view=details&id=5", "http://s.test/i.php?view=details&id=5"),
    ],
)
def test_dress_is_taken_off(url: str, plain: str) -> None:
    step = plan(url, "", 0.0, Knowledge(), {"http://other.test/"}.__contains__)
    assert isinstance(step, Step)
    assert step.url == plain


def test_what_may_be_dress_is_taken_off_where_the_rest_is_known() -> None:
    step = plan("http://s.test/hats?view=grid", "list", 0.8, Knowledge(), {"http://s.test/hats"}.__contains__)
    assert isinstance(step, Step)
    assert step.url == "http://s.test/hats"


def test_session_on_every_link_is_learned_and_dropped() -> None:
    known = Knowledge()
    token = "sid=k3j4h5g6f7d8s9a0q1w2"
    links = [parse(f"http://s.test/p.php?id={n}&{token}") for n in range(10)]
    known.learn_sessions(parse("http://s.test/"), links)
    step = plan(f"http://s.test/p.php?id=7&{token}", "product", 0.9, known)
    assert isinstance(step, Step)
    assert step.url == "http://s.test/p.php?id=7"


def test_short_session_is_learned_from_two_pages() -> None:
    known = Knowledge()
    for value in ("aa1", "bb2"):
        known.learn_sessions(parse("http://s.test/"), [parse(f"http://s.test/p{n}?zz={value}") for n in range(10)])
    assert known.dropped() == {"zz"}


def test_a_language_on_every_link_is_kept() -> None:
    known = Knowledge()
    for _ in range(3):
        known.learn_sessions(parse("http://s.test/"), [parse(f"http://s.test/?p={n}&language=en-gb") for n in range(9)])
    assert known.dropped() == frozenset()


def test_other_languages_of_the_shop_are_refused() -> None:
    known = Knowledge()
    known.learn_language(parse("http://s.test/"), [parse(f"http://s.test/en-gb/p{n}") for n in range(10)])
    assert plan("http://s.test/de/p1", "product", 0.9, known) == Refusal("other_language")
    assert isinstance(plan("http://s.test/en-gb/p1", "product", 0.9, known), Step)


def test_one_leaf_under_two_paths_is_one_offer_once_that_was_seen() -> None:
    known = Knowledge()
    known.learn_leaf("red-shoe", "offer-1")
    assert isinstance(plan("http://s.test/summer/products/red-shoe", "product", 0.9, known), Step)
    known.learn_leaf("red-shoe", "offer-1")
    assert plan("http://s.test/winter/products/red-shoe", "product", 0.9, known) == Refusal("known_product")
    known.learn_leaf("red-shoe", "offer-2")
    assert isinstance(plan("http://s.test/spring/products/red-shoe", "product", 0.9, known), Step)


@pytest.mark.parametrize("url", ["http://s.test/" + "a/" * 13, "http://s.test/a/b/a/b/a/b", "http://s.test/x/x/x"])
def test_growing_paths(url: str) -> None:
    assert is_growing(parse(url))


def test_leaf_is_the_id_or_the_last_segment() -> None:
    assert leaf(parse("http://s.test/i.php?path=2&product_id=42")) == leaf(
        parse("http://s.test/i.php?product_id=42&x=1")
    )
    zen = "http://s.test/i.php?main_page={}&products_id=3"
    assert leaf(parse(zen.format("product_info"))) != leaf(parse(zen.format("product_music_info")))
    assert leaf(parse("http://s.test/women/shoes/red-shoe.html")) == "red-shoe.html"


def test_strip_keeps_the_rest_in_order() -> None:
    assert strip("http://s.test/i.php?b=2&sid=x&a=route/x", frozenset({"sid"})) == "http://s.test/i.php?b=2&a=route/x"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://s.test/women.html?color=12", "facet"),
        ("http://s.test/women.html?price=100-200&size=3", "facet"),
        ("http://s.test/women.html?cat=7", "facet"),
        ("http://s.test/women.html?manufacturer=7", "facet"),
        ("http://s.test/search?q=shoe&price=1-5", "facet"),
        ("http://s.test/women.html?p=2", "paging"),
        ("http://s.test/women.html?p=2&color=3", "facet"),
        ("http://s.test/shop?category=7", "list"),
        ("http://s.test/index.php?manufacturers_id=7", "list"),
        ("http://s.test/shop/filter/brand-is-alpaca/apply/", "facet"),
    ],
)
def test_further_parameters_of_a_known_list_are_filters(url: str, kind: str) -> None:
    seen = {
        "http://s.test/women.html",
        "http://s.test/women.html?p=2",
        "http://s.test/search?q=shoe",
        "http://s.test/shop",
        "http://s.test/index.php",
    }.__contains__
    step = plan(url, "list", 0.8, Knowledge(), seen)
    assert isinstance(step, Step)
    assert step.kind == kind


@pytest.mark.parametrize(
    "url", ["", "http://", "http://[", "http://s.test/%00\ud800", "http://s.test/?" + "a=b&" * 5000]
)
def test_hostile_addresses_are_judged_without_a_crash(url: str) -> None:
    assert isinstance(plan(url, "", 0.0, Knowledge()), Step | Refusal)
