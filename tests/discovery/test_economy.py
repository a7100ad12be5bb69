"""What a crawl makes of links it has not followed yet."""

import pytest

from crawler.discovery.economy import sitemaps, words
from crawler.discovery.economy.dress import leaf, strip
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.patience import PATIENCE, run_of
from crawler.discovery.economy.patience import worth as worth_of
from crawler.discovery.economy.plan import Candidate, Refusal, Step
from crawler.discovery.economy.plan import plan as plan_of
from crawler.discovery.economy.shapes import is_growing, parse, shape
from crawler.discovery.economy.shops import Shop
from crawler.extract.model import Link, Page


def plan(url: str, guess: str, score: float, known: Knowledge, seen=bool, where: str = "main") -> Step | Refusal:
    return plan_of(Candidate(url, guess, score, where), known, seen)


def worth(kind: str, url: str, known: Knowledge) -> bool:
    return worth_of(kind, parse(url), known)


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


def page(*links: Link, kind: str = "list", canonical: str = "") -> Page:
    return Page(url="", kind=kind, links=links, canonical=canonical)


def card(url: str) -> Link:
    return Link(url, "A thing", "", "main", "product", 0.9)


def plain(url: str, where: str = "main") -> Link:
    return Link(url, "A thing", "", where, "other", 0.3)


def test_what_was_dropped_as_something_else_is_handed_on_again_when_a_card_shows_it() -> None:
    shop = Shop("s.test")
    thing = "http://s.test/red-shoe"
    assert [step.again for step in shop.read("http://s.test/", page(plain(thing)))] == [False]
    for n in range(20):
        shop.failed(f"http://s.test/slug-{n}", "unknown")
    assert not shop.worth(thing, "unknown")
    steps = shop.read("http://s.test/shoes", page(card(thing)), kind="list")
    assert [(step.url, step.kind, step.again) for step in steps] == [(thing, "product", True)]
    assert not shop.read("http://s.test/more-shoes", page(card(thing)), kind="list")


def test_a_card_seen_before_the_turn_of_its_address_saves_it() -> None:
    shop = Shop("s.test")
    thing = "http://s.test/red-shoe"
    shop.read("http://s.test/", page(plain(thing)))
    for n in range(20):
        shop.failed(f"http://s.test/slug-{n}", "unknown")
    shop.read("http://s.test/shoes", page(card(thing)), kind="list")
    assert shop.worth(thing, "unknown")


def test_a_list_whose_cards_are_new_is_not_barren() -> None:
    shop = Shop("s.test")
    for n in range(30):
        url = f"http://s.test/list-{n}.html"
        assert shop.worth(url, "list")
        shop.read(url, page(card(f"http://s.test/thing-{n}.html")), kind="list")


def test_with_a_sitemap_of_products_filters_are_not_asked_for_and_a_missing_product_makes_it_doubtful() -> None:
    shop = Shop("s.test")
    entries = sitemaps.candidates([f"http://s.test/thing-{n}" for n in range(20)], "http://s.test/products.xml")
    assert len(shop.steps(entries)) == 20
    assert not shop.worth("http://s.test/shop?colour=red", "facet")
    shop.read("http://s.test/shop", page(card("http://s.test/thing-3")), kind="list")
    assert not shop.worth("http://s.test/shop?colour=red", "facet")
    shop.read("http://s.test/new", page(card("http://s.test/other-thing")), kind="list")
    assert shop.worth("http://s.test/shop?colour=red", "facet")


def test_a_first_page_is_the_list_once_the_shop_showed_that_it_counts_from_one() -> None:
    shop = Shop("s.test")
    assert shop_steps(shop, "http://s.test/hats", "http://s.test/hats?page=1", "http://s.test/bags") != []
    shop.read("http://s.test/hats", page(card("http://s.test/hat-1")), kind="list")
    shop.read("http://s.test/hats?page=1", page(card("http://s.test/hat-1")), kind="paging")
    assert shop_steps(shop, "http://s.test/bags?page=1", "http://s.test/bags?page=2") == ["http://s.test/bags?page=2"]


def test_a_shop_that_counts_pages_from_zero_keeps_page_one() -> None:
    shop = Shop("s.test")
    shop_steps(shop, "http://s.test/hats", "http://s.test/hats?page=1", "http://s.test/bags")
    shop.read("http://s.test/hats", page(card("http://s.test/hat-1")), kind="list")
    shop.read("http://s.test/hats?page=1", page(card("http://s.test/hat-2")), kind="paging")
    assert shop_steps(shop, "http://s.test/bags?page=1") == ["http://s.test/bags?page=1"]


def test_one_product_wherever_its_path_hangs() -> None:
    shop = Shop("s.test")
    short, long = "http://s.test/products/red-shoe", "http://s.test/collections/sale/products/red-shoe"
    assert shop_steps(shop, short, long) == [short]
    again = shop.failed(short)
    assert again is not None
    assert again.url == long


def test_a_canonical_link_teaches_that_one_leaf_is_one_product() -> None:
    shop = Shop("s.test")
    url, short = "http://s.test/women/tops/red-shoe.html", "http://s.test/red-shoe.html"
    assert shop_steps(shop, url, "http://s.test/men/blue-shoe.html") != []
    shop.read(url, page(kind="product", canonical=short), ["offer-1"], "product")
    assert shop_steps(shop, short, "http://s.test/sale/red-shoe.html") == ["http://s.test/sale/red-shoe.html"]
    assert not shop.read("http://s.test/sale", page(card("http://s.test/vip/red-shoe.html")), kind="list")


def test_a_script_whose_answers_leave_the_shop_is_left_alone() -> None:
    shop = Shop("s.test")
    for n in (1, 2):
        assert shop.worth(f"http://s.test/leave.php?to={n}", "unknown")
        shop.left(f"http://s.test/leave.php?to={n}")
    assert not shop.worth("http://s.test/leave.php?to=3", "unknown")
    assert not shop.worth("http://s.test/leave.php?to=3", "product")


def test_pages_of_the_footer_do_not_use_up_the_patience_of_slugs() -> None:
    shop = Shop("s.test")
    links = [plain(f"http://s.test/about-{n}", "footer") for n in range(9)]
    for step in shop.read("http://s.test/", page(*links)):
        assert step.kind == "other"
        shop.read(step.url, page(kind="other"), kind=step.kind)
    assert shop.worth("http://s.test/red-shoe", "unknown")


def test_another_language_of_a_known_page_is_refused() -> None:
    shop = Shop("s.test")
    urls = ["http://s.test/", "http://s.test/hats", "http://s.test/de/", "http://s.test/de/hats", "http://s.test/de/x"]
    assert shop_steps(shop, *urls) == ["http://s.test/", "http://s.test/hats", "http://s.test/de/x"]


def test_the_list_a_product_was_reached_from_is_taken_off() -> None:
    shop = Shop("s.test")
    urls = [
        "http://s.test/shop/shoe-1?category=3",
        "http://s.test/shop/shoe-1?category=4",
        "http://s.test/shop/shoe-1?v=2",
    ]
    steps = shop.read("http://s.test/shop/category/3", page(*map(card, urls)), kind="list")
    assert [step.url for step in steps] == ["http://s.test/shop/shoe-1"]
    scripts = ["http://s.test/item.php?cat=3", "http://s.test/item.php?cat=4"]
    assert len(shop.read("http://s.test/x", page(*map(card, scripts)), kind="list")) == 2
