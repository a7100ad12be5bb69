"""A saved page of results → a profile to start from: selectors or pointers that a person then checks and mends."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import orjson
from lxml import etree

from crawler.extract.document import parse
from crawler.money import read_prices

LEAST_ROWS = 4  # alike elements that make a list; a page of results with fewer cannot show what repeats
LONGEST = 2_000  # characters of a row; what is longer is a section, not a result
NAMES = {
    "id": r"(?:item|listing|lot|product|offer|ad)_?id|^id$|number",
    "title": r"title|heading|subject|^name$",
    "price": r"price|cost|amount",
    "url": r"url|href|link|page",
    "seller.id": r"(?:seller|shop|vendor|user|merchant|store).*(?:id|number|name)",
    "condition": r"condition",
    "images": r"image|picture|photo|thumb",
    "description": r"description|words|text",
}
"""Field → the names under which interfaces give it, tried on the whole pointer, in lower case."""


def propose(body: bytes, url: str) -> dict[str, Any] | None:
    """``form``, ``rows``, ``fields`` and ``minimum`` of a page; None when nothing repeats like a list of offers."""
    if body.lstrip()[:1] in (b"{", b"["):
        try:
            return _of_json(orjson.loads(body))
        except orjson.JSONDecodeError:
            return None
    return _of_html(parse(body, url, "").root)


def _of_html(root: etree._Element) -> dict[str, Any] | None:
    groups: dict[tuple[str, str], list[etree._Element]] = defaultdict(list)
    for element in root.iter(etree.Element):
        names = str(element.get("class") or "").split()
        if names:
            groups[str(element.tag), names[0]].append(element)
    listed = [(kind, rows) for kind, rows in groups.items() if len(rows) >= LEAST_ROWS and _is_list(rows)]
    if not listed:
        return None
    (tag, name), rows = max(listed, key=lambda one: (len(one[1]), len(list(one[1][0].iter()))))
    fields = {field: place for field, place in _places(rows) if place}
    return {"form": "html", "rows": f"{tag}.{name}", "fields": fields, "minimum": max(1, len(rows) // 2)}


def _is_list(rows: list[etree._Element]) -> bool:
    """Whether most rows hold a link and a price, and none holds another."""
    if any(up is rows[0] for row in rows[1:2] for up in row.iterancestors()):
        return False
    good = sum(bool(_links(row)) and _priced(row) is not None for row in rows)
    return good * 3 >= len(rows) * 2


def _priced(row: etree._Element) -> etree._Element | None:
    """The innermost element that holds nothing but a price and is not struck out."""
    hits = [
        one
        for one in row.iter(etree.Element)
        if one.tag not in ("del", "s", "strike") and len(said := _text(one)) < 60 and (found := read_prices(said))
        and found[0].money is not None and found[0].money.currency
    ]  # fmt: skip
    return hits[-1] if hits and len(_text(row)) < LONGEST else None


def _places(rows: list[etree._Element]) -> list[tuple[str, Any]]:
    row = next(one for one in rows if _priced(one) is not None)
    links = _links(row)
    title = max(links, key=lambda one: len(_text(one)))
    price = _priced(row)
    others = [one for one in links if one is not title and _text(one)]
    number = next((n for n in map(str, row.attrib) if n.startswith("data-") and _differs(rows, n)), None)
    where = _selector(title, row)
    found: list[tuple[str, Any]] = [
        ("id", f"./@{number}" if number else {"at": f"{where}::attr(href)", "match": r"([\w-]*\d[\w-]*)/?(?:\?|$)"}),
        ("title", where),
        ("url", f"{where}::attr(href)"),
        ("price", _selector(price, row) if price is not None else None),
        ("images", "img::attr(src)" if next(row.iter("img"), None) is not None else None),
    ]
    if others:
        seller = _selector(others[-1], row)
        found += [("seller.id", {"at": f"{seller}::attr(href)", "match": r"([^/?=]+)/?$"}), ("seller.name", seller),
                  ("seller.url", f"{seller}::attr(href)")]  # fmt: skip
    return found


def _links(row: etree._Element) -> list[etree._Element]:
    return [link for link in row.iter("a") if link.get("href")]


def _differs(rows: list[etree._Element], name: str) -> bool:
    values = [row.get(name) for row in rows]
    return None not in values and len(set(values)) > len(values) * 0.8


def _selector(element: etree._Element, row: etree._Element) -> str:
    """The shortest selector below the row: the element's class, or that of what it stands in."""
    names = str(element.get("class") or "").split()
    own = f"{element.tag}.{names[0]}" if names else str(element.tag)
    parent = element.getparent()
    if names or parent is None or parent is row:
        return own
    return f"{_selector(parent, row)} {own}"


def _text(element: etree._Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())


def _of_json(data: Any) -> dict[str, Any] | None:
    lists = [found for found in _lists(data, "") if len(found[1]) >= LEAST_ROWS]
    if not lists:
        return None
    pointer, rows = max(lists, key=lambda one: (len(_fields(one[1])), len(one[1])))
    return {"form": "json", "rows": pointer, "fields": _fields(rows), "minimum": max(1, len(rows) // 2)}


def _lists(value: Any, pointer: str, depth: int = 0) -> list[tuple[str, list[Any]]]:
    if depth > 6:
        return []
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, dict)]
        return [(pointer, rows)] if rows else []
    if isinstance(value, dict):
        return [hit for name, one in value.items() for hit in _lists(one, f"{pointer}/{name}", depth + 1)]
    return []


def _fields(rows: list[Any]) -> dict[str, Any]:
    leaves = _leaves(rows[0], "")
    found: dict[str, Any] = {}
    codes = [one for one in leaves if re.search(r"currency|iso$", one.lower())]
    for field, form in NAMES.items():
        fitting = [
            one
            for one in leaves
            if re.search(form, one.lower().rsplit("/", 1)[-1] if "." not in field else one.lower())
        ]
        fitting = fitting or [one for one in leaves if re.search(form, one.lower())]
        if fitting:
            found[field] = min(fitting, key=lambda one: (one in codes, len(one)))
    if "price" in found and codes:
        found["price"] = {"at": found["price"], "currency": codes[0]}
    return found


def _leaves(value: Any, pointer: str) -> list[str]:
    if isinstance(value, dict):
        return [leaf for name, one in value.items() for leaf in _leaves(one, f"{pointer}/{name}")]
    if isinstance(value, list):
        return _leaves(value[0], f"{pointer}/*") if value else []
    return [pointer] if value is not None else []
