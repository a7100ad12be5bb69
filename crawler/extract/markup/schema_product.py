"""A schema.org product node as a subject; a product group with its choices."""

from __future__ import annotations

from decimal import Decimal

from crawler.extract.markup.graph import Node, Source, Subject, nodes
from crawler.extract.markup.schema_fields import codes, images, name_of, plain
from crawler.extract.markup.schema_offers import VARIANT_LIMIT, as_variants, offers
from crawler.money import Money


def subject(node: Node, pointer: str, source: Source) -> Subject:
    """Everything a product node says."""
    found = Subject(source.extractor)
    plain(node, pointer, source, found)
    codes(node, pointer, source, found)
    for name in ("brand", "manufacturer"):
        found.add("brand", name_of(node, name, pointer, source))
    images(node, pointer, source, found)
    offers(node, pointer, source, found)
    _variants(node, pointer, source, found)
    return found


def _variants(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """A product group: its choices, and the price of the one this address names, else the lowest."""
    choices = list(nodes(node, "hasVariant", pointer, source))[:VARIANT_LIMIT]
    if not choices:
        return
    found.add("variants", as_variants(choices, source))
    subjects = [subject({**inner, "hasVariant": None}, where, source) for inner, where in choices[:VARIANT_LIMIT]]
    here = [one for one in subjects if one.first("url") and source.document.url.endswith(_tail(one.first("url")))]
    ranked = here or sorted(subjects, key=lambda one: _amount(one.first("price")))
    for name, readings in ranked[0].readings.items():
        if name not in found.readings and (here or name not in ("sku", "mpn", "gtin", "title", "url")):
            found.readings[name] = readings


def _tail(url: str) -> str:
    return url.split("/", 3)[-1] if "//" in url else url


def _amount(price: Money | None) -> Decimal:
    return price.amount if price else Decimal("Infinity")
