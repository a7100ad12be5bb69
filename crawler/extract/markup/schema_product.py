"""A schema.org product node as a subject; a product group with its choices."""

from __future__ import annotations

from decimal import Decimal

from crawler.extract.markup.graph import Node, Source, Subject, leaves, nodes
from crawler.extract.markup.schema_fields import codes, images, name_of, plain
from crawler.extract.markup.schema_offers import ANY_CHOICE, VARIANT_LIMIT, as_variants, offers
from crawler.extract.visible.view import GONE
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
    """A product group: its choices, and the price of the one this address names, else the lowest that can be had."""
    choices = list(nodes(node, "hasVariant", pointer, source))[:VARIANT_LIMIT]
    if not choices:
        return
    found.add("variants", as_variants(choices, source))
    subjects = [subject({**inner, "hasVariant": None}, where, source) for inner, where in choices[:VARIANT_LIMIT]]
    here = _shown_here(choices, source) if len(choices) > 1 else 0  # the only choice is the product
    ranked = [subjects[here]] if here is not None else sorted(subjects, key=_preselected)
    for name, readings in ranked[0].readings.items():
        if name not in found.readings and (here is not None or name not in ("sku", "mpn", "gtin", "title", "url")):
            found.readings[name] = readings
            if name == "price" and here is None and len(subjects) > 1:
                readings[0].note = ANY_CHOICE


def _preselected(choice: Subject) -> tuple[bool, Decimal]:
    """What can be had before what cannot, then the lower price."""
    return choice.first("availability") in GONE, _amount(choice.first("price"))


def _shown_here(choices: list[tuple[Node, str]], source: Source) -> int | None:
    """Which choice has this page's address, or the one that the page calls its own; None where several have it."""
    addresses = [_addresses(node, where, source) for node, where in choices]
    for here in (source.document.url, source.document.canonical):
        found = [index for index, urls in enumerate(addresses) if here and any(here.endswith(url) for url in urls)]
        if len(found) == 1:
            return found[0]
    return None


def _addresses(node: Node, where: str, source: Source) -> set[str]:
    """What a choice and its offers call their address, without the host."""
    around = [node, *(offer for offer, _ in nodes(node, "offers", where, source))]
    tails = (_tail(str(value)) for one in around for value, _ in leaves(one, "url"))
    return {tail for tail in tails if tail}


def _tail(url: str) -> str:
    return url.split("/", 3)[-1] if "//" in url else url


def _amount(price: Money | None) -> Decimal:
    return price.amount if price else Decimal("Infinity")
