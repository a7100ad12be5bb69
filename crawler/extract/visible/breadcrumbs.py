"""Breadcrumbs: where the shop files the page, from mark-up or from the visible trail."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lxml import etree

from crawler.extract.document import Document, text_content
from crawler.extract.markup.graph import Node, Source, leaves, nodes, text_of, types
from crawler.extract.model import Place, Reading
from crawler.extract.regions import TRAIL

LEVELS = 12  # a trail has 2–6 levels
_HOLDERS = ("nav", "ol", "ul", "div", "p", "td", "section")
_HOME = frozenset(
    {
        "home",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "strona główna",
        "главная",
        "anasayfa",
        "ana sayfa",
        "hem",
        "hjem",
        "etusivu",
        "首页",
        "首頁",
        "ホーム",
        "トップ",
        "trang chủ",
        "beranda",
        "الرئيسية",
        "domů",
        "úvod",
        "főoldal",
        "acasă",
        "homepage",
        "home page",
        "top",
        "catalog",
        "back",
        "αρχική",
        "головна",
        "hlavní stránka",
        "shop",
        "forside",
        "hoofdpagina",
        "홈",
        "หน้าแรก",
    }
)
_SIGNS = " >»›/|→·•«:\\"


def read(document: Document, others: list[tuple[Node, str, Source]], title: str) -> list[Reading]:
    """Trails of the page, best first, without the home page and without the product's own name."""
    found = [reading for node, pointer, source in others if (reading := _marked(node, pointer, source, title))]
    if not found:
        visible = _visible(document, title)
        found += [visible] if visible else []
    return found


def _clean(names: list[str], title: str) -> tuple[str, ...]:
    names = [name for name in (text.strip(_SIGNS) for text in names) if name]
    while names and names[0].casefold() in _HOME:
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
    return Reading(names, source.extractor, place, " > ".join(names))


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
    items = list(element.iter("li")) or list(element.iter("a"))
    texts = (text_content(item) for item in items[: LEVELS * 2])
    return [text for text in texts if text and len(text) < 100]
