"""Shops whose first page shows nothing: it fails, or leads to another name of theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from spiders.storefront import StorefrontSpider
from tests.spiders.hosts import Hosts
from tests.spiders.shop import fill

pytestmark = pytest.mark.timeout(120)
GOODS = {"Brass lamp", "Velmora Aurelia tote"}
XML = {"Content-Type": "application/xml"}


def titles(database) -> set[str]:
    return {one["title"] for one in database.offers.find()}


def closed(shop, status: int, body: str = "<html><h1>Gone</h1></html>") -> None:
    shop.page("/", body, status=status)


def sitemap(shop, path: str, *pages: str) -> None:
    entries = "".join(f"<url><loc>{shop.url}{page}</loc></url>" for page in pages)
    shop.page(path, f"<urlset>{entries}</urlset>", **XML)


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_behind_a_first_page_that_fails_the_sitemap_of_robots_txt_is_read(crawl, shop, mongo_database, status) -> None:
    closed(shop, status)
    shop.page("/robots.txt", f"User-agent: *\nDisallow: /hidden/\nSitemap: {shop.url}/map.xml\n")
    sitemap(shop, "/map.xml", "/bags", "/hidden/x")
    assert crawl("storefront", "-a", f"url={shop.url}/", RETRY_TIMES="1").returncode == 0
    assert titles(mongo_database) == GOODS
    assert "/hidden/x" not in shop.asked
    assert "/sitemap.xml" not in shop.asked, "robots.txt names another"


def test_the_sitemap_in_the_usual_place_is_tried_and_seeds_of_redis_fare_alike(
    crawl, shop, mongo_database, redis_client
) -> None:
    closed(shop, 404)
    sitemap(shop, "/sitemap.xml", "/bags")
    redis_client.rpush("storefront:start_urls", f"{shop.url}/")
    assert crawl("storefront").returncode == 0
    assert titles(mongo_database) == GOODS


def test_the_menu_of_an_error_page_leads_into_the_shop(crawl, shop, mongo_database) -> None:
    closed(shop, 404, '<html lang=en><h1>Not found</h1><nav><a href="/bags">Bags</a></nav></html>')
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert titles(mongo_database) == GOODS


def test_behind_a_seed_that_is_gone_stands_the_shops_first_page(crawl, shop, mongo_database) -> None:
    assert crawl("storefront", "-a", f"url={shop.url}/p/sold-long-ago").returncode == 0
    assert titles(mongo_database) == GOODS


def test_a_first_page_that_robots_txt_keeps_closed_does_not_close_the_sitemap(crawl, shop, mongo_database) -> None:
    shop.page("/robots.txt", f"User-agent: *\nDisallow: /$\nSitemap: {shop.url}/map.xml\n")
    sitemap(shop, "/map.xml", "/bags")
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert titles(mongo_database) == GOODS
    assert "/" not in shop.asked


def test_a_shop_that_is_not_there_costs_three_requests(crawl, shop, mongo_database) -> None:
    shop.pages.clear()
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert shop.asked == ["/robots.txt", "/", "/sitemap.xml"]
    assert not mongo_database.offers.count_documents({})


@pytest.fixture
def hosts(shop, tmp_path):
    """Shops of one owner under several names: ``leads`` says what name sends visitors to which other."""
    fill(shop)
    leads: dict[str, str] = {}

    def answer(host: str, path: str) -> tuple[int, str, bytes]:
        old, new, after = found.moves
        if host == old and sum(path != "/robots.txt" for name, path in found.asked if name == old) > after:
            return 302, f"http://{new}{path}", b""
        if (host, path) == (found.sends[0], "/"):
            return 200, "text/html", found.sends[1].encode()
        if host in leads:
            return 302, f"http://{leads[host]}{path}", b""
        status, _, body = shop.pages.get(path, shop.missing)
        return status, "text/html", body.encode()

    names = [f"{name}.test" for name in ("one", "two", "three", "four", "five", "six")] + [
        "velmora.test",
        "www.google.com",
    ]
    found = Hosts(tmp_path, names, answer)
    found.leads, found.moves, found.sends = leads, ("", "", 0), ("", "")
    yield found
    found.close()


def test_a_shop_that_moved_to_another_name_is_read_there(crawl, hosts, mongo_database) -> None:
    hosts.leads["one.test"] = "two.test"
    done = crawl("storefront", "-a", "url=http://one.test/", RESOLVER_HOSTS=str(hosts.file))
    assert done.returncode == 0, done.stderr
    assert titles(mongo_database) == GOODS
    assert {one["storefront"].partition("#")[0] for one in mongo_database.offers.find()} == {"two.test"}
    old = mongo_database.storefronts.find_one({"key": "one.test"})
    assert old["facts"]["redirects_out"] == ["http://two.test/"]


@pytest.mark.parametrize("target", ["http://two.test/", "/start"])
def test_a_first_page_whose_script_sends_visitors_on_is_followed(crawl, shop, hosts, mongo_database, target) -> None:
    hosts.sends = ("one.test", f"<script>window.location.replace('{target}')</script>")
    shop.pages["/start"] = shop.pages["/"]
    assert crawl("storefront", "-a", "url=http://one.test/", RESOLVER_HOSTS=str(hosts.file)).returncode == 0
    assert titles(mongo_database) == GOODS


def test_a_shop_that_moves_while_it_is_read_is_read_on_under_its_new_name(crawl, hosts, mongo_database) -> None:
    hosts.moves = ("one.test", "two.test", 3)
    rest = {"RESOLVER_HOSTS": str(hosts.file), "HOST_CONCURRENCY": "1"}
    assert crawl("storefront", "-a", "url=http://one.test/", **rest).returncode == 0
    assert titles(mongo_database) == GOODS
    assert [path for host, path in hosts.asked if host == "one.test"].count("/") == 2


def test_names_that_lead_to_each_other_and_a_chain_of_names_end(crawl, hosts) -> None:
    hosts.leads |= {"one.test": "two.test", "two.test": "one.test"}
    done = crawl("storefront", "-a", "url=http://one.test/", RESOLVER_HOSTS=str(hosts.file))
    assert done.returncode == 0, done.stderr
    assert len(hosts.asked) <= 6
    hosts.asked.clear()
    names = ("one", "two", "three", "four", "five", "six")
    hosts.leads |= {f"{a}.test": f"{b}.test" for a, b in pairwise(names)}
    assert crawl("storefront", "-a", "url=http://one.test/", RESOLVER_HOSTS=str(hosts.file)).returncode == 0
    assert {host for host, path in hosts.asked} == {f"{name}.test" for name in names[:5]}


def test_a_shop_that_leads_to_a_brand_or_to_no_shop_is_not_followed(crawl, hosts) -> None:
    hosts.leads |= {"one.test": "velmora.test", "two.test": "www.google.com"}
    for name in ("one.test", "two.test"):
        assert crawl("storefront", "-a", f"url=http://{name}/", RESOLVER_HOSTS=str(hosts.file)).returncode == 0
    assert {host for host, _ in hosts.asked} == {"one.test", "two.test"}


def test_pages_that_a_sitemap_names_belong_to_the_case_of_the_first_page() -> None:
    asked = StorefrontSpider().sitemap("http://one.test/map.xml", "http://one.test/", None, {"case": "K-7"})
    assert asked.meta["case"] == "K-7"
