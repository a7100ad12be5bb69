"""Who sells an offer: the shop itself, or somebody who rents a place on a marketplace.

No list of marketplaces: a page that names a seller and links that name to a page of its own inside the same site shows
a marketplace, whoever runs it. A shop that names itself as the seller links to its home page, or to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from crawler.extract.model import Link, Page
from crawler.urls import same_storefront

ID = re.compile(r"[\w.@~+-]{1,80}")
NAME_LIMIT = 80  # characters; marketplaces cut names shorter
NO_SELLER = frozenset({"contact", "about", "imprint", "impressum", "home", "index", "shop", "store"})


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
    seller = product.value("seller")
    return None if seller == product.value("brand") else find_seller(seller, page)


def find_seller(name: str | None, page: Page) -> Seller | None:
    """The marketplace seller behind a seller's name, or None when the page does not link to one."""
    wanted = _fold(name or "")
    if not wanted or len(wanted) > NAME_LIMIT:
        return None
    for link in _profile_links(page.links):
        if _fold(link.text) == wanted and same_storefront(link.url, page.url):
            found = _id(link.url)
            if found and link.url != page.url:
                return Seller(found, name or "", link.url)
    return None


def _profile_links(links: Iterable[Link]) -> Iterable[Link]:
    """Links of the page's own content: a name in the header or footer is the site's."""
    return (link for link in links if link.text and link.where not in ("header", "footer", "nav", "head"))


def _id(url: str) -> str | None:
    """What names the seller in the address: the last path segment, else a parameter's value; None for a home page."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    values = [value for _, value in parse_qsl(parts.query)]
    leaf = (values[-1] if values else segments[-1] if segments else "").lower()
    return leaf if ID.fullmatch(leaf) and leaf.partition(".")[0] not in NO_SELLER else None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold().lstrip("@")
