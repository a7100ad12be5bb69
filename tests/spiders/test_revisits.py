"""A second visit to a real shop on loopback: what the server sees of it, and what is found nevertheless.

``flushdb`` between visits is the week that passes: Redis has forgotten robots.txt and the shop's addresses.
"""

from __future__ import annotations

import pytest

from tests.spiders.shop import PRODUCT

pytestmark = pytest.mark.timeout(300)  # three crawls in one test, on a machine that does other things as well

SIZE = 60


def stock(shop, changed: dict[int, int] | None = None, on_lists: bool = True, dates: dict[int, str] | None = None):
    """A shop of three lists of twenty; ``changed`` prices are shown on lists or only on the product's own page."""
    changed = changed or {}
    for path in ("/bags", "/p/tote", "/p/lamp"):
        shop.pages.pop(path, None)  # linked, and not there: no visit may ask again only for that
    menu = "".join(f'<a href="/c/{n}">Shelf {n}</a> ' for n in range(3))
    shop.page("/", f"<html lang=en><title>Corner shop</title><h1>Welcome</h1>{menu}</html>")
    for shelf in range(3):
        rows = ""
        for n in range(shelf * 20, shelf * 20 + 20):
            price = changed.get(n, 100 + n)
            shown = price if on_lists else 100 + n
            rows += f'<li><a href="/p/thing-{n}">Velmora thing no. {n}</a> {shown}.00 EUR</li>'
            page = PRODUCT.format(title=f"Velmora thing no. {n}", price=f"{price}.00 EUR", text="A fine thing.")
            shop.page(f"/p/thing-{n}", page)
        shop.page(
            f"/c/{shelf}", f"<html lang=en><title>Shelf</title><h1>Shelf {shelf}</h1><ul>{rows}</ul>{menu}</html>"
        )
    if dates is not None:
        entries = "".join(
            f"<url><loc>{shop.url}/p/thing-{n}</loc><lastmod>{dates.get(n, '2026-01-01')}</lastmod></url>"
            for n in range(SIZE)
        )
        shop.page("/sitemap.xml", f"<urlset>{entries}</urlset>", **{"Content-Type": "application/xml"})


def visit(crawl, shop, **settings) -> list[str]:
    shop.asked.clear()
    done = crawl("storefront", "-a", f"url={shop.url}/", **settings)
    assert done.returncode == 0, done.stderr
    return list(shop.asked)


def prices(database) -> dict[str, str]:
    return {o["title"].rpartition(" ")[2]: str(o["price"]["amount"]) for o in database.offers.find()}


@pytest.mark.parametrize("validators", [True, False])
def test_an_unchanged_shop_costs_a_tenth_and_is_seen_again(
    crawl, shop, mongo_database, redis_client, validators
) -> None:
    shop.validators = validators
    stock(shop)
    first = visit(crawl, shop)
    before = {o["_id"]: o["last_seen"] for o in mongo_database.offers.find()}
    assert len(before) == SIZE
    redis_client.flushdb()
    second = visit(crawl, shop)
    assert len(second) <= max(3, 0.1 * len(first)), second
    assert bool(shop.not_modified) == validators
    again = [o for o in mongo_database.offers.find() if o["last_seen"] > before[o["_id"]]]
    assert len(again) >= 40  # those on the lists that were looked at
    assert mongo_database.observations.count_documents({}) == SIZE


def test_a_changed_price_on_a_list_is_found_at_once(crawl, shop, mongo_database, redis_client) -> None:
    stock(shop)
    visit(crawl, shop)
    redis_client.flushdb()
    stock(shop, changed={7: 55, 31: 66, 32: 67, 59: 77})
    asked = visit(crawl, shop)
    found = prices(mongo_database)
    assert [found[n] for n in ("7", "31", "32", "59")] == ["55.00", "66.00", "67.00", "77.00"]
    assert len(asked) < 20


def test_a_date_in_the_sitemap_leads_to_the_page(crawl, shop, mongo_database, redis_client) -> None:
    stock(shop, dates={})
    visit(crawl, shop)
    redis_client.flushdb()
    stock(shop, changed={3: 11, 44: 12}, on_lists=False, dates={3: "2099-01-01", 44: "2099-01-01T10:00:00+01:00"})
    asked = visit(crawl, shop)
    assert {"/p/thing-3", "/p/thing-44"} <= set(asked)
    found = prices(mongo_database)
    assert (found["3"], found["44"]) == ("11.00", "12.00")


def test_dates_that_lie_are_believed_five_times(crawl, shop, mongo_database, redis_client) -> None:
    stock(shop, dates={})
    first = visit(crawl, shop)
    redis_client.flushdb()
    stock(shop, dates=dict.fromkeys(range(SIZE), "2099-01-01"))
    assert len(visit(crawl, shop)) <= 5 + 2 + 0.1 * len(first)
    assert not mongo_database.addresses.find_one({"kind": "sitemap"})["lastmods"]


def test_a_new_product_and_a_new_list_are_found(crawl, shop, mongo_database, redis_client) -> None:
    stock(shop)
    visit(crawl, shop)
    redis_client.flushdb()
    more = '<li><a href="/p/thing-99">Velmora thing no. 99</a> 9.00 EUR</li></ul>'
    shop.page("/c/0", shop.pages["/c/0"][2].replace("</ul>", more))
    shop.product("/p/thing-99", "Velmora thing no. 99", "9.00 EUR")
    shop.page("/", shop.pages["/"][2].replace("</html>", '<a href="/c/new">Shelf new</a></html>'))
    shop.page("/c/new", shop.pages["/c/0"][2].replace("thing-", "novelty-").replace("thing no.", "novelty no."))
    for n in (*range(20), 99):
        shop.product(f"/p/novelty-{n}", f"Velmora novelty no. {n}", f"{n + 1}.00 EUR")
    visit(crawl, shop)
    assert mongo_database.offers.count_documents({}) == SIZE + 22


def test_a_crawl_that_read_nothing_or_was_cut_short_spares_nothing_later(
    crawl, shop, mongo_database, redis_client
) -> None:
    """Nobody answered, then the run's budget was spent after two pages: the shop is as unknown as before."""
    stock(shop)
    front = shop.pages.pop("/")
    visit(crawl, shop)
    assert mongo_database.crawls.find_one()["finished_at"]
    redis_client.flushdb()
    shop.pages["/"] = front
    visit(crawl, shop, MAX_PAGES="2")
    assert mongo_database.crawls.find_one({"cut": True})
    redis_client.flushdb()
    visit(crawl, shop)
    assert mongo_database.offers.count_documents({}) == SIZE
