"""What a crawl makes of links it has not followed yet."""

import pytest

from crawler.discovery.economy import sitemaps, words
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.plan import Refusal, Step, leaf, plan, strip, worth
from crawler.discovery.economy.shapes import is_growing, parse, shape
from crawler.discovery.economy.shops import Candidate, Shop


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
        ("http://s.test/review/product/list/id/12/", "other"),
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


def test_pages_that_give_nothing_end_their_shape_and_a_new_product_revives_it() -> None:
    known = Knowledge()
    form = shape(parse("http://s.test/calendar/2026/11"))
    for _ in range(2):
        assert worth("other", form, known)
        known.fetched(form, "other", 0)
    assert not worth("other", form, known)
    known.fetched(form, "other", 3)
    assert worth("other", form, known)


def test_products_are_never_given_up_because_of_barren_lists() -> None:
    known = Knowledge()
    for n in range(100):
        known.fetched(f"/list{n}/*", "list", 0)
    assert not worth("list", "/fresh/*", known)
    assert worth("product", "/p/*", known)


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


def test_sitemaps_of_one_language() -> None:
    index = [
        f"http://x.test/sitemap-{what}-{code}.xml" for code in ("ar", "de", "en-gb") for what in ("products", "static")
    ]
    kept = sitemaps.one_language(index, "en-gb")
    assert kept == ["http://x.test/sitemap-products-en-gb.xml", "http://x.test/sitemap-static-en-gb.xml"]
    assert sitemaps.one_language(index, "de-AT")[0] == "http://x.test/sitemap-products-de.xml"


def test_sitemap_parts_are_no_languages() -> None:
    parts = [f"http://x.test/sitemap_{n}.xml" for n in range(3)] + [
        "http://x.test/a/it.html",
        "http://x.test/a/we.html",
    ]
    assert sitemaps.one_language(parts, "en") == parts


def test_sitemap_files_of_products_come_first() -> None:
    files = ["http://x.test/sitemap-blog-posts.xml", "http://x.test/sitemap-1.xml", "http://x.test/product-sitemap.xml"]
    assert sitemaps.sort_files(files)[0] == "http://x.test/product-sitemap.xml"
    assert sitemaps.sort_files(files)[-1] == "http://x.test/sitemap-blog-posts.xml"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("wp-sitemap-posts-product-1.xml", "product"),
        ("wp-sitemap-taxonomies-product_cat-1.xml", "list"),
        ("product_cat-sitemap.xml", "list"),
        ("product-sitemap2.xml", "product"),
        ("page-sitemap.xml", "other"),
        ("sitemap_products_1.xml?from=1&to=9", "product"),
        ("sitemap_blogs_1.xml", "other"),
        ("sitemap.xml", ""),
    ],
)
def test_what_a_sitemap_file_says_by_its_name(file: str, kind: str) -> None:
    assert sitemaps.kind_of_file(f"http://s.test/{file}") == kind


def test_a_filter_of_a_known_list_is_a_facet_and_paging_is_not() -> None:
    seen = {"http://s.test/women.html"}.__contains__
    kinds = {}
    for query in ("color=12", "price=100-200&size=3", "p=2", "cat=7"):
        step = plan(f"http://s.test/women.html?{query}", "list", 0.8, Knowledge(), seen)
        assert isinstance(step, Step)
        kinds[query] = step.kind
    assert kinds == {"color=12": "facet", "price=100-200&size=3": "facet", "p=2": "paging", "cat=7": "list"}


def test_barren_paging_ends_one_list_only() -> None:
    shop = Shop("s.test")
    for page in (2, 3):
        shop.failed(f"http://s.test/hats?page={page}", "paging")
    assert not shop.worth("http://s.test/hats?page=4", "paging")
    assert shop.worth("http://s.test/bags?page=2", "paging")


def test_a_wrong_host_is_mapped_to_the_shop() -> None:
    assert sitemaps.mapped("https://dev.other.test/p/1?x=2", "http://s.test:81/") == "http://s.test:81/p/1?x=2"


@pytest.mark.parametrize(
    "url", ["", "http://", "http://[", "http://s.test/%00\ud800", "http://s.test/?" + "a=b&" * 5000]
)
def test_hostile_addresses_are_judged_without_a_crash(url: str) -> None:
    assert isinstance(plan(url, "", 0.0, Knowledge()), Step | Refusal)


def shop_steps(shop: Shop, *urls: str) -> list[str]:
    return [step.url for step in shop.steps([Candidate(url) for url in urls])]


def test_a_product_id_is_asked_for_once_and_again_where_the_first_address_fails() -> None:
    shop = Shop("s.test")
    first, second = "http://s.test/p.php?a=1&products_id=5", "http://s.test/p.php?b=2&products_id=5"
    assert shop_steps(shop, first, second) == [first]
    again = shop.failed(first)
    assert again is not None
    assert again.url == second
    assert shop.failed(second) is None
    later = "http://s.test/p.php?c=3&products_id=5"
    assert shop_steps(shop, later) == [later]


def test_a_shop_hands_on_each_address_once_and_nothing_of_other_hosts() -> None:
    shop = Shop("s.test")
    urls = [
        "http://s.test/a",
        "http://www.s.test/b",
        "http://s.test/a#x",
        "http://s.test/a?utm_source=m",
        "http://t.test/a",
    ]
    assert shop_steps(shop, *urls) == ["http://s.test/a", "http://www.s.test/b"]
    assert shop.refused["other_host"] == 1


def test_what_may_be_dress_stays_on_where_the_rest_was_missing() -> None:
    shop = Shop("s.test")
    bare, full = "http://s.test/p.php?x=4", "http://s.test/p.php?language=en&x=4"
    assert shop_steps(shop, bare, full) == [bare]
    shop.failed(bare)
    assert shop_steps(shop, full) == [full]
