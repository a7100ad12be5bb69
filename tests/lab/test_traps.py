"""Every trap of the cast, met as a crawler would meet it."""

import re

import pytest

from lab.sites.site import Page, Request
from lab.traps import TRAPS, slow
from lab.world import World


@pytest.fixture(scope="module")
def world():
    return World("3")


def get(world, host, target):
    return world.sites[host].answer(Request(target))


def local_links(page):
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', page.text)]


def test_every_trap_is_in_the_cast(world):
    used = {trap for front in world.storefronts.values() for trap in front.plan.traps}
    habits = {"paging", "sorting", "sitemap_only", "foreign_sitemap", "net_prices", "crawl_delay"}
    assert used == set(TRAPS) | habits


def test_calendar_has_no_end(world):
    page = get(world, "gearnotes.test", "/")
    assert "/archive/2026/11/" in local_links(page)
    for start, then in (("/archive/2026/12/", "/archive/2027/01/"), ("/archive/2027/01/", "/archive/2026/12/")):
        assert then in local_links(get(world, "gearnotes.test", start))
    assert get(world, "gearnotes.test", "/archive/99999/12/").status == 200


def test_redirect_loop_is_linked_and_closed(world):
    assert "/club" in local_links(get(world, "voltwerk.test", "/"))
    first = dict(get(world, "voltwerk.test", "/club").headers)["Location"]
    assert dict(get(world, "voltwerk.test", first).headers)["Location"] == "/club"


@pytest.mark.parametrize(("host", "path"), [("corso-moda.test", "/appointment"), ("chic-vitrine.test", "/promo")])
def test_redirects_leave_the_shop(world, host, path):
    page = get(world, host, path)
    assert page.status in {301, 302}
    assert not dict(page.headers)["Location"].startswith((f"http://{host}", "/"))


def test_some_pages_break_always_and_some_once(world):
    assert get(world, "teile-krug.test", "/gift-cards").status == 500
    urls = [
        world.storefronts["teile-krug.test"].urls.product(item) for item in world.storefronts["teile-krug.test"].items
    ]
    first = {url: get(world, "teile-krug.test", url).status for url in urls}
    assert set(first.values()) <= {200, 503}
    assert {get(world, "teile-krug.test", url).status for url in urls} == {200}


def test_session_ids_differ_from_page_to_page_and_lead_home(world):
    first = local_links(get(world, "ofertas-pulso.test", "/"))
    ids = {re.search(r"osid=(\w+)", link)[1] for link in first}
    assert len(ids) == 1
    product = next(link for link in first if re.search(r"\d", link.split("osid")[0]))
    other = get(world, "ofertas-pulso.test", product)
    assert other.status == 200
    assert ids.isdisjoint(re.search(r"osid=(\w+)", link)[1] for link in local_links(other))


def test_products_only_in_the_packed_sitemap(world):
    import gzip

    front = world.storefronts["moorland-books.test"]
    products = {front.urls.product(item) for item in front.items}
    linked = local_links(get(world, "moorland-books.test", "/"))
    assert products.isdisjoint(linked)
    assert b"/sitemaps/all-1.xml.gz" in get(world, "moorland-books.test", "/sitemap.xml").body
    text = (
        gzip.decompress(get(world, "moorland-books.test", "/sitemaps/all-1.xml.gz").body).decode().replace("&amp;", "&")
    )
    assert all(f"http://moorland-books.test{path}<" in text for path in products)


def test_sitemap_names_another_host(world):
    text = get(world, "bramholt.test", "/sitemap.xml").body.decode()
    assert set(re.findall(r"<loc>http://([^/]+)", text)) == {"staging.bramholt.test"}


def test_paging_and_sorting_show_the_same_items(world):
    front = world.storefronts["galerie-nord.test"]
    base = front.urls.category("bags")
    mark = "&" if "?" in base else "?"

    def products(query):
        known = {front.urls.product(item) for item in front.items}
        return known & set(local_links(get(world, "galerie-nord.test", f"{base}{mark}{query}")))

    assert products("sort=price&page=1") | products("sort=price&page=2") == products("page=1") | products("page=2")
    assert products("page=1").isdisjoint(products("page=2"))
    assert products("page=1") == products("page=1&view=grid&utm_source=x")
    assert products("maker=Velmora") < products("page=1") | products("page=2")
    assert not products("page=99")
    assert products("page=nonsense") == products("page=1")


def test_robots_forbid_the_cart_and_one_asks_for_patience(world):
    for host in world.sites:
        assert b"Disallow: /cart" in get(world, host, "/robots.txt").body
    assert b"Crawl-delay: 1" in get(world, "parfumerie-lys.test", "/robots.txt").body


def test_slow_pages_are_some_and_always_the_same(world):
    front = world.storefronts["second-closet.test"]
    answer = slow(front, lambda _request: Page(b"x"))
    delays = [answer(Request(f"/{number}")).delay for number in range(200)]
    assert 20 < sum(delay > 0 for delay in delays) < 90
    assert delays == [answer(Request(f"/{number}")).delay for number in range(200)]
