"""Domain feeds: names like a brand's are found in every form of file, and nobody else's."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from crawler.discovery import feeds
from crawler.discovery.feeds import Feed, blocks, names
from crawler.discovery.lookalikes import Judge, slips
from crawler.register.loading import load

PUNYCODE = "xn--" + "v\u0435lmora".encode("punycode").decode() + ".com"  # a Cyrillic letter
LIKE = {
    "velmora-outlet.shop": "brand and shop",
    "ve1mora.com": "look-alike",
    "v3lm0ra24.com": "look-alike",
    "s0lcer3-sale.com": "look-alike",
    "vel-mora.net": "look-alike",
    "vellmora.com": "look-alike",
    "vemlora-sale.com": "look-alike",
    "orsano24.de": "brand",
    "kestreloutlet.com": "brand and shop",
    PUNYCODE: "look-alike",
}
NOT = ["velmora.test", "kestrel-birds.org", "example.com", "melora.com", "a.b.c.d.org", "velm.ora.com"]


@pytest.fixture(scope="module")
def feed() -> Feed:
    return Feed(load())


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def as_zone(every: list[str]) -> str:
    return "; zone\n" + "".join(f"{name}.\t86400\tin\tns\tns1.velmora-hosting.net.\n" for name in every)


def as_log(every: list[str]) -> str:
    return "".join(json.dumps({"data": {"leaf_cert": {"all_domains": [f"*.{n}", f"www.{n}"]}}}) + "\n" for n in every)


def as_array(every: list[str]) -> str:
    return json.dumps([{"id": 1, "name_value": f"www.{name}\n{name}"} for name in every])


@pytest.mark.parametrize(
    "form", ["\n".join, "\r\n".join, as_zone, as_log, as_array, lambda e: "\n".join(f"{n},2026" for n in e)]
)
@pytest.mark.parametrize("packed", [False, True])
def test_forms(tmp_path: Path, feed: Feed, form, packed: bool):
    text = form([*NOT, *LIKE, "VELMORA-OUTLET.SHOP"]).encode()
    file = written(tmp_path, "names", gzip.compress(text) if packed else text)
    found = {look.key: look.kind for look in feed.read(file)}
    assert {key: kind for key, kind in found.items() if key in LIKE} == LIKE
    assert not set(found) & set(NOT)


def test_a_shop_word_and_a_disguise_rank_first(tmp_path: Path, feed: Feed):
    ranks = {look.key: look.rank for look in feed.read(written(tmp_path, "n", "\n".join(LIKE)))}
    assert ranks["vemlora-sale.com"] > ranks["velmora-outlet.shop"] > ranks["ve1mora.com"] > ranks["orsano24.de"]


def test_blocks_do_not_cut_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feed: Feed):
    monkeypatch.setattr(feeds, "BLOCK", 64)
    file = written(tmp_path, "n", "\n".join(["filler-name.com"] * 50 + ["velmora-outlet.shop"] + ["x.com"] * 50))
    assert [look.key for look in feed.read(file)] == ["velmora-outlet.shop"]
    with file.open("rb") as stream:
        assert b"".join(blocks(stream)) == file.read_bytes()


@pytest.mark.parametrize(
    "text", [b"", b"\n\n", b"\0\xff\xfe", b"{" * 5000, b"xn--\n" * 100, b"xn--" + b"9" * 70 + b".com\n", b"." * 9000]
)
def test_hostile_files(tmp_path: Path, feed: Feed, text: bytes):
    assert list(feed.read(written(tmp_path, "n", text))) == []


def test_names_and_slips():
    assert names(b"shop.example. 3600 IN NS ns.other.net.") == ["shop.example"]
    assert "velmroa" in set(slips("velmora")) and "velmora" not in set(slips("velmora"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("k3strel.net", "look-alike"),  # a common word, but nobody writes it so
        ("kesterl-store.com", "look-alike"),  # a slip of a common word says something beside a shop word
        ("nuvxishop.de", "look-alike"),  # so does one of a short name
    ],
)
def test_slips_of_short_and_common_names(name: str, kind: str) -> None:
    look = Judge(load()).look(name, name)
    assert look is not None
    assert look.kind == kind


@pytest.mark.parametrize("name", ["kestrelbird.org", "kesterl.net", "handystore.com", "hand-shop.de"])
def test_words_and_bare_slips_of_them_are_nobodys(name: str) -> None:
    assert Judge(load()).look(name, name) is None
