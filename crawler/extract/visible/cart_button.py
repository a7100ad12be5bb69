"""The button that puts the subject into a cart: by its words, else by the names its code gives it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import Document
from crawler.extract.model import Field, Product
from crawler.extract.regions import NAMES_LIMIT, OUTSIDE
from crawler.extract.visible.view import GONE, View

_NAMES = re.compile(
    r"add[-_]?to[-_]?(?:cart|bag|basket|trolley)|[\s_-](?:btn|button)[-_]?cart(?=$|[\s_-])|buy[-_]?(?:now|button)"
)


def find(document: Document, view: View) -> None:
    """Note the first button that puts the subject into a cart, and how many there are."""
    for text in document.texts:
        if text.says.cart and text.region not in OUTSIDE:
            view.carts += not 0 <= view.end <= text.index
            if view.cart < 0 and text.index > view.headline.index:
                view.cart, view.cart_element = text.index, text.owner
    _by_name(document, view)
    _by_short_words(document, view)
    for element in document.all("input"):
        own = document.attributes[element]
        said = own.get("value") or own.get("alt") or own.get("title") or ""
        if own.get("type", "").lower() in ("submit", "button", "image") and labels.is_cart(said.casefold()):
            view.carts += 1
            if view.cart_element is None:
                view.cart_element = element


def _by_name(document: Document, view: View) -> None:
    """Buttons that their code calls so, in languages whose words for it are not known; others count nothing twice."""
    if view.carts:
        return
    for element in document.all("button", "a"):
        own = document.attributes[element]
        said = f"{own.get('class', '')} {own.get('id', '')} {own.get('name', '')}"[:NAMES_LIMIT]
        if not _says_cart(said) or document.outside(element):
            continue
        view.carts += 1
        index = min((document.first_text[one] for one in element.iter() if one in document.first_text), default=-1)
        if view.cart_element is None and (index > view.headline.index or index < 0):
            view.cart, view.cart_element = index, element


def _by_short_words(document: Document, view: View) -> None:
    """Buttons that say no more than "Add", where nothing says it better."""
    if view.carts:
        return
    for element in document.all("button"):
        index = min((document.first_text[one] for one in element.iter() if one in document.first_text), default=-1)
        if index < 0 or document.outside(element) or not labels.is_cart_on_a_button(document.texts[index].low):
            continue
        view.carts += not 0 <= view.end <= index
        if view.cart_element is None and index > view.headline.index:
            view.cart, view.cart_element = index, element


def is_open(element: etree._Element | None) -> bool:
    """Whether a cart button is there and not switched off."""
    current = element
    for _ in range(3):
        if current is None or current.tag == "form":
            break
        if current.get("disabled") is not None or "disabled" in (current.get("class") or "").split():
            return False
        current = current.getparent()
    return element is not None


def without_choices(product: Product) -> None:
    """A button that is all that says "in stock", where none of the choices can be had: its script will shut it."""
    stock, choices = product.fields.get("availability"), product.fields.get("variants")
    if stock is None or choices is None or stock.reading.extractor != "cart_button" or stock.value in GONE:
        return
    if all(one.availability in GONE for one in choices.value):
        why = "none of the choices can be had"
        gone = replace(choices.reading, value="OutOfStock")
        product.fields["availability"] = Field("OutOfStock", gone, why, ((stock.reading, why),))


_BADGE = re.compile(r"(?:badge|label|sticker|ribbon)s?(?:$|[\s_-])")


def is_idle_badge(stock: str, element: etree._Element, view: View, document: Document) -> bool:
    """Whether "Sold out" is a badge's and the thing can be put into the cart: a style sheet knows when to show it."""
    if stock not in GONE or view.cart < 0 or 0 <= view.end <= view.cart or not is_open(view.cart_element):
        return False
    around = (element, *islice(element.iterancestors(), 2))
    return document.texts[view.cart].says.cart and any(_BADGE.search(document.called(one).lower()) for one in around)


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def _says_cart(names: str) -> bool:
    return _NAMES.search(f" {names.lower()}") is not None
