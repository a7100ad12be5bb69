"""Catalogue feeds: whole shops in a few requests, product pages only as evidence."""

from __future__ import annotations

import json

import pytest

SHOPIFY = '<script src="//cdn.shopify.com/x.js"></script><meta property="og:price:currency" content="EUR">'
WOO = '<link href="/wp-content/plugins/woocommerce/a.css" rel=stylesheet><body class="woocommerce">'
PAGE = """<html lang=en><title>{0}</title><link rel=canonical href="{1}">{2}<h1>{0}</h1><p class="price">€{3}</p>
<form action="/cart/add"><input name="product-id" value="{4}" type=hidden><button>Add to cart</button></form></html>"""


def open_shop(shop, mark: str, products: int = 24) -> None:
    menu = '<nav><a href="/collections/all">All</a></nav>'
    shop.page("/", f"<html lang=en><title>Corner shop</title>{mark}<h1>Welcome</h1>{menu}</html>")
    numbers = range(1, min(products, 24) + 1)
    cards = "".join(f'<li><a href="/products/thing-{n}">Thing {n}</a> <b>€{n}.50</b></li>' for n in numbers)
    shop.page("/collections/all", f"<html lang=en><title>All</title>{mark}<h1>All</h1><ul>{cards}</ul></html>")


def shopify(shop, products: int) -> None:
    """A shop of so many products, the seventh of a brand that is watched."""
    open_shop(shop, SHOPIFY, products)
    found = []
    for n in range(1, products + 1):
        title = "Velmora Aurelia tote" if n == 7 else f"Thing {n}"
        variants = [{"id": n * 10, "title": "Default Title", "sku": f"T-{n}", "available": n % 5 != 0,
                     "price": f"{n}.50", "compare_at_price": f"{n + 9}.00" if n % 3 == 0 else None}]  # fmt: skip
        found.append({"id": n, "title": title, "handle": f"thing-{n}", "vendor": "Corner", "product_type": "Things",
                      "body_html": "<p>A fine <b>thing</b>.</p>", "images": [], "variants": variants})  # fmt: skip
        url = f"{shop.url}/products/thing-{n}"
        shop.page(f"/products/thing-{n}", PAGE.format(title, url, SHOPIFY, f"{n}.50", n))
    for page in (1, 2, 3):
        part = {"products": found[(page - 1) * 250 : page * 250]}
        shop.page(f"/products.json?limit=250&page={page}", json.dumps(part), **{"Content-Type": "application/json"})


def test_a_feed_gives_the_shop_and_flagged_offers_have_their_page_fetched(crawl, shop, mongo_database) -> None:
    shopify(shop, 260)
    done = crawl("storefront", "-a", f"url={shop.url}/")
    assert done.returncode == 0, done.stderr
    assert mongo_database.offers.count_documents({}) == 260
    feed = [path for path in shop.asked if path.startswith("/products.json")]
    assert feed == ["/products.json?limit=250&page=1", "/products.json?limit=250&page=2"]
    assert [path for path in shop.asked if path.startswith("/products/")] == ["/products/thing-7"]
    thing = mongo_database.offers.find_one({"title": "Thing 6"})
    assert thing["url"] == f"{shop.url}/products/thing-6"
    assert (str(thing["price"]["amount"]), thing["price"]["currency"]) == ("6.50", "EUR")
    assert str(thing["list_price"]["amount"]) == "15.00"
    place = thing["provenance"]["price"]
    assert (place["extractor"], place["path"], place["text"]) == (
        "shopify_feed", "#/products/5/variants/0/price", "6.50",
    )  # fmt: skip
    assert mongo_database["bodies.files"].count_documents({"filename": place["body_sha256"]}) == 1
    tote = mongo_database.offers.find_one({"title": "Velmora Aurelia tote"})
    assert tote["own_page"]
    assert tote["availability"] == "InStock"


def test_all_pages_are_fetched_where_the_operator_says_so(crawl, shop, mongo_database) -> None:
    shopify(shop, 12)
    assert crawl("storefront", "-a", f"url={shop.url}/", FEED_PRODUCT_PAGES="all").returncode == 0
    assert mongo_database.offers.count_documents({}) == 12
    assert len({path for path in shop.asked if path.startswith("/products/")}) == 12


def test_a_feed_that_robots_forbid_is_not_asked_for(crawl, shop, mongo_database) -> None:
    shopify(shop, 24)
    shop.page("/robots.txt", "User-agent: *\nDisallow: /products.json\n", **{"Content-Type": "text/plain"})
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert not [path for path in shop.asked if path.startswith("/products.json")]
    assert mongo_database.offers.count_documents({}) == 24


def test_the_store_api_of_woocommerce(crawl, shop, mongo_database) -> None:
    open_shop(shop, WOO)
    found = [
        {"id": n, "name": f"Thing &amp; {n}", "permalink": f"{shop.url}/product/thing-{n}/", "sku": f"T-{n}",
         "description": "<p>Fine</p>", "is_in_stock": n % 4 != 0, "brands": [{"name": "Corner"}], "categories": [],
         "prices": {"currency_code": "GBP", "currency_minor_unit": 2, "price": f"{n}50", "regular_price": f"{n + 1}00"}}
        for n in range(1, 31)
    ]  # fmt: skip
    found.append({**found[0], "id": 99, "permalink": "https://other.test/product/x/"})
    path = "/wp-json/wc/store/v1/products?per_page=100&page=1"
    shop.page(path, json.dumps(found), **{"Content-Type": "application/json"})
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    offers = {offer["title"]: offer for offer in mongo_database.offers.find()}
    thing = offers["Thing & 8"]
    assert (str(thing["price"]["amount"]), thing["price"]["currency"]) == ("8.50", "GBP")
    assert (thing["sku"], thing["brand"], thing["availability"]) == ("T-8", "Corner", "OutOfStock")
    assert not [offer for offer in offers.values() if "other.test" in offer["url"]]


@pytest.mark.parametrize("body", ["", "<html>", "[]", "{}", '{"products": 1}', '{"products": [1, {}]}', "[" * 100_000])
def test_a_broken_feed_costs_nothing_but_the_request(crawl, shop, mongo_database, body) -> None:
    open_shop(shop, SHOPIFY)
    shop.page("/products.json?limit=250&page=1", body, **{"Content-Type": "application/json"})
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert "/collections/all" in shop.asked
