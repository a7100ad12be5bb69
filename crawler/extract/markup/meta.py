"""OpenGraph, product and Twitter meta elements."""

from __future__ import annotations

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject, text_of
from crawler.extract.model import Place, Reading
from crawler.money import Money, read_amount

EXTRACTOR = "meta"
_PRICES = ("product:sale_price:amount", "product:price:amount", "og:price:amount", "product:price", "twitter:data1")
_CURRENCIES = ("product:sale_price:currency", "product:price:currency", "og:price:currency")
_PLAIN = {
    "title": ("og:title", "twitter:title"),
    "description": ("og:description", "description", "twitter:description"),
    "brand": ("product:brand", "og:brand"),
    "sku": ("product:retailer_item_id", "product:sku"),
    "mpn": ("product:mfr_part_no",),
    "url": ("og:url",),
}


def read(document: Document) -> Subject:
    """What the meta elements say about the page's subject."""
    found = Subject(EXTRACTOR)
    for name, keys in _PLAIN.items():
        for key in keys:
            for content, element in document.metas.get(key, ())[:1]:
                value = values.code(content) if name in ("sku", "mpn") else text_of(content)
                found.add(name, _reading(value, content, element))
    _price(document, found)
    for key in ("product:availability", "og:availability", "product:availibility"):
        for content, element in document.metas.get(key, ())[:1]:
            found.add("availability", _reading(values.availability(content), content, element))
    for content, element in document.metas.get("product:condition", ())[:1]:
        found.add("condition", _reading(values.condition(content), content, element))
    for key in ("product:ean", "product:gtin", "product:upc", "product:isbn"):
        for content, element in document.metas.get(key, ())[:1]:
            found.add("gtin", _reading(values.gtin(content), content, element))
    for content, element in document.metas.get("product:category", ())[:1]:
        found.add("category", _reading(values.category(content), content, element))
    _images(document, found)
    return found


def product_score(document: Document) -> float:
    """How strongly the meta elements call the page a product: by type, by price, or by both."""
    typed = "product" in document.meta("og:type").lower() and "group" not in document.meta("og:type").lower()
    return typed * 1.5 + any(key in document.metas for key in _PRICES[:4]) * 1.2


def _reading(value: object, content: str, element: etree._Element) -> Reading:
    return Reading(value, EXTRACTOR, Place(element, "/@content"), content)


def _price(document: Document, found: Subject) -> None:
    code = next((values.currency(document.meta(key)) for key in _CURRENCIES if document.meta(key)), None)
    for key in _PRICES[:4]:
        for content, element in document.metas.get(key, ())[:1]:
            amount = read_amount(content, document.hints(code))
            if amount is not None and amount >= 0:
                reason = "declared by the page (meta)" if code else ""
                found.add("price", _reading(Money(amount=amount, currency=code, reason=reason), content, element))
    for content, element in document.metas.get("product:original_price:amount", ())[:1]:
        amount = read_amount(content, document.hints(code))
        if amount:
            found.add("list_price", _reading(Money(amount=amount, currency=code), content, element))


def _images(document: Document, found: Subject) -> None:
    urls: list[str] = []
    elements: list[etree._Element] = []
    for content, element in [*document.metas.get("og:image", ()), *document.metas.get("og:image:secure_url", ())][:20]:
        url = values.image(content, document)
        if url and url not in urls:
            urls.append(url)
            elements.append(element)
    if urls:
        found.add("images", _reading(tuple(urls), urls[0], elements[0]))
