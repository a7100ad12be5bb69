"""What a shop hands on, learns and remembers."""

from __future__ import annotations

from crawler.discovery.economy import sitemaps
from crawler.discovery.economy.shop import Shop
from tests.discovery.economy.judging import card, page, plain, shop_steps


def test_a_product_id_is_asked_for_once_and_its_other_addresses_are_to_be_kept() -> None:
    shop = Shop("s.test")
    first, second = "http://s.test/p.php?a=1&products_id=5", "http://s.test/p.php?b=2&products_id=5"
    assert shop_steps(shop, first, second) == [first]
    name = shop.failed(first)
    assert name
    assert shop.others == [(name, second)]
    shop.marks.add("gone", name)
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
    assert shop.others == [(shop.failed(short), long)]


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


def test_a_legal_page_is_not_lost_with_the_session_that_its_address_wore() -> None:
    shop, session = Shop("s.test"), "osid=e211b9cd6d6459c9ea0522036c"
    pages = {"contact": f"http://s.test/service/contact/?{session}"}
    (asked,) = shop.legal(pages)  # the session is not known for one yet
    links = [plain(f"http://s.test/{name}/?{session}") for name in ("a", "b", "c", "d", "service/contact")]
    shop.read("http://s.test/", page(*links), is_home=True)
    assert "osid" in shop.known.dropped()
    assert shop.worth(asked.url, asked.kind)
    assert not list(shop.legal(pages))


def test_a_numbered_card_is_a_product_and_no_page_of_the_list() -> None:
    shop = Shop("s.test")
    shop.read("http://s.test/", page())
    steps = shop.read("http://s.test/bags", page(card("http://s.test/p/1"), card("http://s.test/p/2")), kind="list")
    assert [(step.url, step.kind) for step in steps] == [(f"http://s.test/p/{n}", "product") for n in (1, 2)]


def test_lists_tell_what_pages_of_products_do_not() -> None:
    shop = Shop("s.test")
    things = [f"http://s.test/w/{n}" for n in range(9)]
    shop.read("http://s.test/rugs", page(*map(card, things)), kind="list", left=True)
    for thing in things[:4]:
        assert not shop.read(thing, page(kind="other"), kind="product")
        assert not shop.lists.tell()
    again = shop.read(things[4], page(kind="other"), kind="product")
    assert shop.lists.tell()
    assert [(step.url, step.kind, step.again) for step in again] == [("http://s.test/rugs", "list", True)]
    assert not shop.read(things[5], page(kind="other"), kind="product")


def test_one_page_of_a_product_shows_that_its_pages_tell() -> None:
    shop = Shop("s.test")
    things = [f"http://s.test/w/{n}" for n in range(9)]
    shop.read("http://s.test/rugs", page(*map(card, things)), kind="list", left=True)
    shop.read(things[0], page(kind="product"), kind="product")
    for thing in things[1:]:
        assert not shop.read(thing, page(kind="other"), kind="product")
    assert not shop.lists.tell()
