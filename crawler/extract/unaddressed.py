"""Things that a list shows and that have no page of their own: what tells one from another, on whatever page it stands.

One thing is plainly the same on two pages of a shop when its name and its number are, or its name and its picture, or,
where it has neither, its name and its price. A price that changes makes a thing of the last kind another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.extract.model import Product

_SIZE = re.compile(
    r"(?:[-_.@](?:\d{2,4}x\d{0,4}|\d{2,4}w|\dx|thumb(?:nail)?|small|medium|large|scaled|grande|compact))+(?=\.\w{2,5}$|$)",
    re.IGNORECASE,
)
"""What the same picture has in its name for another size of it: ``vase-300x300.jpg``, ``vase_small.jpg``."""


def identities(products: Iterable[Product]) -> dict[int, str]:
    """``id`` of each product of one page → what tells its thing from others; two of one name and picture that are not
    asked the same price are two things."""
    found: dict[str, list[Product]] = defaultdict(list)
    for product in products:
        found[_identity(product)].append(product)
    told: dict[int, str] = {}
    for identity, alike in found.items():
        differ = len({_price(one) for one in alike}) > 1
        told |= {id(one): f"{identity}#{_price(one)}" if differ else identity for one in alike}
    return told


def _identity(product: Product) -> str:
    title = " ".join(str(product.value("title") or "").casefold().split())
    number = product.value("sku") or product.value("shop_product_id")
    if number:
        return f"{title}#number {number}"
    pictures = product.value("images")
    picture = _picture(pictures[0]) if pictures else ""
    return f"{title}#picture {picture}" if picture else f"{title}#price {_price(product)}"


def _picture(url: str) -> str:
    """The file of a picture without what says its size; its whole address where a parameter names it."""
    parts = urlsplit(url)
    leaf = parts.path.rpartition("/")[2]
    return _SIZE.sub("", leaf).casefold() if "." in leaf and not _is_script(leaf) else url


def _is_script(leaf: str) -> bool:
    return leaf.rpartition(".")[2].lower() in ("php", "asp", "aspx", "ashx", "jsp", "cgi")


def _price(product: Product) -> str:
    price = product.value("price")
    return (
        f"{price.amount.normalize():f} {price.currency or ''}" if price is not None and price.amount is not None else ""
    )
