"""The main job on a shop whose prices only scripts know."""

from __future__ import annotations

import json

import pytest
from scrapy.settings import Settings

from crawler.errors import ConfigurationError
from crawler.rendering import browser

pytestmark = pytest.mark.timeout(240)
APP = """
fetch('/api/' + location.pathname.split('/').pop() + '.json').then(r => r.json()).then(d => {
  document.getElementById('app').innerHTML = '<h1>' + d.title + '</h1><p class="price">' + d.price +
    ' EUR</p><p>Fine.</p><button>Add to cart</button>';
});
"""
SHELL = """<!doctype html><html lang=en><head><title>Shop</title></head>
<body><div id="app"></div><script src="/app.js"></script></body></html>"""


def scripted(shop) -> None:
    for path in ("/p/tote", "/p/lamp"):
        shop.page(path, SHELL)
    shop.page("/app.js", APP, **{"Content-Type": "text/javascript"})
    for name, title, price in (("tote", "Velmora Aurelia tote", "240.00"), ("lamp", "Brass lamp", "49.00")):
        text = json.dumps({"title": title, "price": price})
        shop.page(f"/api/{name}.json", text, **{"Content-Type": "application/json"})


def test_when_needed_it_is_rendered_over_our_own_path(crawl, scrapy, shop, mongo_database, chromium) -> None:
    scripted(shop)
    shop.page("/robots.txt", "User-agent: *\nDisallow: /api/lamp\n", **{"Content-Type": "text/plain"})
    done = crawl("storefront", "-a", f"url={shop.url}/", RENDER="when_needed")
    assert done.returncode == 0, done.stderr
    (offer,) = mongo_database.offers.find()
    assert (offer["title"], str(offer["price"]["amount"])) == ("Velmora Aurelia tote", "240.00")
    assert "/api/lamp.json" not in shop.asked  # robots.txt holds for sub-resources too
    seen = mongo_database.pages.find_one({"_id": f"{shop.url}/p/tote"})
    assert seen["rendered"] == "when_needed"
    assert mongo_database["bodies.files"].count_documents({"filename": seen["received_sha256"]}) == 1
    assert offer["provenance"]["price"]["body_sha256"] == seen["body_sha256"]


def test_never_counts_and_names_them_and_takes_what_lists_show(crawl, scrapy, shop, mongo_database) -> None:
    scripted(shop)
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    offers = {(offer["title"], offer["url"]) for offer in mongo_database.offers.find()}
    assert offers == {("Velmora Aurelia tote", f"{shop.url}/bags"), ("Brass lamp", f"{shop.url}/bags")}
    (one,) = json.loads(scrapy("report", "--json").stdout)
    assert one["javascript"] == {"empty_mount": 2}
    assert "/app.js" not in shop.asked


def test_a_wrong_word_and_root_are_refused_with_the_fix(crawl, shop, monkeypatch, tmp_path) -> None:
    done = crawl("storefront", "-a", f"url={shop.url}/", RENDER="sometimes")
    assert done.returncode == 1
    assert "RENDER must be 'never' or 'when_needed'" in done.stderr.strip().splitlines()[-1]
    with pytest.raises(ConfigurationError, match="apt-get install chromium"):
        browser.check(Settings({"RENDER_CHROMIUM": "/nowhere/chromium"}))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(ConfigurationError, match="never runs as root"):
        browser.check(Settings({"RENDER_CHROMIUM": "/bin/true"}))
