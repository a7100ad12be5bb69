"""``scrapy report`` after real crawls of a small shop: what it says is what the server saw."""

from __future__ import annotations

import json
import re

import pytest

from tests.extract.shapes import PAGES

SESSION = "k7Q2m9Xw4Rt8Zp1b"


def report(scrapy, *words):
    done = scrapy("report", "--json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_finished_crawl_is_told_in_numbers(scrapy, crawl, shop) -> None:
    shop.page("/bags", shop.pages["/bags"][2].replace("</ul>", '<li><a href="/p/moved">Vase</a></li></ul>'))
    shop.page("/p/moved", "", status=302, Location="http://elsewhere.test/")
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    (one,) = report(scrapy)
    assert one["storefront"] == shop.url.removeprefix("http://")
    assert one["requests"] == len(shop.asked)
    assert sum(one["responses"].values()) == one["requests"]
    assert one["pages"]["product"] == 2
    assert one["offers"] == 2
    assert one["offers_per_request"] == round(2 / one["requests"], 3)
    assert one["redirects_out"] == ["http://elsewhere.test/"]
    assert one["ended"] == "nothing was left that is worth a request"
    assert 0 < one["budget"]["pages"] - one["budget"]["pages_left"] <= one["requests"]
    text = scrapy("report", one["storefront"], environ={"COLUMNS": "200"}).stdout
    assert "nothing was left" in text
    assert re.search(r"pages read.*product 2", text)


def test_prices_on_pages_that_nobody_understood_are_told(scrapy, crawl, shop) -> None:
    shop.page("/bags", shop.pages["/bags"][2].replace("</ul>", '<li><a href="/makers">Makers</a></li></ul>'))
    shop.page("/makers", (PAGES / "brand_page_of_links_with_amounts.html").read_text("utf-8"))
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    (one,) = report(scrapy)
    assert one["unread"] == {"prices.on_other_pages": 2}
    text = scrapy("report", one["storefront"], environ={"COLUMNS": "200"}).stdout
    assert re.search(r"prices not read.*prices.on_other_pages 2", text)


def test_parameters_and_traps_are_named(scrapy, crawl, shop) -> None:
    for path, (status, headers, body) in list(shop.pages.items()):
        linked = re.sub(r'href="(/[^"]*)"', rf'href="\1?visit={SESSION}"', body) if isinstance(body, str) else body
        for link in (path, f"{path}?visit={SESSION}"):
            shop.pages[link] = (status, headers, linked)
    more = "".join(f'<a href="/c{n}?visit={SESSION}">Corner {n}</a>' for n in range(6))
    deep = "/a/b/a/b/a/b?x=1"
    home = shop.pages["/"][2].replace("</html>", f'{more}<a href="{deep}">Deeper</a></html>')
    shop.page("/", home)
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    (one,) = report(scrapy)
    assert one["parameters_dropped"] == ["visit"]
    assert one["traps"]["growing_path"] >= 1
    assert deep not in shop.asked


def test_a_spent_budget_and_a_wall_are_why_it_ended(scrapy, crawl, shop) -> None:
    assert crawl("storefront", "-a", f"url={shop.url}/", MAX_PAGES_PER_STOREFRONT="2").returncode == 0
    (one,) = report(scrapy)
    assert "budget of 2 pages is spent" in one["ended"]
    assert one["budget"]["pages_left"] == 0
    shop.page("/", "<title>Just a moment...</title>", status=403, **{"cf-mitigated": "challenge"})
    crawl("storefront", "-a", f"url={shop.url}/")
    one = report(scrapy, one["storefront"])[0]
    assert one["ended"].startswith("the host ended for this run")
    assert any(name.startswith("bot/") for name in one["walls"])
    assert "before: " in scrapy("report", one["storefront"]).stdout


def test_a_case_and_what_is_not_there(scrapy, crawl, shop, redis_client) -> None:
    assert "no crawl is on the books yet" in scrapy("report").stderr
    redis_client.rpush("storefront:start_urls", json.dumps({"url": f"{shop.url}/", "case": "K-7"}))
    assert crawl("storefront").returncode == 0
    assert len(report(scrapy, "--case", "K-7")) == 1
    assert report(scrapy, "--case", "K-8") == []
    assert "no crawl was made for case 'K-8'" in scrapy("report", "--case", "K-8").stderr
    assert scrapy("report", "nobody.test").returncode == 1
    assert scrapy("report", "a.test", "b.test").returncode == 2


def test_a_stopped_crawl_goes_on_in_the_same_books(scrapy, crawl, shop, mongo_database) -> None:
    crawl("storefront", "-a", f"url={shop.url}/", CLOSESPIDER_PAGECOUNT="2")
    (one,) = report(scrapy)
    assert "stopped before its end" in one["ended"]
    assert crawl("storefront").returncode == 0
    (one,) = report(scrapy)
    assert one["ended"] == "nothing was left that is worth a request"
    assert one["requests"] == len(shop.asked)
    assert mongo_database.crawls.count_documents({}) == 1


@pytest.mark.parametrize(
    ("path", "page", "why"),
    [
        (
            "/robots.txt",
            (200, {"Content-Type": "text/plain"}, "User-agent: *\nDisallow: /\n"),
            "its robots.txt forbids",
        ),
        (
            "/",
            (302, {"Location": "http://elsewhere.test/x"}, ""),
            "it sends visitors away, to http://elsewhere",
        ),
        ("/", (401, {}, "<title>Log in</title>"), "a wall stands before it: login/unauthorised"),
    ],
)
def test_what_kept_a_shop_from_being_read_is_said(scrapy, crawl, shop, path, page, why) -> None:
    shop.pages[path] = page
    crawl("storefront", "-a", f"url={shop.url}/")
    one = next(one for one in report(scrapy) if one["storefront"] in shop.url)
    assert why in one["ended"]
    assert sum(count for kind, count in one["pages"].items() if kind in ("product", "list", "other")) == 0
