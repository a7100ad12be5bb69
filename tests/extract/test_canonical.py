"""An offer reached by many addresses is one offer when the page says so, and only then."""

import pytest

from crawler.extract.offers import to_offers
from crawler.extract.page import read

PAGE = """<html lang="en-GB"><head><title>Mug</title><link rel="canonical" href="{}"></head>
<body><h1>Mug</h1><p class="price">£9.00</p><button>Add to cart</button></body></html>"""
HERE = "https://shop.test/products/mug"


def address(canonical, url):
    page = read(PAGE.format(canonical), url)
    offers, _ = to_offers(page, storefront="shop.test", url=url)
    return offers[0].url, offers[0].id


@pytest.mark.parametrize(
    "url", [HERE + "?variant=2", HERE + "?pr_rec_pid=7", "https://shop.test/collections/new/products/mug"]
)
def test_one_product_is_one_offer(url):
    assert address(HERE, url) == address(HERE, HERE)


@pytest.mark.parametrize(
    "canonical", ["https://shop.test/", "https://other.test/products/mug", "/products/plate", "", "javascript:1"]
)
def test_a_canonical_link_that_names_something_else_is_not_believed(canonical):
    assert address(canonical, HERE)[0] == HERE
