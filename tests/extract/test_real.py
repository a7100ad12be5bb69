"""The recorded shops, page by page and offline: what is read against what the shops' own databases say.

Shares are counted per field over the rows that have a value; a field with fewer than five rows in a shop is not judged
there. Skipped, with a clear line, where the recordings are absent.
"""

import csv
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.extract.offers import to_offers
from crawler.extract.page import read

REAL = Path(os.environ.get("TOUCHSTONE_REAL", Path(__file__).parents[3] / "shared" / "real"))
SHOPS = ("opencart", "phoenix", "oscar", "evershop")
LEAST_ROWS = 5
WANTED = {
    "title": 0.99, "price": 0.99, "currency": 0.99, "list_price": 0.9, "sku": 0.9, "brand": 0.9, "availability": 0.9,
}  # fmt: skip

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="the recorded shops are not here (TOUCHSTONE_REAL says where)"),
]


def pages(shop):
    with (REAL / f"{shop}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            kind = record.http_headers.get_header("Content-Type", "")
            if record.http_headers.get_statuscode() == "200" and "html" in kind:
                yield record.rec_headers.get_header("WARC-Target-URI"), kind, record.content_stream().read()


def truth(shop):
    with (REAL / f"{shop}.csv").open(encoding="utf-8", newline="") as table:
        return {row["url"]: row for row in csv.DictReader(table)}


def plain(url):
    """The shop's plain product URL: without what identifies the visit."""
    return url.split("&ceid=")[0].split("?ceid=")[0]


def read_shop(shop):
    """URL → (row of truth, offer or None) for each product page that was recorded."""
    rows, found = truth(shop), {}
    for url, kind, body in pages(shop):
        row = rows.get(plain(url))
        if row is not None and plain(url) not in found:
            offers, _ = to_offers(read(body, url, content_type=kind), storefront="shop.test", url=url)
            found[plain(url)] = row, offers[0] if len(offers) == 1 else None
    return found


def said(offer, name):
    if offer is None:
        return None
    if name in ("price", "list_price"):
        money = getattr(offer, name)
        return money.amount if money else None
    if name == "currency":
        return offer.price.currency if offer.price else None
    return getattr(offer, name)


@pytest.mark.parametrize("shop", SHOPS)
def test_a_recorded_shop_is_read_as_its_database_says(shop):
    right, rows, wrong = Counter(), Counter(), []
    for url, (row, offer) in read_shop(shop).items():
        for name in WANTED:
            wanted = row[name]
            if not wanted:
                continue
            if name in ("price", "list_price"):
                wanted = Decimal(wanted)
            rows[name] += 1
            right[name] += said(offer, name) == wanted
            if said(offer, name) != wanted:
                wrong.append((url, name, said(offer, name), wanted))
    assert rows["title"] >= LEAST_ROWS
    for name, least in WANTED.items():
        if rows[name] >= LEAST_ROWS:
            assert right[name] / rows[name] >= least, (name, wrong)


@pytest.mark.parametrize("shop", SHOPS)
def test_no_price_is_false(shop):
    """A price where the shop has none, or another one than the shop's, is worse than no price."""
    for url, (row, offer) in read_shop(shop).items():
        if offer is not None and offer.price is not None:
            assert row["price"], url
            assert offer.price.amount == Decimal(row["price"]), url
            if not row["list_price"]:
                assert offer.list_price is None, url


@pytest.mark.parametrize("shop", SHOPS)
def test_pages_that_sell_nothing_give_no_offer(shop):
    """Carts, log-in forms, searches and texts: no offer comes from a page that is no product of the shop."""
    titles = {row["title"] for row in truth(shop).values()}
    strange = []
    for count, (url, kind, body) in enumerate(pages(shop)):
        if shop == "oscar" and count % 5:  # its 790 pages are five languages of the same
            continue
        page = read(body, url, content_type=kind)
        offers, _ = to_offers(page, storefront="shop.test", url=url)
        strange += [(url, offer.title) for offer in offers if offer.title not in titles]
    assert all("t-shirt" in title.lower() for _, title in strange), strange  # variants of a parent in oscar's table
