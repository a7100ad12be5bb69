"""Pages that compare other shops' prices: a product's name, and beside each amount a link that leaves for who asks it.

What such a page names costs that much elsewhere; the site that shows it sells nothing. A shop's own page of a product
has a cart, and its amounts have no links that leave.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.outside import irrelevant
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.view import View
from crawler.urls import storefront_key

CLIMB = 5  # levels from an amount to the row around it
SHOPS = 2  # different links that leave: one may be a shop's own checkout at another host
REACH = 12  # levels in which the amounts of an element are counted
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
    if view.cart_element is not None or len(view.amounts) < SHOPS:
        return False
    here = storefront_key(document.url)
    chains = [_chain(amount) for amount in view.amounts[:AMOUNTS]]
    held = Counter(element for chain in chains for element in chain)
    left = {link for chain in chains if (link := _leaving(chain, held, view, here, document))}
    return len(left) >= SHOPS


def _chain(amount: Amount) -> list[etree._Element]:
    """The elements around an amount, as far as a row may reach."""
    owner = amount.text.owner
    return [owner, *islice(owner.iterancestors(), REACH)]


def _leaving(
    chain: list[etree._Element], held: Counter[etree._Element], view: View, here: str, document: Document
) -> str:
    """The address to which the row around an amount sends visitors; empty where it sends them nowhere."""
    for current in chain[:CLIMB]:
        if current.tag in ("body", "main") or current in view.spine or held[current] > IN_A_ROW:
            return ""
        for link in [current] if current.tag == "a" else islice(current.iter("a"), 4):
            url = document.resolve(link.get("href") or "#")
            if url and _leaves(link, url, here):
                return url
    return ""


def _leaves(link: etree._Element, url: str, here: str) -> bool:
    """Whether a link goes to another site, by itself or by a page that passes visitors on."""
    if storefront_key(url) not in ("", here) and not irrelevant(url):  # payment services stand beside own prices
        return True
    rel = (link.get("rel") or "").lower().split()
    return "sponsored" in rel or ("nofollow" in rel and _SENT.search(urlsplit(url).path) is not None)
