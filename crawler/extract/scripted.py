"""Recognises a page that says nothing until its scripts have run, and names by what: pure, without running any."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.document import Document, text_content
from crawler.extract.markup import holes
from crawler.extract.model import Page

MOUNTS = frozenset({"app", "root", "main-app", "react-root", "__next", "__nuxt", "___gatsby", "q-app", "app-root",
                    "svelte", "ember-app", "shop-app", "store-app"})  # fmt: skip
"""Ids that frameworks and their templates mount a page on."""
LITTLE_TEXT = 400  # characters: a frame of menu and footer without content; the smallest real product pages have more
NO_TEXT = 60
PRICE_WORD = re.compile(
    r"(?<![a-z])(?:price|prices|preis|prix|precio|prezzo|preco|prijs|cena|pris|hinta|amount)(?![a-z])"
)
ASKS = re.compile(r"java\s?script", re.IGNORECASE)  # the word is the same in every language that was looked at
_ASKING = ("fetch", "XMLHttpRequest", "axios", "$.")  # the cheap test before it
ASKS_FOR_DATA = re.compile(r"\bfetch\s*\(|XMLHttpRequest|axios|\$\.(?:get|ajax|getJSON)\s*\(")


def reason(document: Document, page: Page) -> str:
    """Why the page cannot be read without its scripts, or "".

    ``empty_mount``: the element that a framework fills is empty; ``noscript_asks``: little text, and a ``noscript``
    that asks for JavaScript; ``no_text``: scripts and hardly a word; ``empty_price``: a product's page that has
    everything but what belongs into its empty price element, and a script; ``unfilled``: a place for a price that only
    a script fills, ``{{ product.price }}``.
    """
    if page.kind in ("list", "legal") or page.posts or any(product.value("price") for product in page.products):
        return ""
    if not _has_scripts(document):
        return ""
    if holes.of_prices(document):
        return "unfilled"
    size = sum(len(text.text) for text in document.texts)
    if size < LITTLE_TEXT and any(
        _is_empty_mount(element, document) for element in document.all("div", "main", "body")
    ):
        return "empty_mount"
    if size < LITTLE_TEXT and any(ASKS.search(text_content(one)[:500]) for one in document.root.iter("noscript")):
        return "noscript_asks"
    if size < NO_TEXT:
        return "no_text"
    return "empty_price" if document.all("h1") and _has_empty_price(document) else ""


def _has_scripts(document: Document) -> bool:
    return any(script.attributes.get("src") or _asks_for_data(script.text[:100_000]) for script in document.scripts)


def _asks_for_data(text: str) -> bool:
    return any(word in text for word in _ASKING) and ASKS_FOR_DATA.search(text) is not None


def _is_empty_mount(element: etree._Element, document: Document) -> bool:
    own = document.attributes[element]
    called = (own.get("id", "") if own else "").lower()
    return called in MOUNTS and len(text_content(element)) < NO_TEXT


def _has_empty_price(document: Document) -> bool:
    """An element that is called a price and holds nothing, outside of carts and neighbours."""
    return any(
        not text_content(element) and not element.get("content") and not document.outside(element)
        for element in document.all("span", "div", "p", "strong", "b", "ins", "output", "data")
        if PRICE_WORD.search(document.called(element).lower())
    )
