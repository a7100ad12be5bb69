"""The main job on a small shop: real HTTP, a real Redis, a real MongoDB, the command as an operator types it."""

from __future__ import annotations

import pytest


def test_a_shop_lands_in_the_store_with_flags_and_places(crawl, shop, mongo_database) -> None:
    done = crawl("storefront", "-a", f"url={shop.url}/")
    assert done.returncode == 0, done.stderr
    offers = {offer["title"]: offer for offer in mongo_database.offers.find()}
    assert set(offers) == {"Velmora Aurelia tote", "Brass lamp"}
    tote = offers["Velmora Aurelia tote"]
    assert str(tote["price"]["amount"]) == "240.00"
    assert tote["price"]["currency"] == "EUR"
    place = tote["provenance"]["price"]
    assert place["path"].startswith("/html/body")
    assert mongo_database.pages.count_documents({"body_sha256": place["body_sha256"]}) == 1
    assert mongo_database["bodies.files"].count_documents({"filename": place["body_sha256"]}) == 1
    codes = {flag["code"] for flag in mongo_database.flags.find({"state": "raised", "subject": tote["_id"]})}
    assert "brand.unauthorised" in codes
    assert any(code.startswith("wording.") for code in codes)
    assert mongo_database.flags.count_documents({"subject": offers["Brass lamp"]["_id"], "state": "raised"}) == 0


def test_robots_are_obeyed_and_the_cart_is_left_alone(crawl, shop) -> None:
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert "/robots.txt" in shop.asked
    assert not {"/hidden/x", "/cart"} & set(shop.asked)
    assert shop.asked.count("/imprint") == 1


def test_a_second_visit_updates_and_remembers_only_what_changed(crawl, shop, mongo_database) -> None:
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    assert mongo_database.observations.count_documents({}) == 2
    shop.product("/p/lamp", "Brass lamp", "39.00 EUR")
    assert crawl("storefront", "-a", f"url={shop.url}/", REVISIT_SHARE="1").returncode == 0
    assert mongo_database.offers.count_documents({}) == 2
    assert mongo_database.observations.count_documents({}) == 3
    lamp = mongo_database.offers.find_one({"title": "Brass lamp"})
    assert str(lamp["price"]["amount"]) == "39.00"


def test_seeds_of_a_file_and_of_redis_are_taken(crawl, shop, mongo_database, redis_client, tmp_path) -> None:
    file = tmp_path / "seeds.txt"
    file.write_text(f"# ours\n{shop.url}/p/tote\nnot an address\n")
    redis_client.rpush("storefront:start_urls", f'{{"url": "{shop.url}/p/lamp"}}')
    done = crawl("storefront", "-a", f"seeds={file}")
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert mongo_database.offers.count_documents({}) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("storefrnt",), 2, "did you mean 'storefront'"),
        (("storefront", "-a", "ulr=http://x.test/"), 2, "did you mean 'url'"),
        (("storefront", "-a", "url=ftp://x.test/"), 1, "not a web address"),
        (("storefront", "-a", "seeds=/nowhere/seeds.txt"), 1, "cannot read seeds"),
        (("storefront", "-a", "url=http://nobody.test/"), 1, "only the file of RESOLVER_HOSTS"),
        (("storefront", "-a", "url=http://nobody.test/", "-s", "REGISTER=/nowhere"), 1, "/nowhere"),
        ((), 2, "name one spider"),
    ],
)
def test_what_cannot_be_done_is_said_in_the_last_line(crawl, arguments, code, said) -> None:
    done = crawl(*arguments)
    assert done.returncode == code
    assert said in done.stderr.strip().splitlines()[-1]


def test_a_database_that_cannot_be_is_said(crawl, shop) -> None:
    done = crawl("storefront", "-a", f"url={shop.url}/", MONGO_DATABASE="no$such/database")
    assert done.returncode == 1
    assert "MONGO_DATABASE" in done.stderr.strip().splitlines()[-1]


def test_a_storefront_is_judged_again_from_its_bodies_alone(crawl, scrapy, shop, mongo_database) -> None:
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    key = mongo_database.storefronts.find_one()["key"]
    told = scrapy("assess", "--explain", key).stdout
    assert "2 offers, each as stored." in " ".join(told.split())
    assert "Comes out as stored." in told
    mongo_database.offers.update_one({"title": "Velmora Aurelia tote"}, {"$set": {"title": "Something else"}})
    mongo_database.assessments.update_one({"key": key}, {"$set": {"score": 0.1}})
    told = scrapy("assess", "--explain", key).stdout
    assert "1 not as stored" in " ".join(told.split())
    assert "Comes out as stored." not in told


def test_a_thing_without_a_page_of_its_own_is_one_offer_on_whatever_page_it_is_seen(
    crawl, shop, mongo_database
) -> None:
    order = '<a href="https://wa.me/4912345678?text={0}">Order by WhatsApp</a>'
    card = '<div class=item><img src="/i/{0}.jpg"><h3>{0}</h3><p>{1} EUR</p>' + order + "</div>"
    things = [card.format(f"Jug number {n}", f"{20 + n}.00") for n in range(6)]
    menu = '<nav><a href="/jugs">Jugs</a> <a href="/new">New</a></nav>'
    for path, shown in (("/", things), ("/jugs", things[:4]), ("/new", things[3:])):
        shop.page(path, f"<html lang=en><title>Jugs</title><h1>Jugs</h1>{menu}<main>{''.join(shown)}</main></html>")
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    found = {offer["title"]: offer for offer in mongo_database.offers.find()}
    assert {name: str(one["price"]["amount"]) for name, one in found.items()} == {
        f"Jug number {n}": f"{20 + n}.00" for n in range(6)
    }
    assert mongo_database.offers.count_documents({}) == 6
    seen = found["Jug number 5"]  # the two pages may be stored in either order
    assert f"{shop.url}/new" in {seen["url"], *seen.get("aliases", ())}


CARD = '<div class="card"><a href="/w/{1}"><h4>Rug {1}</h4></a><p>From €{0}9.50</p></div>'
RUGS = dict(enumerate(("Alder", "Birch", "Cedar", "Dunes", "Elder", "Furze", "Gorse", "Heath", "Inlet"), 1))


def test_goods_whose_prices_stand_on_lists_alone_are_offers_of_these(crawl, scrapy, shop, mongo_database) -> None:
    """Shops that build their pages of products without a price, or fill them by a script, tell it on their lists."""
    shop.pages.clear()
    cards = "".join(CARD.format(n, name) for n, name in RUGS.items())
    shop.page("/", f"<html lang='en'><body><h1>Rugs</h1>{cards}</body></html>")
    for name in RUGS.values():
        shop.page(
            f"/w/{name}", f"<html lang='en'><body><h1>Rug {name}</h1><p>{name[::-1]}, woven by hand.</p></body></html>"
        )
    assert crawl("storefront", "-a", f"url={shop.url}/").returncode == 0
    offers = {offer["title"]: str(offer["price"]["amount"]) for offer in mongo_database.offers.find()}
    assert offers == {f"Rug {name}": f"{n}9.50" for n, name in RUGS.items()}
    assert shop.asked.count("/") == 2
    told = scrapy("assess", "--explain", mongo_database.storefronts.find_one()["key"]).stdout
    assert "9 offers, each as stored." in " ".join(told.split())
