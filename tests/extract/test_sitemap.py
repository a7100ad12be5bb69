"""Sitemaps as they are met: namespaces or none, gzip, text, broken in the middle, hostile."""

import gzip
import time

import pytest

from crawler.extract.sitemap import ENTRIES_LIMIT, read_sitemap

XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str, attributes: str = XMLNS) -> bytes:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>2026-01-0{1 + n % 9}</lastmod></url>" for n, url in enumerate(urls))
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {attributes}>{rows}</urlset>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        urlset("http://a.test/1", "http://a.test/2"),
        urlset("http://a.test/1", "http://a.test/2", attributes=""),
        b"\n  " + urlset("\n http://a.test/1 ", "http://a.test/2"),
        gzip.compress(urlset("http://a.test/1", "http://a.test/2")),
        b"http://a.test/1\r\nhttp://a.test/2\r\n",
        urlset("http://a.test/1", "http://a.test/2")[:-9],
        b"\xef\xbb\xbf" + urlset("http://a.test/1", "http://a.test/2"),
    ],
    ids=["plain", "no namespace", "white space", "gzip", "text", "cut off", "byte order mark"],
)
def test_pages_are_read(body: bytes) -> None:
    assert [entry.url for entry in read_sitemap(body).pages] == ["http://a.test/1", "http://a.test/2"]


def test_dates_are_kept_as_written() -> None:
    assert [entry.modified for entry in read_sitemap(urlset("http://a.test/1")).pages] == ["2026-01-01"]


def test_index_gives_sitemaps_and_no_pages() -> None:
    body = f"<sitemapindex {XMLNS}><sitemap><loc>http://a.test/s.xml</loc></sitemap></sitemapindex>".encode()
    found = read_sitemap(body)
    assert [entry.url for entry in found.sitemaps] == ["http://a.test/s.xml"]
    assert found.pages == ()


def test_an_images_own_address_is_no_page() -> None:
    body = (
        f'<urlset {XMLNS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image>'
        "<image:loc>http://a.test/1.jpg</image:loc></image:image><loc>http://a.test/1</loc></url></urlset>"
    ).encode()
    assert [entry.url for entry in read_sitemap(body).pages] == ["http://a.test/1"]


@pytest.mark.parametrize("body", [b"", b"<", b"\x1f\x8b\x08broken", b"<html><body>404</body></html>", b"\x00" * 1000])
def test_what_is_no_sitemap_gives_nothing(body: bytes) -> None:
    found = read_sitemap(body)
    assert found.pages == found.sitemaps == ()


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<urlset {XMLNS}><url><loc>http://a.test/&b;&f;</loc></url></urlset>"
    ).encode()
    assert not any("root:" in entry.url or "aaaa" in entry.url for entry in read_sitemap(bomb).pages)


def test_a_gzip_bomb_is_cut_and_said_so() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (60 * 1024 * 1024))
    started = time.process_time()
    assert read_sitemap(bomb).truncated
    assert time.process_time() - started < 10


def test_too_many_entries_are_cut_and_said_so() -> None:
    found = read_sitemap(urlset(*(f"http://a.test/{n}" for n in range(ENTRIES_LIMIT + 10))))
    assert found.truncated
    assert len(found.pages) == ENTRIES_LIMIT
