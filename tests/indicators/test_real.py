"""Recorded real shops, with the makers of their goods in a register: at most "unauthorised seller"."""

import os
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.extract.offers import to_offers
from crawler.extract.page import read
from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.register.loading import build
from crawler.register.schema import Brand, ProductLine, RightsHolder

REAL = Path(os.environ.get("TOUCHSTONE_REAL", Path(__file__).resolve().parents[3] / "shared" / "real"))
PAGES = 120  # of each shop: all products of three, more than half of the fourth's kinds of page

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason="the recorded shops are not here"),
]

MAKERS = [
    Brand(name="HTC"),
    Brand(name="Canon", context=("camera", "lens", "EOS")),
    Brand(
        name="Apple",
        ambiguous=True,
        context=("computer", "laptop", "display"),
        lines=tuple(
            ProductLine(name=n) for n in ("iPhone", "iPod Touch", "iPod Nano", "MacBook", "iMac", "Apple Cinema")
        ),
    ),
    Brand(name="Sony", lines=(ProductLine(name="VAIO"),)),
    Brand(name="Palm", ambiguous=True, context=("phone", "Treo")),
]


@pytest.fixture(scope="module")
def context():
    holders = [RightsHolder(rights_holder=f"{b.name} maker", sector="electronics", brands=(b,)) for b in MAKERS]
    return Context.build(build(holders)).at("a-real-shop.test")


def pages(shop):
    with (REAL / f"{shop}.warc.gz").open("rb") as stream:
        count = 0
        for record in ArchiveIterator(stream):
            headers = record.http_headers
            if headers and headers.get_statuscode() == "200" and "html" in headers.get_header("Content-Type", ""):
                yield record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
                count += 1
                if count == PAGES:
                    return


@pytest.mark.slow
@pytest.mark.parametrize("shop", ["opencart", "phoenix", "oscar", "evershop"])
def test_honest_goods(shop, context):
    raised = Counter()
    seen = 0
    for url, body in pages(shop):
        offers, _ = to_offers(read(body, url), storefront="a-real-shop.test", url=url)
        for offer in offers:
            seen += 1
            for flag in flag_offer(offer, context):
                if flag.state == "raised":
                    raised[flag.code, flag.brand] += 1
                    assert flag.code == "brand.unauthorised", (offer.title, flag.sentence)
    assert seen
    assert bool(raised) is (shop == "opencart")
    if shop == "opencart":
        assert {brand for _, brand in raised} >= {"HTC", "Canon", "Sony", "Palm"}
