"""The plain fields of a schema.org product or offer node: name, description, category, codes, pictures, makers."""

from __future__ import annotations

from typing import Any

from crawler.extract import labels, values
from crawler.extract.document import text_content
from crawler.extract.markup.graph import Located, Node, Source, Subject, leaves, nodes, text_of
from crawler.extract.model import Reading

GTIN_NAMES = ("gtin", "gtin13", "gtin14", "gtin12", "gtin8", "ean", "isbn", "isbn13", "upc")
_FIELD_OF = {"name": "title", "inLanguage": "language", "category": "category"}


def plain(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """Name, description, address, category, condition and the id that the node states."""
    for name in ("name", "description", "url"):
        for value, where in leaves(node, name, pointer=pointer):
            found.add(_FIELD_OF.get(name, name), source.reading(text_of(value), value, where))
            break
    for value, where in leaves(node, "category", pointer=pointer):
        found.add("category", source.reading(values.category(text_of(value)), value, where))
    for value, where in leaves(node, "itemCondition", pointer=pointer):
        found.add("condition", source.reading(values.condition(str(value)), value, where))
    for value, where in leaves(node, "productID", pointer=pointer):
        found.add("product_id", source.reading(text_of(value), value, where))


def codes(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """SKU, MPN and a GTIN whose check digit is right."""
    for value, where in leaves(node, "sku", pointer=pointer):
        found.add("sku", source.reading(values.code(_without_label(text_of(value))), value, where))
        break
    for value, where in leaves(node, "mpn", "model", pointer=pointer):
        found.add("mpn", source.reading(values.code(text_of(value)), value, where))
        break
    for value, where in leaves(node, *GTIN_NAMES, pointer=pointer):
        if gtin := values.gtin(str(value)):
            found.add("gtin", source.reading(gtin, value, where))
            break


def _without_label(text: str) -> str:
    """A code whose label stands in the same element: "Ref.: CB-12"."""
    head, colon, rest = text.partition(":")
    return rest.strip() if colon and labels.meaning(head.casefold()) == "sku" else text


def images(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """Addresses of the pictures, each once."""
    urls: list[str] = []
    first: tuple[Any, str] | None = None
    places = list(leaves(node, "image", pointer=pointer))
    for inner, where in nodes(node, "image", pointer, source):
        places += leaves(inner, "contentUrl", "url", "@id", pointer=where)
    for value, where in places[:40]:
        url = values.image(str(value), source.document)
        if url and url not in urls:
            urls.append(url)
            first = first or (value, where)
    if first:
        found.add("images", source.reading(tuple(urls), *first))


def _shown(value: Any) -> str:
    """What a link shows that is itself the property: ``<a itemprop="brand" href="/makers/7">Halvor</a>``."""
    linked = isinstance(value, Located) and value.suffix == "/@href" and value.element is not None
    return text_content(value.element) if linked else ""


def name_of(node: Node, name: str, pointer: str, source: Source) -> Reading | None:
    """A property that is a string or a node with a name (brand, seller, manufacturer)."""
    for value, where in leaves(node, name, pointer=pointer):
        text = _shown(value) or text_of(value)
        if text and not text.startswith(("http:", "https:")):
            return source.reading(text, value, where)
    for inner, where in nodes(node, name, pointer, source):
        for value, place in leaves(inner, "name", pointer=where):
            if text := text_of(value):
                return source.reading(text, value, place)
    return None
