"""JSON-LD: blocks that machines read, as people write them, with the repairs that real ones need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import chompjs
import orjson
from lxml import etree

from crawler.extract.document import Document
from crawler.extract.markup.graph import Node, Source, Subject, is_product, types
from crawler.extract.markup.schema_product import subject
from crawler.extract.model import Page

BLOCK_LIMIT = 2_000_000  # characters of one block: product groups of large shops reach 600 kB
REPAIR_LIMIT = 500_000  # characters that the lenient parsers are given; they are a hundred times slower
NODE_LIMIT = 20_000  # nodes that are looked at in one page
DEPTH_LIMIT = 40  # a product stands 3–6 levels deep, in generated graphs up to 12

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>)\s*$")
_COMMAS = re.compile(r",(?:\s{0,20},){1,20}")  # a value that a template left out
_ELSEWHERE = frozenset(
    {
        "isrelatedto",
        "issimilarto",
        "isaccessoryorsparepartfor",
        "isconsumablefor",
        "review",
        "reviews",
        "itemlistelement",
        "relatedproduct",
        "suggestedanswer",
        "mentions",
        "hasvariant",
        "isvariantof",
        "itemoffered",
        "hasofferCatalog",
    }
)
_LISTS = frozenset({"itemlist", "collectionpage", "searchresultspage", "offercatalog", "productcollection"})


def blocks(document: Document, page: Page) -> Iterator[tuple[etree._Element, Any]]:
    """The parsed blocks of a page; what cannot be repaired is counted and left out."""
    for script in document.scripts:
        if "ld+json" not in script.kind or not script.text.strip():
            continue
        found, repaired = loads(script.text)
        if found is None:
            page.problem("json_ld.malformed")
            continue
        if repaired:
            page.problem("json_ld.repaired")
        yield script.element, found


def loads(text: str) -> tuple[Any, bool]:
    """Parse a block by the chain strict → lenient → JavaScript; ``(None, …)`` when all fail."""
    if len(text) > BLOCK_LIMIT:
        return None, False
    try:
        return orjson.loads(text), False
    except (orjson.JSONDecodeError, RecursionError):
        pass
    clean = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";").strip()
    for candidate in dict.fromkeys((clean, unescape(clean) if "&quot;" in clean else clean)):
        try:
            return json.loads(candidate, strict=False), True
        except (ValueError, RecursionError):
            pass
    return _lenient(clean), True


def _lenient(text: str) -> Any:
    """Trailing commas, single quotes, several values in a row, comments: what JavaScript would take."""
    if len(text) > REPAIR_LIMIT or _depth(text) > DEPTH_LIMIT:
        return None
    text = _COMMAS.sub(",", text)
    try:
        found: list[Any] = list(chompjs.parse_js_objects(text, loader_kwargs={"strict": False}))
    except (ValueError, RecursionError, IndexError):
        return None
    return found if len(found) > 1 else (found[0] if found else None)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[\[{}\]]", text):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def read(document: Document, page: Page) -> tuple[list[Subject], list[tuple[Node, str, Source]]]:
    """Products that the blocks describe, and every other typed node (breadcrumbs, organisation, page)."""
    subjects: list[Subject] = []
    others: list[tuple[Node, str, Source]] = []
    by_id: dict[str, tuple[Node, str, etree._Element | None]] = {}
    found = [(script, list(_walk(value, script, by_id))) for script, value in blocks(document, page)]
    for script, nodes in found:
        source = Source(document, "json_ld", script, by_id)
        for node, pointer, listed in nodes:
            if is_product(node) and (len(node) > 2):  # @type and @id alone are a reference
                one = subject(node, pointer, source)
                one.listed = listed
                subjects.append(one)
            else:
                others.append((node, pointer, source))
    return subjects, others


def _walk(value: Any, script: etree._Element, by_id: dict[str, Any]) -> Iterator[tuple[Node, str, bool]]:
    """Every typed node with its pointer, outside in; ``listed`` below lists, reviews and relations."""
    stack: list[tuple[Any, str, bool, int]] = [(value, "", False, 0)]
    seen = 0
    while stack and seen < NODE_LIMIT:
        value, pointer, listed, depth = stack.pop()
        seen += 1
        if depth > DEPTH_LIMIT:
            continue
        if isinstance(value, list):
            stack += [
                (inner, f"{pointer}/{i}", listed, depth + 1) for i, inner in reversed(list(enumerate(value[:2000])))
            ]
        elif isinstance(value, dict):
            kinds = types(value)
            if isinstance(value.get("@id"), str) and len(value) > 1:
                known = by_id.get(value["@id"])
                if known is None or len(known[0]) < len(value):
                    by_id[value["@id"]] = (value, pointer, script)
            if kinds:
                yield value, pointer, listed
            below = listed or not _LISTS.isdisjoint(kinds)
            stack += [
                (inner, f"{pointer}/{key}", below or key.lower() in _ELSEWHERE or is_product(value), depth + 1)
                for key, inner in reversed(value.items())
                if isinstance(inner, (dict, list))
            ]
