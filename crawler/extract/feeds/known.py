"""The catalogue feeds that platforms publish, by platform: where they are, how large a page is, who reads it.

A feed is asked for where the shop's pages bear the platform's fingerprint and robots.txt lets us.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from crawler.extract.feeds import shopify, woocommerce
from crawler.extract.model import Page, Product


class Feed(NamedTuple):
    """One platform's catalogue."""

    path: str
    """Path and query, with a place for the number of the page, from 1."""
    size: int
    """Products of a full page: fewer end the catalogue."""
    read: Callable[[bytes, str, str | None], list[Product]]
    """Body, home address and the currency that the shop's pages declare → products, each with its ``url``."""
    states_currency: bool
    """Whether entries say in which currency they are; without one, prices are left to the pages."""


FEEDS = {
    "shopify": Feed(shopify.PATH, shopify.SIZE, shopify.read, False),
    "woocommerce": Feed(woocommerce.PATH, woocommerce.SIZE, woocommerce.read, True),
}


def read_feed(name: str, body: bytes, home: str, currency: str | None) -> Page:
    """A page of a feed as a page of the kind ``feed``: products with the addresses of their own pages."""
    products = FEEDS[name].read(body, home, currency)
    return Page(url=home, kind="feed", platform=name, products=tuple(products))
