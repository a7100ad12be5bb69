"""Entries: what goes in comes out, and what did not come from us is never believed."""

from __future__ import annotations

import pickle
from typing import Any

import msgpack
import pytest
from scrapy import Request, Spider
from scrapy.http import FormRequest
from scrapy.utils.request import fingerprint

from crawler.frontier import seen
from crawler.frontier.entry import ForeignEntry, band_of, host_of, lengthen, pack, pack_request, shorten, unpack_request


class Shop(Spider):
    name = "shop"

    def parse_product(self, response: Any) -> None: ...

    def failed(self, failure: Any) -> None: ...


SPIDER = Shop()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://example.org/", "example.org:80"),
        ("https://example.org", "example.org:443"),
        ("https://EXAMPLE.org:8443/a?b#c", "example.org:8443"),
        ("http://example.org?x=//y", "example.org:80"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://user:secret@example.org/", "example.org:80"),
    ],
)
def test_the_key_of_a_host_is_name_and_port(url: str, host: str) -> None:
    assert host_of(url.partition("#")[0]) == host


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.c", "http://", "/path", "http://a:99999/", "http://a:b/", "http://[::1"]
)
def test_what_has_no_host_is_an_error(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        host_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "https://example.org/a/b?c=d", "http://example.org:8080/x", "https://example.org:80/y",
        "http://example.org:443/z", "https://example.org:8443", "http://example.org?q", "http://user:pw@example.org/a",
        "https://example.org/ü", "http://[::1]:81/x", "http://EXAMPLE.org/x",
    ],
)  # fmt: skip
def test_an_address_survives_its_short_form(url: str) -> None:
    host = host_of(url)
    assert lengthen(shorten(url, host), host) == url


def test_a_host_whose_name_begins_like_another_is_not_mixed_up() -> None:
    assert shorten("http://example.org.evil.test/", "example.org:80")[0] == "u"


def test_a_request_survives_the_queue() -> None:
    request = Request(
        "https://example.org/p?x=1", callback=SPIDER.parse_product, errback=SPIDER.failed, priority=7, method="POST",
        headers={"X-A": ["1", "2"]}, body=b"\xff\x00", cookies={"a": "b"}, dont_filter=True, cb_kwargs={"n": 1},
        meta={"depth": 3, "storefront": "example.org", "case": "K", "retry_times": 2, "nested": {"a": [1, None]}},
    )  # fmt: skip
    entry = pack_request(request, "example.org:443", SPIDER)
    back = unpack_request(entry, "example.org:443", SPIDER)
    assert back.to_dict(spider=SPIDER) == request.to_dict(spider=SPIDER)


def test_the_plain_request_is_small() -> None:
    url = "https://example.org/category/product-name-of-usual-length.html"
    assert len(pack("example.org:443", url, 1, depth=4)) < len(url)


@pytest.mark.parametrize("make", [
    lambda: Request("http://a.test/", callback=lambda response: None),
    lambda: Request("http://a.test/", meta={"spider": object()}),
    lambda: Request("http://a.test/", meta={"large": 2**70}),
    lambda: FormRequest("http://a.test/", formdata={"a": "b"}),
])  # fmt: skip
def test_what_cannot_leave_the_process_is_an_error(make: Any) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError)):
        pack_request(make(), "a.test:80", SPIDER)


def packed(values: Any, head: bytes = b"01\0\0") -> bytes:
    return head + msgpack.packb(values)


class Bomb:
    def __reduce__(self) -> Any:
        return (print, ("a foreign entry was executed",))


@pytest.mark.parametrize(
    "entry",
    [
        b"", b"01", b"01\0\0", b"01\0\0\xc1", b"01\0\0" + pickle.dumps(Bomb()), pickle.dumps(Bomb()),
        packed("h/"), packed(["ufile:///etc/passwd"]), packed(["ujavascript:alert(1)"]), packed([None]), packed([1]),
        packed(["h/", "deep"]), packed(["h/", 0, "closed"]), packed(["h/", 0, "__init__"]),
        packed(["h/", 0, "crawler"]),
        packed(["h/", 0, "from_crawler"]), packed(["h/", 0, "_set_crawler"]), packed(["h/", 0, 7]),
        packed(["h/", 0, "nothing"]), packed(["h/", 0, None, "log"]), packed(["h/", 0, None, None, "high"]),
        packed(["h/", 0, None, None, 0, []]) + b"trailing", packed(["h/", 0, None, None, 0, {"meta": 5}]),
        packed(["h/", 0, None, None, 0, {"headers": 5}]), packed(["h/", 0, None, None, 0, {"encoding": "no such"}]),
        packed({"_class": "subprocess.Popen", "url": "http://a.test/"}), packed(["h/"], b"01\xff\0\0"), packed([""]),
    ],
)  # fmt: skip
def test_a_foreign_entry_is_refused(entry: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ForeignEntry):
        unpack_request(entry, "a.test:80", SPIDER)
    assert "executed" not in capsys.readouterr().out


def test_the_fingerprint_of_a_link_is_that_of_its_request() -> None:
    for url in ("http://a.test/?b=2&a=1#x", "https://a.test/ü ö", "http://a.test", 'http://a.test/"quoted"\\'):
        assert seen.of_url(url) == seen.from_digest(fingerprint(Request(url)))


def test_the_local_memory_is_bounded_and_remembers_the_newest() -> None:
    recent = seen.Recent(1000)
    assert recent.add("x")
    assert not recent.add("x")
    for number in range(5000):
        recent.add(f"u{number}")
        recent.add("x")
    assert not recent.add("x")
    assert len(recent._young) + len(recent._old) <= 1000
    recent.forget_one("x")
    assert recent.add("x")


@pytest.mark.parametrize(("priority", "band"), [(60, 0), (1, 0), (0, 1), (-1, 2)])
def test_bands(priority: int, band: int) -> None:
    assert band_of(priority) == band
