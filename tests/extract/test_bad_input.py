"""No input makes reading raise, or take more than linear time."""

import pytest

from crawler.extract.decoding import decode
from crawler.extract.offers import to_offers
from crawler.extract.page import read
from tests.growth import grows_no_faster

URL = "https://shop.test/p/1"
PRODUCT = "<h1>Oak Stool</h1><p>$45.00</p><button>Add to cart</button>"


def repeated(piece, count):
    return piece * count


GROWING = {
    "open divs": lambda n: "<div>" * n * 20,
    "open divs with prices": lambda n: "<div>$5 " * n * 4,
    "open bold": lambda n: PRODUCT + "<b>$1 " * n,
    "open spans": lambda n: PRODUCT + "<span>" * n + "$5",
    "attributes": lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n * 10)) + ">x</div>",
    "attributes with signs": lambda n: "<div " + " ".join(f'a{i}=">"' for i in range(n * 10)) + ">x</div>",
    "json arrays": lambda n: '<script type="application/ld+json">' + "[" * n * 10 + "</script>",
    "json objects": lambda n: '<script type="application/ld+json">' + '{"a":' * n * 4 + "1" + "}" * n * 4 + "</script>",
    "broken json": lambda n: '<script type="application/ld+json">' + '{"a":"b" ' * n * 4 + "</script>",
    "data layers": lambda n: "<script>" + "dataLayer.push({price:" * n + "</script>",
    "digits": lambda n: "<h1>x</h1><p>$" + "9" * n * 40 + "</p>",
    "spaces": lambda n: "<h1>x</h1><p>" + " " * n * 100 + "$5</p>",
    "prose with signs": lambda n: "<h1>x</h1><p>" + "a 1 $ " * n * 8 + "</p>",
    "lines with prices": lambda n: "".join(f"<p>${i}.99</p>" for i in range(n * 2)),
    "cards": lambda n: "".join(f'<div><a href="/p/{i}"><h3>Name {i}</h3></a><b>${i}.99</b></div>' for i in range(n)),
    "inline digits": lambda n: "<p>" + "".join(f"<b>{i}</b>" for i in range(n * 2)) + "</p>",
    "items in items": lambda n: '<div itemscope itemtype="http://schema.org/Product">' * n,
    "item names": lambda n: '<div itemscope itemtype="http://schema.org/Product">' + '<i itemprop="name">x</i>' * n,
    "headings": lambda n: "<h1>a b c</h1>" * n * 2,
    "labels": lambda n: "<h1>x</h1>" + "<p>SKU:</p>" * n * 2,
    "currencies": lambda n: "<p>currency</p>" * n * 2,
    "breadcrumbs": lambda n: '<ul class="breadcrumb"><li><a>' * n,
    "buttons": lambda n: '<form><input type=submit value="Buy">' * n,
    "labels in one parent": lambda n: "<h1>A</h1>" + "<h2>Seller</h2><p>%</p>" * n,
    "a row of prices": lambda n: "<h1>A</h1><table><tr>" + "<th>Preis</th>" * n + "</tr><tr>" + "<td>3,20</td>" * n,
    "sold-out sizes": lambda n: "<h1>A</h1><ul>" + "<li>40 <small>ausverkauft</small></li>" * n,
    "models before prices": lambda n: "<h1>Pulse 3</h1>" + "<p>Pulse 3 473,90 €</p>" * n,
    "whole numbers": lambda n: "<h1>A</h1>" + '<div class="price">1200</div>' * n,
    "one word": lambda n: "<h1>" + "a" * n * 40 + "</h1>",
}  # fmt: skip


def read_whole(html):
    page = read(html, URL)
    to_offers(page, storefront="shop.test", url=URL)
    assert "extract.failed" not in page.problems


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_input_and_no_faster(name):
    assert grows_no_faster(read_whole, GROWING[name], 1_000, 4_000)


BROKEN = {
    "nothing": b"",
    "a word": b"hello",
    "nul bytes": b"\0" * 1000 + PRODUCT.encode(),
    "all bytes": bytes(range(256)) * 200,
    "utf-16": PRODUCT.encode("utf-16"),
    "a lone surrogate": "<h1>\ud800 x</h1><p>$5</p>",
    "entities of entities": '<!DOCTYPE a [<!ENTITY a "bbbbbbbb"><!ENTITY c "&a;&a;&a;">]><h1>&c;</h1>',
    "an external entity": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><h1>&a;</h1>',
    "a huge price in data": '<script type="application/ld+json">{"@type":"Product","name":"x",'
    '"offers":{"price":%s}}</script>' % ("9" * 5000),
    "a price that is a list of lists": '<script type="application/ld+json">{"@type":["Product",3,null],"name":[["x"]],'
    '"offers":[[{"price":{"a":[1]}}],null,7,"x"],"brand":[null,{"name":{}}],"image":{"url":[{}]}}</script>',
    "nan": '<script type="application/ld+json">{"@type":"Product","name":"x","offers":{"price":NaN}}</script>',
    "an id that refers to itself": '<script type="application/ld+json">{"@graph":[{"@type":"Product",'
    '"@id":"a","name":"x","hasVariant":[{"@id":"a"}],"offers":{"@id":"a"}}]}</script><h1>x</h1>',
    "no html": b'{"price": 5}',
    "xml": b'<?xml version="1.0" encoding="utf-16"?><rss><h1>x</h1></rss>',
    "frameset": b"<html><frameset><frame src=a></frameset></html>",
    "an svg": b"<svg><h1>x</h1></svg>",
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("url", [URL, "", "file:///x", "http://[::1", "https://shop.test/?" + "a=b&" * 500])
def test_nothing_makes_it_raise(name, url):
    page = read(BROKEN[name], url)
    assert "extract.failed" not in page.problems
    offers, _ = to_offers(page, storefront="shop.test", url=url or URL)
    for offer in offers:
        offer.model_dump_json()


def test_an_external_entity_is_not_opened():
    assert "root:" not in str(read(BROKEN["an external entity"], URL))


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("Größe 5 €".encode(), "text/html; charset=iso-8859-1", "Größe 5 €"),
        ("Größe 5".encode("iso-8859-1"), "text/html; charset=utf-8", "Gr"),
        ("价格 5".encode("gb18030"), "text/html; charset=gb2312", "价格 5"),
        ("価格 5円".encode("shift_jis"), "text/html; charset=Shift_JIS", "価格 5円"),
        ("価格 5円".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "価格 5円"),
        ("Цена 5".encode("cp1251"), "text/html; charset=windows-1251", "Цена 5"),
        ("\ufeffPreis".encode(), "", "Preis"),
        (b"plain", "text/html; charset=nonsense", "plain"),
    ],
)
def test_bytes_are_decoded_as_a_browser_would(body, header, text):
    assert decode(body, header).startswith(text)


def test_the_backslash_of_japanese_encodings_is_a_yen_sign_before_an_amount() -> None:
    button = "<input type=submit value='カートに入れる'>"
    html = f"<meta charset=Shift_JIS><h1>染付 蕎麦猪口</h1><p>価格 <b>\\2,250</b>(税込)</p>{button}"
    page = read(html.encode("shift_jis"), "http://s.test/d/002.htm")
    assert page.products
    assert str(page.products[0].value("price")).startswith("amount=Decimal('2250') currency='JPY'")
