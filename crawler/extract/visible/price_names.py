"""What class and id of an element say of the price in it: a former one, a new one, a regular one, a list of prices."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.names import ENDS, SIGN, WORD_BOUNDS, any_of, beginnings

AROUND = 4  # elements whose names speak of an amount: its own and three around it
_PRICE = re.compile(r"price|preis|prix|precio|prezzo|cena|amount|cost|pris\b|fiyat|hinta|jiage|money")
_OLD = (
    r"old was strike striked struck strikethrough line-?through compare\w{0,10} rrp msrp uvp list-?price normalprice"
    " non-?discounted(?:-?price)? origin-?price original(?:-?price)? former(?:-?price)? slashed(?:-?price)?"
    " suggested(?:-?retail)?-?price before[_-](?:price|discount|sale|reduction) crossed market-?price retail-?price"
    " cut-?price previous-?price price-?old price-?was price-?standard price-?before price-?rrp price-?previous"
    " price-?origin(?:al)? price-?former price-?crossed price-?striked? price-?struck price-?suggested price-?msrp"
)
_NEW = "price-?new new-?price sale-?price special-?price discounted-?price offer-?price campaign-?price"
"""The lower price, whatever the element around it and the former one is called."""
_REGULAR = "regular-?price price-?regular full-?price standard-?price"
"""The former price where a lower one stands beside it, else the price: nothing says that it is struck."""
_LISTED = "price-?list"  # on the amount's own element; around it a list of prices
_COLUMN = "list-?price"
_PACK = "pack[_-]?price"  # PrestaShop: what the parts of a pack cost one by one
_BEGINNINGS = beginnings((_OLD, _NEW, _REGULAR, _LISTED, _COLUMN, _PACK))
_PATTERNS = (
    re.compile(rf"(?<!with)(?<!has){SIGN}{any_of(_OLD)}{ENDS}"),  # "with-list-price" has a former price beside it
    *(re.compile(f"{SIGN}{any_of(one)}{ENDS}") for one in (_NEW, _REGULAR, _LISTED, _COLUMN, _PACK)),
)


class PriceNames(NamedTuple):
    """What the names of one element say."""

    price: bool = False
    old: bool = False
    new: bool = False
    """The lower price, whatever the element around it and the former one is called."""
    regular: bool = False
    listed: bool = False
    column: bool = False
    pack: bool = False


_NOTHING, _PRICED = PriceNames(), PriceNames(price=True)
Around = list[tuple[etree._Element, PriceNames]]


def around(element: etree._Element, document: Document) -> Around:
    """An element and those around it, nearest first, each with what its names say."""
    found: Around = []
    current: etree._Element | None = element
    while current is not None and len(found) < AROUND:
        found.append((current, said(document.called(current)) if document.attributes[current] else _NOTHING))
        current = current.getparent()
    return found


def is_of_price(names: str) -> bool:
    """Whether a word for price is in some names, whatever else they say."""
    return _PRICE.search(names.lower()) is not None


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def said(names: str) -> PriceNames:
    """What class and id, as one text, say of a price."""
    if len(names) < 3:
        return _NOTHING
    low = f" {names.lower()}"
    price = _PRICE.search(low) is not None
    if not names.islower():
        low = f" {WORD_BOUNDS.sub('-', names).lower()}"  # oldPrice
    if next(_BEGINNINGS.iter(low), None) is None:
        return _PRICED if price else _NOTHING
    return PriceNames(price, *(pattern.search(low) is not None for pattern in _PATTERNS))
