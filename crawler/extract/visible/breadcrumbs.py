"""Breadcrumbs: where the shop files the page, from mark-up or from the visible trail."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import Document, text_content
from crawler.extract.markup.graph import Node, Source, leaves, nodes, text_of, types
from crawler.extract.model import Place, Reading
from crawler.extract.regions import TRAIL

LEVELS = 12  # a trail has 2–6 levels
ITEMS = 120  # entries of a trail with those of the menus that its steps open
_HOLDERS = ("nav", "ol", "ul", "div", "p", "td", "section")
_SIGNS = " >»›/|→⇒·•«:\\-–—"


def read(document: Document, others: list[tuple[Node, str, Source]], title: str) -> list[Reading]:
    """Trails of the page, best first, without the home page and without the product's own name."""
    found = [reading for node, pointer, source in others if (reading := _marked(node, pointer, source, title))]
    if not found or any(one.note for one in found):
        visible = _visible(document, title)
        if visible and all(len(one.value) < len(visible.value) for one in found):
            return [visible]
    return found


def _clean(names: list[str], title: str) -> tuple[str, ...]:
    names = [name for name in (text.strip(_SIGNS) for text in names) if name]
    words = labels.tables()
    names = [name for name in names if name.casefold() not in words.trail_around]
    while names and names[0].casefold() in words.trail_home:
        names = names[1:]
    if names and names[-1].casefold() == title.casefold():
        names = names[:-1]
    return tuple(names[:LEVELS])


def _marked(node: Node, pointer: str, source: Source, title: str) -> Reading | None:
    if "breadcrumblist" not in types(node):
        return None
    steps: list[tuple[float, str]] = []
    for item, where in nodes(node, "itemListElement", pointer, source):
        name = next((text_of(value) for value, _ in leaves(item, "name")), "")
        if not name:
            name = next(
                (
                    text_of(value)
                    for inner, _ in nodes(item, "item", where, source)
                    for value, _ in leaves(inner, "name")
                ),
                "",
            )
        steps.append((_position(item), name))
    names = _clean([name for _, name in sorted(steps, key=lambda step: step[0]) if name], title)
    if not names:
        return None
    place = Place(source.script, "" if source.extractor == "microdata" else f"#{pointer}/itemListElement")
    nameless = "" if all(name for _, name in steps) else "steps without a name"
    return Reading(names, source.extractor, place, " > ".join(names), nameless)


def _position(item: Node) -> float:
    for value, _ in leaves(item, "position"):
        try:
            return float(str(value)[:6])
        except ValueError:
            return 0.0
    return 0.0


def _visible(document: Document, title: str) -> Reading | None:
    for element in itertools.islice(_trails(document), 4):
        names = _steps(element)
        clean = _clean(names, title)
        if clean and len(names) <= LEVELS + 2:
            return Reading(clean, "visible", Place(element), " > ".join(names))
    return None


def _trails(document: Document) -> Iterator[etree._Element]:
    for name, element in document.named:
        if name == TRAIL and element.tag in _HOLDERS:
            yield element
    for element in document.all("nav"):
        if "rumb" in document.attributes[element].get("aria-label", ""):
            yield element


def _steps(element: etree._Element) -> list[str]:
    items = list(itertools.islice(element.iter("li"), ITEMS)) or list(itertools.islice(element.iter("a"), ITEMS))
    steps = [one for one in items if one.tag == "a" or not _is_inside_one(one, element)]
    texts = (text_content(_named(step)) for step in steps[: LEVELS * 2])
    return [text for text in texts if text and len(text) < 100]


def _is_inside_one(item: etree._Element, trail: etree._Element) -> bool:
    """Whether an entry stands in a menu that another entry of the trail opens."""
    above = itertools.takewhile(lambda one: one is not trail, item.iterancestors())
    return any(one.tag == "li" for one in above)


def _named(step: etree._Element) -> etree._Element:
    """What names a step: of one that opens a menu, its own link."""
    menu = step.tag == "li" and next(step.iter("ul", "ol"), None) is not None
    link = next(step.iter("a"), None) if menu else None
    return step if link is None else link
