"""The shop's own id of a product: what makes an offer the same offer under another address."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.model import Place, Reading
from crawler.extract.platforms import table

_ID = re.compile(r"[\w-]{1,64}")
_ONE = re.compile(
    r"/(?:item|itm|product|produkt|produit|producto|prodotto|produto|artikel|articolo|articulo|goods|tovar|urun|termek|details?"
    r"|product[_-]?(?:info|details?|view|page)|(?:view|show)[_-]?(?:item|product))(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
"""A path that speaks of one product and names none: ``/item?id=SM-1000``, ``/product.php?id=17``."""
_OF_ONE = frozenset({"id", "no", "nr", "num", "number", "code", "art", "item", "product"})
BESIDE = 3  # levels from a button to the element that holds its fields too
CARD_DEPTH = 8  # ancestors between a form and the card it stands in; real cards need up to five
_CART_PATH = re.compile(
    r"/(?:cart|basket|checkout/cart|bag|warenkorb|panier)/add/(?:uenc/[^/]{0,500}/product/)?(\d{1,12})(?:/|$)"
)


def product_id(document: Document, cart: etree._Element | None) -> Reading | None:
    """The shop's own id of the product: a parameter of the address, else a field of the form with the cart button."""
    names = _url_names() | _OF_ONE if _ONE.search(document.url.partition("?")[0]) else _url_names()
    for name, value in _parameters(document.url):
        if name in names and _ID.fullmatch(value) and (name not in _OF_ONE or any(map(str.isdigit, value))):
            return Reading(value, "page", Place(None, "url"), f"{name}={value}")
    form = _form(cart)
    if form is None or document.outside(form) or _in_card(form):
        return None
    match = _CART_PATH.search(form.get("action") or "")
    if match:
        return Reading(match[1], "page", Place(form, "/@action"), form.get("action") or "")
    wanted = _form_names()
    for element in form.iter("input", "button"):
        value = element.get("value") or ""
        if element.get("name") in wanted and _ID.fullmatch(value) and value != "0":
            return Reading(value, "page", Place(element, "/@value"), value, f"form field {element.get('name')}")
    return None


def _in_card(form: etree._Element) -> bool:
    """Whether the form buys another product: where the subject is sold out, the first cart button is a neighbour's."""
    for ancestor in islice(form.iterancestors(), CARD_DEPTH):
        if next(ancestor.iter("h1"), None) is not None:
            return False
        if ancestor.tag in ("li", "article") and next(ancestor.iter("a"), None) is not None:
            return True
    return False


def _form(cart: etree._Element | None) -> etree._Element | None:
    """The form of the cart button; OpenCart writes none, its fields stand beside the button."""
    current = cart
    while current is not None and current.tag != "form":
        current = current.getparent()
    if current is not None or cart is None:
        return current
    for around in islice(cart.iterancestors(), BESIDE):
        if any(field.get("name") in _form_names() for field in around.iter("input")):
            return around
    return None


@lru_cache(maxsize=2)
def _url_names() -> frozenset[str]:
    return frozenset(table()["generic"].url)


@lru_cache(maxsize=2)
def _form_names() -> frozenset[str]:
    names = (re.search(r"name=([\w-]+)", query.css) for query in table()["generic"].fields["shop_product_id"])
    return frozenset(match[1] for match in names if match)


def _parameters(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query[:2000], max_num_fields=50)
    except ValueError:
        return []
