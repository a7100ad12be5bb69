"""Profiles: what they read from saved pages, what they refuse, and how a new one begins."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest

from crawler.errors import ConfigurationError
from crawler.extract.profiles import loading
from crawler.extract.profiles.offers import country, offer_of, seller_of
from crawler.extract.profiles.places import HtmlNode, JsonNode
from crawler.extract.profiles.propose import propose
from crawler.extract.profiles.reading import read_item, read_results, read_seller
from crawler.extract.profiles.values import count

PAGES = Path(__file__).parent.parent / "pages" / "markets"
HALL, LOTS = loading.load(str(PAGES / "grandhall.yaml")), loading.load(str(PAGES / "lotwerk.yaml"))
URL = "http://grandhall.test/suche?wort=Velmora&seite=1"


def page(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def test_results_without_advertisements_and_ended_items():
    found = read_results(HALL, page("grandhall-results.html"), URL)
    assert (len(found.rows), found.total, found.alarms) == (40, 493, [])
    assert not [row for row in found.rows if "Beendet" in row["title"].value or "Beste Angebote" in row["title"].value]


def test_interface_without_sponsored_and_placeholders():
    found = read_results(LOTS, page("lotwerk-results.json"), "http://lotwerk.test/rest/find")
    assert (len(found.rows), found.total, found.alarms) == (100, 473, [])
    row = found.rows[0]
    offer = offer_of(LOTS, row, seller_of(LOTS, row), "http://lotwerk.test/")
    assert offer.price.amount == Decimal("17.00") and offer.price.currency == "EUR"
    assert offer.shipping.amount == Decimal("12.00") and (offer.stock, offer.sold) == (51, 410)
    assert offer.provenance["price"].path == "/result/lots/0/cost/minor"
    assert offer.availability == "InStock" and offer.condition == "new" and offer.location == "69002 Lyon"


def test_item_page_is_read_without_other_sellers_box():
    found = read_item(HALL, page("grandhall-item.html"), "http://grandhall.test/los/1")
    assert found.alarms == [] and found.one["seller.id"].value == "greta-vault"
    assert found.one["price"].value.amount == Decimal("318.99") and found.one["stock"].value == 3
    assert found.one["shipping"].value.currency == "EUR"


def test_seller_with_business_details():
    found = read_seller(HALL, page("grandhall-seller.html"), "http://grandhall.test/stand/greta-vault")
    seller = seller_of(HALL, found.one)
    assert (seller.key, seller.kind, seller.country) == ("grandhall.test:greta-vault", "marketplace_seller", "PL")
    assert seller.facts["member_since"] == "2026" and seller.facts["ratings"] == 2464
    assert ("email", "greta-vault@mailbee.test") in {(one.kind, one.value) for one in seller.identifiers}
    assert len(found.rows) == 21
    firm = seller_of(LOTS, read_seller(LOTS, page("lotwerk-seller.json"), "http://lotwerk.test/rest/vendor/1").one)
    assert firm.facts["company"] == "Ardent Dunlea Ltd" and firm.facts["vat_number"] == "GB853416194"
    assert {"email", "phone"} <= {one.kind for one in firm.identifiers}


def test_nothing_found_is_no_alarm_but_a_changed_page_is():
    assert read_results(HALL, page("grandhall-nothing.html"), URL).alarms == []
    changed = page("grandhall-results.html").replace(b"k-karte", b"x1")
    assert read_results(HALL, changed, URL).alarms == ["results.none"]
    without = page("grandhall-results.html").replace(b"k-preis", b"x2")
    assert read_results(HALL, without, URL).alarms == ["results.price"]
    cut = page("grandhall-results.html").split(b'<div class="k-karte"')
    short = b'<div class="k-karte"'.join(cut[:6])
    assert "results.few" in read_results(HALL, short, URL).alarms
    assert read_results(HALL, short, URL, before=480).alarms == []  # of 493: the last page


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"null", b"[]", b'{"hits": 3}', b"\xff\xfe", b'{"result": {"lots": 7}}']
)
def test_what_is_no_answer_is_an_alarm(body: bytes):
    assert read_results(LOTS, body, "http://lotwerk.test/").alarms


def test_one_answer_with_nothing_in_it_is_no_alarm():
    assert read_results(LOTS, b'{"hits": 0, "result": {"lots": []}}', "http://lotwerk.test/").alarms == []


def test_a_hostile_row_is_a_value_or_nothing():
    rows = [{"lotId": {"$gt": ""}, "heading": "x"}, {"lotId": "1", "heading": "$where", "vendor": {"number": "a b|c"}},
            {"lotId": "2", "heading": "x\0y", "cost": {"minor": "NaN", "exponent": 99, "iso": "EUR"},
             "vendor": {"number": "9"}}]  # fmt: skip
    found = read_results(LOTS, orjson.dumps({"hits": 3, "result": {"lots": rows}}), "http://lotwerk.test/")
    assert [row["id"].value for row in found.rows] == ["1", "2"]
    assert seller_of(LOTS, found.rows[0]) is None and "price" not in found.rows[1]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("name: x", "hosts"),
        ("nonsense: [", "not YAML"),
        ("{name: market, hosts: [m.test], verified: {date: 2026-01-01, how: x}, form: html, search: {url: 'http://m.test'},"
         " results: {rows: li, fields: {id: a}}}", "keyword"),
        ("{name: market, hosts: [m.test], verified: {date: 2026-01-01, how: x},"
         " form: html, search: {url: 'http://m.test/{keyword}/{page}'},"
         " results: {rows: li, fields: {id: a, title: b}}}", "seller.id"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(text: str, mistake: str):
    with pytest.raises(ConfigurationError, match=mistake):
        loading.parse(text, "file")


def test_shipped_profiles_are_in_order_and_say_how_they_were_verified():
    assert {"ebay", "etsy"} <= set(loading.shipped())
    for name in loading.shipped():
        profile = loading.load(name)
        assert profile.token and profile.verified.how
    with pytest.raises(ConfigurationError, match="did you mean ebay"):
        loading.load("ebey")


EBAY: dict[str, Any] = {
    "total": 1,
    "itemSummaries": [{
        "itemId": "v1|1|0", "title": "Velmora tote", "itemWebUrl": "https://www.ebay.com/itm/1",
        "price": {"value": "45.50", "currency": "USD"}, "seller": {"username": "ann", "feedbackScore": 12},
        "conditionId": "3000", "shippingOptions": [{"shippingCost": {"value": "0.00", "currency": "USD"}}],
        "itemLocation": {"country": "CN"}, "image": {"imageUrl": "https://i.ebayimg.com/1.jpg"},
    }],
}  # fmt: skip
ETSY: dict[str, Any] = {
    "count": 1,
    "results": [{"listing_id": 7, "shop_id": 3, "title": "Tote", "url": "https://www.etsy.com/listing/7", "quantity": 2,
                 "price": {"amount": 123450, "divisor": 100, "currency_code": "PLN"}, "tags": ["bag"]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answer", "amount", "code"), [("ebay", EBAY, "45.50", "USD"), ("etsy", ETSY, "1234.50", "PLN")]
)
def test_answers_in_the_form_that_the_documents_describe(name: str, answer: Any, amount: str, code: str):
    profile = loading.load(name)
    found = read_results(profile, orjson.dumps(answer), "https://api.ebay.com/")
    price = found.rows[0]["price"].value
    assert (price.amount, price.currency, found.alarms) == (Decimal(amount), code, [])
    assert seller_of(profile, found.rows[0]).key in ("ebay.com:ann", "etsy.com:3")


@pytest.mark.parametrize(("name", "least"), [("grandhall-results.html", 40), ("lotwerk-results.json", 50)])
def test_proposed_places_read_the_page_they_come_from(name: str, least: int):
    found = propose(page(name), URL)
    assert {"id", "title", "url", "price", "seller.id"} <= set(found["fields"]) and found["minimum"] * 2 >= least
    assert propose(b"<html><p>hello</p></html>", URL) is None


def test_counts_and_countries():
    assert [count(text) for text in ("1.234 Bewertungen", "1 234", "ausverkauft", "(7)")] == [1234, 1234, None, 7]
    assert [country(text) for text in ("Deutschland", "uk", "Poland", "Atlantis", "")] == ["DE", "GB", "PL", None, None]


def test_nodes_say_where_things_stood():
    root = HtmlNode(__import__("lxml.html").html.fromstring("<div><a href='/x'>y</a></div>"))
    assert root.all("a::attr(href)")[0].path.endswith("/a/@href")
    assert JsonNode({"a/b": [{"c": 1}]}).all("/a~1b/*/c")[0].path == "/a~1b/0/c"
