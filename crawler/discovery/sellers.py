"""Who sells an offer: the shop itself, or somebody who rents a place on a marketplace.

No list of marketplaces: a page that names a seller and links that name to a page of its own inside the same site shows
a marketplace, whoever runs it. A shop that names itself as the seller links to its home page, or to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crawler.extract.model import Link, Page
from crawler.extract.visible.seller import NAME_LIMIT, identity
from crawler.urls import same_storefront


class Seller(NamedTuple):
    """A seller of a marketplace: id from the address of its page, name as shown, that address."""

    id: str
    name: str
    url: str


def seller_of(page: Page) -> Seller | None:
    """The marketplace seller of the product that a page is about, or None when the site itself sells."""
    if page.kind != "product" or not page.products:
        return None
    product = page.products[0]
    name, url = product.value("seller"), product.value("seller_url")
    if not name or name == product.value("brand"):
        return None
    if url and url != page.url and same_storefront(url, page.url) and (found := identity(url)):
        return Seller(found, name, url)
    return find_seller(name, page)


def find_seller(name: str | None, page: Page) -> Seller | None:
    """The marketplace seller behind a seller's name, or None when the page does not link to one."""
    wanted = _fold(name or "")
    if not wanted or len(wanted) > NAME_LIMIT:
        return None
    for link in _profile_links(page.links):
        if _fold(link.text) == wanted and same_storefront(link.url, page.url):
            found = identity(link.url)
            if found and link.url != page.url:
                return Seller(found, name or "", link.url)
    return None


def _profile_links(links: Iterable[Link]) -> Iterable[Link]:
    """Links of the page's own content: a name in the header or footer is the site's."""
    return (link for link in links if link.text and link.where not in ("header", "footer", "nav", "head"))


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold().lstrip("@")
