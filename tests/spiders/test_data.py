"""A shop whose pages are empty shells: its data are asked for where the shell says they are, and no script is run."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.timeout(120)
SHELL = """<!doctype html><html lang=en><head><title>Corner shop</title>{head}</head>
<body><div id="app"></div><script src="/app.js"></script>{end}</body></html>"""


def entry(name: str, slug: str, price: str) -> dict[str, object]:
    return {"name": name, "slug": slug, "url": f"/p/{slug}", "inStock": True, "sku": f"S-{slug}",
            "price": {"amount": price, "currency": "EUR"}}  # fmt: skip


THINGS = [entry("Velmora Aurelia tote, replica 1:1", "tote", "240.00"), entry("Brass lamp", "lamp", "49.00"),
          entry("Clay vase", "vase", "19.00")]  # fmt: skip


def empty(shop, path: str, data: object, source: str, head: str = "", end: str = "") -> None:
    """A page that shows nothing, and the data behind it."""
    shop.page(path, SHELL.format(head=head, end=end))
    shop.page(source, json.dumps(data), **{"Content-Type": "application/json"})


@pytest.fixture
def shells(shop):
    preload = '<link rel=preload as=fetch href="{}">'.format
    empty(shop, "/", {"menu": [{"name": "Bags", "url": "/bags"}], "price": 0}, "/api/home", preload("/api/home"))
    empty(shop, "/bags", {"items": THINGS}, "/api/list?c=bags", end="<script>fetch('/api/list?c=bags')</script>")
    for one in THINGS:
        related = {"related": [other for other in THINGS if other is not one]}
        state = f'<script>window.__STATE__={{"value": 1, "data": "/api/p/{one["slug"]}"}}</script>'
        empty(shop, f"/p/{one['slug']}", {"product": one, **related}, f"/api/p/{one['slug']}", end=state)
    return shop


def test_a_list_that_is_told_in_full_gives_its_products_and_flagged_ones_are_looked_at(
    crawl, shells, mongo_database
) -> None:
    done = crawl("storefront", "-a", f"url={shells.url}/")
    assert done.returncode == 0, done.stderr
    offers = {offer["title"]: offer for offer in mongo_database.offers.find()}
    assert {(name, str(one["price"]["amount"]), one["url"]) for name, one in offers.items()} == {
        (one["name"], one["price"]["amount"], f"{shells.url}{one['url']}") for one in THINGS
    }
    assert "/p/tote" in shells.asked, "its page is evidence"
    assert "/p/lamp" not in shells.asked, "nothing speaks against it"
    assert "/app.js" not in shells.asked
    page = mongo_database.pages.find_one({"_id": f"{shells.url}/bags"})
    assert page["rendered"] == "data"
    for sha256 in (page["received_sha256"], page["body_sha256"]):
        assert mongo_database["bodies.files"].count_documents({"filename": sha256}) == 1
    assert "#/items/1/price" in offers["Brass lamp"]["provenance"]["price"]["path"]


def test_a_product_is_told_from_its_neighbours_and_robots_hold_for_data(crawl, shells, mongo_database) -> None:
    shells.page("/robots.txt", "User-agent: *\nDisallow: /api/p/lamp\n", **{"Content-Type": "text/plain"})
    done = crawl("storefront", "-a", f"url={shells.url}/", FEED_PRODUCT_PAGES="all")
    assert done.returncode == 0, done.stderr
    assert "/api/p/lamp" not in shells.asked
    assert {"/p/tote", "/p/lamp", "/p/vase"} <= set(shells.asked)
    vase = mongo_database.offers.find_one({"title": "Clay vase"})
    assert (str(vase["price"]["amount"]), vase["sku"], vase["availability"]) == ("19.00", "S-vase", "InStock")
    assert mongo_database.pages.find_one({"_id": f"{shells.url}/p/vase"})["kind"] == "product"
    assert mongo_database.offers.count_documents({}) == 3


def test_addresses_that_give_nothing_are_not_tried_for_ever(crawl, shells, mongo_database) -> None:
    for path in list(shells.pages):
        if path.startswith("/api/"):
            shells.page(path, "<html>no</html>")
    shells.page("/sitemap.xml", "<urlset>" + "".join(f"<url><loc>/p/{n}</loc></url>" for n in range(9)) + "</urlset>")
    for n in range(9):
        shells.page(f"/p/{n}", SHELL.format(head=f'<link rel=preload as=fetch href="/api/p/{n}">', end=""))
    assert crawl("storefront", "-a", f"url={shells.url}/").returncode == 0
    assert sum(path.startswith("/api/") for path in shells.asked) <= 4
    assert mongo_database.offers.count_documents({}) == 0
