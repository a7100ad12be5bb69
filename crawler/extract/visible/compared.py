"""Pages that compare other shops' prices: a product's name, and beside each amount a link that leaves for who asks it.

What such a page names costs that much elsewhere; the site that shows it sells nothing. A shop's own page of a product
has a cart, and its amounts have no links that leave.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.outside import irrelevant
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.view import View
from crawler.urls import join, storefront_key

CLIMB = 5  # levels from an amount to the row around it
SHOPS = 2  # different links that leave: one may be a shop's own checkout at another host
AMOUNTS = 60  # that are looked at; comparisons show tens of offers
IN_A_ROW = 3  # amounts of one shop's offer: price, former price, shipping
_SENT = re.compile(
    r"(?:^|/)(?:out|outbound|go|goto|redir|redirect|clickout|click|exit|leave|relocate|weiter|deeplink|track|tracking|"
    r"affiliate|aff|partner|visit|to-shop|zum-shop|rover)(?:\.\w{2,4})?(?:/|$)",
    re.IGNORECASE,
)
"""Paths through which sites send visitors away, and count them."""


def compares(document: Document, view: View) -> bool:
    """Whether amounts of the page stand beside links to several shops, and nothing can be bought here."""
    if view.cart_element is not None:
        return False
    here = storefront_key(document.url)
    left = {link for amount in view.amounts[:AMOUNTS] if (link := _leaving(amount, view, here, document))}
    return len(left) >= SHOPS


def _leaving(amount: Amount, view: View, here: str, document: Document) -> str:
    """The address to which the row around an amount sends visitors; empty where it sends them nowhere."""
    current: etree._Element | None = amount.text.owner
    for _ in range(CLIMB):
        if (
            current is None
            or current.tag in ("body", "main")
            or current in view.spine
            or _amounts(current, view) > IN_A_ROW
        ):
            return ""
        for link in [current] if current.tag == "a" else list(current.iter("a"))[:4]:
            url = join(document.base, link.get("href") or "#")
            if url and _leaves(link, url, here):
                return url
        current = current.getparent()
    return ""


def _amounts(element: etree._Element, view: View) -> int:
    return sum(
        1 for one in view.amounts[:AMOUNTS] if element is one.text.owner or element in one.text.owner.iterancestors()
    )


def _leaves(link: etree._Element, url: str, here: str) -> bool:
    """Whether a link goes to another site, by itself or by a page that passes visitors on."""
    if storefront_key(url) not in ("", here) and not irrelevant(
        url
    ):  # payment services stand beside a shop's own prices
        return True
    rel = (link.get("rel") or "").lower().split()
    return "sponsored" in rel or ("nofollow" in rel and _SENT.search(urlsplit(url).path) is not None)
