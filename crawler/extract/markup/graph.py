"""schema.org nodes, and how to walk them, for the three syntaxes that write them (JSON-LD, microdata, RDFa).

A node is a dictionary as JSON-LD has it; microdata and RDFa build the same shape with ``Located`` strings as leaves,
so that every leaf knows its element. Nothing here trusts a type: any value may be a list, a number, a node or absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import Any

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.model import Place, Reading

PRODUCT_TYPES = frozenset(
    {
        "product",
        "productgroup",
        "individualproduct",
        "productmodel",
        "someproducts",
        "vehicle",
        "car",
        "book",
        "game",
        "videogame",
        "softwareapplication",
        "mobileapplication",
        "webapplication",
        "musicalbum",
        "drug",
        "dietarysupplement",
        "product_group",
        "motorcycle",
        "bookseries",
        "itempage_product",
    }
)

Node = dict[str, Any]


class Located(str):
    """A string that knows which element it stood in (microdata, RDFa)."""

    element: etree._Element
    suffix: str = ""


@dataclass(slots=True)
class Subject:
    """What one source says about one product."""

    extractor: str
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    listed: bool = False
    """It stands in a list or is named as related, so it is hardly the page's own subject."""

    def add(self, name: str, reading: Reading | None) -> None:
        """Keep a reading; ``None`` and empty values are nothing read."""
        if reading is not None and (reading.value or reading.value not in (None, "", ())):  # a model compares slowly
            self.readings.setdefault(name, []).append(reading)

    def first(self, name: str) -> Any:
        """The first value of a field."""
        found = self.readings.get(name)
        return found[0].value if found else None


@dataclass(slots=True)
class Source:
    """Where nodes come from: how to name a place, and how to follow an ``@id``."""

    document: Document
    extractor: str
    script: etree._Element | None = None
    by_id: dict[str, tuple[Node, str, etree._Element | None]] = field(default_factory=dict)

    def place(self, value: Any, pointer: str) -> Place:
        """Place of a leaf: its own element, or a JSON pointer into the script."""
        if isinstance(value, Located):
            return Place(value.element, value.suffix)
        return Place(self.script, "#" + pointer)

    def reading(self, value: Any, raw: Any, pointer: str, note: str = "") -> Reading:
        """A reading of a leaf."""
        return Reading(value, self.extractor, self.place(raw, pointer), str(raw), note)


def types(node: Any) -> tuple[str, ...]:
    """Lower-case local names of a node's types."""
    if not isinstance(node, dict):
        return ()
    said = node.get("@type")
    found = said if isinstance(said, list) else [said]
    return tuple(local(name) for name in found[:8] if isinstance(name, str))


def local(name: str) -> str:
    """Last part of a type's or value's address, in lower case."""
    return name.rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1].strip().lower()


def is_product(node: Any) -> bool:
    """Whether a node is a thing that could be sold here."""
    return any(name in PRODUCT_TYPES for name in types(node))


def leaves(node: Node, *names: str, pointer: str = "") -> Iterator[tuple[Any, str]]:
    """Scalar values of the named properties, with their pointers; lists are opened, ``@value`` too."""
    for name in names:
        raw = node.get(name)
        if raw is None:
            continue
        for value, where in _each(raw, f"{pointer}/{name}"):
            if isinstance(value, dict) and "@value" in value:
                value, where = value["@value"], where + "/@value"
            if isinstance(value, (str, int, float, Decimal)) and not isinstance(value, bool):
                yield value, where


def nodes(node: Node, name: str, pointer: str, source: Source) -> Iterator[tuple[Node, str]]:
    """The nodes a property holds or refers to."""
    raw = node.get(name)
    if raw is None:
        return
    for value, where in _each(raw, f"{pointer}/{name}"):
        if isinstance(value, dict):
            yield follow(value, where, source)


def follow(node: Node, where: str, source: Source) -> tuple[Node, str]:
    """The node an ``@id`` reference means; the node itself when it says something of its own."""
    target = node.get("@id")
    if isinstance(target, str) and len(node) <= 2 and target in source.by_id:  # @id and perhaps @type
        found, pointer, script = source.by_id[target]
        if script is source.script:
            return found, pointer
    return node, where


def _each(raw: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    if isinstance(raw, list):
        for index, value in enumerate(raw[:1000]):
            yield value, f"{pointer}/{index}"
    else:
        yield raw, pointer


def text_of(value: Any) -> str:
    """A leaf as a line of text: entities that were escaped twice, or once more, are opened, spaces are one."""
    text = str(value)
    if "&" in text:
        text = unescape(unescape(text))
    return " ".join(text.split())
