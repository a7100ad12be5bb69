"""URLs: one spelling a page, one key a storefront, no exception whatever comes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.urls import LOG_LENGTH, MAX_LENGTH, canonical, host, join, loggable, same_storefront, storefront_key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.Shop.test:80/a/../b", "http://www.shop.test/b"),
        ("https://shop.test", "https://shop.test/"),
        ("https://shop.test:443/x", "https://shop.test/x"),
        ("http://shop.test:8080/x", "http://shop.test:8080/x"),
        ("http://shop.test./x", "http://shop.test/x"),
        ("http://user:secret@shop.test/x", "http://shop.test/x"),
        ("http://shop.test/x#top", "http://shop.test/x"),
        ("http://shop.test/x?", "http://shop.test/x"),
        ("http://shop.test/x?b=2&a=1", "http://shop.test/x?a=1&b=2"),
        ("http://shop.test/x?b=2&a=1&b=1", "http://shop.test/x?a=1&b=2&b=1"),  # repeated ones keep their order
        ("http://shop.test/x?12&red", "http://shop.test/x?12&red"),  # positional: left alone
        ("http://shop.test/x?red&12&utm_source=a", "http://shop.test/x?red&12"),
        ("http://shop.test/?utm_source=a&gclid=b&fbclid=c&id=7", "http://shop.test/?id=7"),
        ("http://shop.test/?UTM_Medium=a&id=7&mc_eid=1", "http://shop.test/?id=7"),
        ("http://shop.test/?PHPSESSID=abc&id=7", "http://shop.test/?id=7"),
        ("http://shop.test/?osCsid=0123456789abcdef0123456789abcdef&products_id=7", "http://shop.test/?products_id=7"),
        ("http://shop.test/?zenid=abc&id=7", "http://shop.test/?id=7"),
        ("http://shop.test/p;jsessionid=0A1B2C?id=7", "http://shop.test/p?id=7"),
        ("http://shop.test/(S(lit3py55t21z5v55vlm25s55))/p.aspx", "http://shop.test/p.aspx"),
        ("http://shop.test/?sid=0123456789abcdef0123456789abcdef", "http://shop.test/"),
        ("http://shop.test/?sid=12", "http://shop.test/?sid=12"),  # a section
        ("http://shop.test/?session=spring-summer-collection", "http://shop.test/?session=spring-summer-collection"),
        ("http://shop.test/?ref=home&page=2&sort=price", "http://shop.test/?page=2&ref=home&sort=price"),
        ("http://shop.test/%7euser/%c3%a9", "http://shop.test/~user/%C3%A9"),
        ("http://shop.test/é", "http://shop.test/%C3%A9"),
        ("http://bücher.test/", "http://xn--bcher-kva.test/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http:shop.test/x", "http://shop.test/x"),
        (" http://shop.test/x ", "http://shop.test/x"),
        ("http://shop.test/a\\b", "http://shop.test/a/b"),
    ],
)
def test_one_spelling_of_a_page(url, expected):
    assert canonical(url) == expected
    assert canonical(expected) == expected


NO_PAGES = ["", "shop.test", "/x", "javascript:alert(1)", "mailto:a@b.test", "data:text/html,x", "ftp://shop.test/", "http://",
            "http://[bad", "http://a b/", "http://shop.test:99999/", "file:///etc/passwd", "http://\ud800.test/",
            "http://shop.test/" + "a" * MAX_LENGTH, "http://%00/", "http://..", "https://xn--a/"]  # fmt: skip


@pytest.mark.parametrize("url", NO_PAGES)
def test_what_is_no_page(url):
    assert canonical(url) is None


URLISH = st.text(alphabet="abc%41fF/?&=;:.#@[]()\\ ~-_+SsidUTMutm\u00e9\u0130\u3002\u200b\n\t", max_size=80)


@settings(max_examples=600, deadline=None)
@given(URLISH | st.text(max_size=60))
def test_canonical_is_idempotent_and_total(tail):
    once = canonical("http://shop.test/" + tail)
    assert once is None or canonical(once) == once
    hostile = canonical(tail)
    assert hostile is None or canonical(hostile) == hostile
    for function in (host, storefront_key, loggable):
        function(tail)
    assert len(loggable(tail)) <= LOG_LENGTH


@settings(max_examples=300, deadline=None)
@given(URLISH | st.text(max_size=60))
def test_joined_links_are_absolute_pages(href):
    link = join("http://shop.test/a/b?c=d", href)
    assert link is None or (link.startswith(("http://", "https://")) and "#" not in link)
    assert link is None or join("http://other.test/", link) == link


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("http://shop.test/a/b", "c", "http://shop.test/a/c"),
        ("http://shop.test/a/b", "/c d", "http://shop.test/c%20d"),
        ("http://shop.test/a/b", "?x=1", "http://shop.test/a/b?x=1"),
        ("http://shop.test/a/b", "../../../c", "http://shop.test/c"),
        ("https://shop.test/a", "//cdn.test/x.js", "https://cdn.test/x.js"),
        ("http://shop.test/a", "\\c", "http://shop.test/c"),
        ("http://shop.test/a", " \n/c\t/d ", "http://shop.test/c/d"),
        ("http://shop.test/a", "HTTPS://Other.test/C#x", "https://other.test/C"),
        ("http://shop.test/a", "c?u=http://x.test/y:z", "http://shop.test/c?u=http://x.test/y:z"),
        ("http://shop.test/a", "/c?utm_source=x", "http://shop.test/c?utm_source=x"),  # a link is kept as it is
        ("http://shop.test/a", "#top", None),
        ("http://shop.test/a", "", None),
        ("http://shop.test/a", "javascript:void(0)", None),
        ("http://shop.test/a", "JaVa\nScript:alert(1)", None),
        ("http://shop.test/a", "mailto:x@y.test", None),
        ("http://shop.test/a", "tel:123", None),
        ("http://shop.test/a", "data:text/html,<p>", None),
        ("http://shop.test/a", "http://[broken/", None),
        ("http://shop.test/a", "http:///", None),
        ("not a url", "c", None),
    ],
)
def test_links_are_joined_as_browsers_do(base, href, expected):
    assert join(base, href) == expected


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.kestrel-sport.test/x", "kestrel-sport.test"),
        ("http://kestrel-sport.test:8080/", "kestrel-sport.test"),
        ("http://127.0.0.1:21315/x", "127.0.0.1:21315"),
        ("127.0.0.1:21315", "127.0.0.1:21315"),
        ("http://127.0.0.1/x", "127.0.0.1:80"),
        ("https://10.1.2.3/x", "10.1.2.3:443"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://localhost/", "localhost"),
        ("localhost", "localhost"),
        ("https://a.b.shop.co.uk/", "shop.co.uk"),
        ("https://kick.myshopify.com/products/x", "kick.myshopify.com"),
        ("https://www.kick.myshopify.com/", "kick.myshopify.com"),
        ("https://kick.github.io/", "kick.github.io"),
        ("https://kick.wordpress.com/", "kick.wordpress.com"),
        ("https://www.wordpress.com/", "www.wordpress.com"),
        ("https://sites.google.com/view/kick/home", "sites.google.com/view/kick"),
        ("https://sites.google.com/", "google.com"),
        ("https://linktr.ee/kick", "linktr.ee/kick"),
        ("https://co.uk/", "co.uk"),
        ("https://bücher.test/", "xn--bcher-kva.test"),
        ("https://SHOP.TEST./", "shop.test"),
        ("https://shop.test@evil.test/", "evil.test"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("http://[bad", ""),
    ],
)
def test_who_sells_at_a_url(url, key):
    assert storefront_key(url) == key


def test_tenants_of_one_platform_stay_apart():
    assert same_storefront("https://www.shop.test/a", "http://shop.test/b")
    assert not same_storefront("https://a.myshopify.com/", "https://b.myshopify.com/")
    assert not same_storefront("http://127.0.0.1:8001/", "http://127.0.0.1:8002/")
    assert not same_storefront("", "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://shop.test/x", "http://shop.test/x"),
        ("http://user:secret@shop.test/x", "http://shop.test/x"),
        ("http://shop.test/\n2026 ERROR forged", "http://shop.test/\\n2026\\x20ERROR\\x20forged"),
        ("http://shop.test/\x1b[2J", "http://shop.test/\\x1b[2J"),
        ("http://shop.test/\u202egpj.exe", "http://shop.test/\\u202egpj.exe"),
        (None, "None"),
    ],
)
def test_a_url_in_a_log_is_harmless(url, expected):
    assert loggable(url) == expected


@pytest.mark.parametrize("unit", ["/", "a", "%", "&a=1", ";sid=", "@", ".", "?", "utm_", "/.."])
def test_hostile_length_costs_nothing(unit):
    url = "http://shop.test/" + unit * 100_000
    begin = time.process_time()
    assert canonical(url) is None
    canonical(url[:MAX_LENGTH])
    join("http://shop.test/", url[:MAX_LENGTH])
    loggable(url)
    assert time.process_time() - begin < 1
