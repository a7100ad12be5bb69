"""A saved page of results → a profile to start from: selectors or pointers that a person then checks and mends."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import orjson
from lxml import etree

from crawler.extract.document import parse
from crawler.money import read_prices

LEAST_ROWS = 4  # alike elements that make a list; a page of results with fewer cannot show what repeats
PLAIN = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
PAGING = re.compile(r"p|pg|page|paged|seite|pagina|página|strona|_pgn|pageno|page_?number|sayfa", re.IGNORECASE)
KEYWORD = re.compile(
    r"q|_nkw|query|search|s|k|kw|keywords?|term|terms|text|wort|suche|buscar|szukaj|fts", re.IGNORECASE
)
STRUCK = ("del", "s", "strike")
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


def search_of(url: str) -> str:
    """The search address behind that of a page of results: its words and page become ``{keyword}`` and ``{page}``."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query)
    counted = next((name for name, value in pairs if value.isdigit() and PAGING.fullmatch(name)), "")
    spoken = next((name for name, _ in pairs if KEYWORD.fullmatch(name)), "")
    spoken = spoken or next((name for name, value in pairs if name != counted and not value.isdigit()), "")
    filled = {spoken: "{keyword}", counted: "{page}"}
    said = [f"{quote(name)}={filled.get(name) or quote(value)}" for name, value in pairs]
    said += [] if spoken else ["q={keyword}"]
    said += [] if counted else ["page={page}"]
    path = parts.path if pairs else "/search"
    return f"{parts.scheme}://{parts.netloc}{path}?{'&'.join(said)}"


def _of_html(root: etree._Element) -> dict[str, Any] | None:
    groups: dict[str, list[etree._Element]] = defaultdict(list)
    for element in root.iter(etree.Element):
        for selector in _kinds(element):
            groups[selector].append(element)
    listed = {kind: rows for kind, rows in groups.items() if len(rows) >= LEAST_ROWS and _is_list(rows)}
    if not listed:
        return None
    selector, rows = max(listed.items(), key=lambda one: _worth(one[1]))
    fields = {field: place for field, place in _places(rows) if place}
    return {"form": "html", "rows": selector, "fields": fields, "minimum": max(1, len(rows) // 2)}


def _kinds(element: etree._Element) -> list[str]:
    """The selectors that an element shares with its like: by its first class, all of them, or its place without any."""
    names = _classes(element)
    if names:
        return list(dict.fromkeys([f"{element.tag}.{names[0]}", f"{element.tag}.{'.'.join(names)}"]))
    parent = element.getparent()
    if parent is None or element.tag not in ("li", "tr", "div", "article", "section", "a", "dd"):
        return []
    above = _classes(parent)
    return [f"{parent.tag}.{above[0]} > {element.tag}" if above else f"{parent.tag} > {element.tag}"]


def _classes(element: etree._Element) -> list[str]:
    """The classes that a selector can name as they are: those of utility frameworks hold signs (``md:w-1/2``)."""
    return [name for name in str(element.get("class") or "").split() if PLAIN.fullmatch(name)]


def _worth(rows: list[etree._Element]) -> tuple[int, int]:
    """Results less what is none, then how much a row holds: its outermost element and no part of it."""
    good = sum(bool(_links(row)) and _priced(row) is not None for row in rows)
    return 2 * good - len(rows), sum(1 for _ in rows[0].iter())


def _is_list(rows: list[etree._Element]) -> bool:
    """Whether most rows hold a link and one price, and none holds another."""
    held = set(rows)
    if any(up in held for row in rows for up in row.iterancestors()):
        return False
    good = sum(bool(_links(row)) and _priced(row) is not None for row in rows)
    return good * 3 >= len(rows) * 2


def _priced(row: etree._Element) -> etree._Element | None:
    """The innermost element that holds nothing but a price and is not struck out."""
    hits = [
        one
        for one in row.iter(etree.Element)
        if one.tag not in STRUCK and len(said := _text(one)) < 60 and (found := read_prices(said))
        and found[0].money is not None and found[0].money.currency
        and not any(up.tag in STRUCK for up in one.iterancestors())
    ]  # fmt: skip
    return hits[-1] if hits and len(_text(row)) < LONGEST else None


def _places(rows: list[etree._Element]) -> list[tuple[str, Any]]:
    row = next(one for one in rows if _links(one) and _priced(one) is not None)
    links, price = _links(row), _priced(row)
    title = _title(row, links, price)
    link = next((one for one in links if one in (title, *title.iterancestors())), links[0])
    others = [one for one in links if one not in (link, title) and _text(one) and one.get("href") != link.get("href")]
    number = next((n for n in map(str, row.attrib) if n.startswith("data-") and _differs(rows, n)), None)
    address = "./@href" if link is row else f"{_selector(link, row)}::attr(href)"
    found: list[tuple[str, Any]] = [
        ("id", f"./@{number}" if number else {"at": address, "match": r"([\w-]*\d[\w-]*)/?(?:\?|$)"}),
        ("title", _selector(title, row)),
        ("url", address),
        ("price", _selector(price, row) if price is not None else None),
        ("images", "img::attr(src)" if next(row.iter("img"), None) is not None else None),
    ]
    if others:
        seller = _selector(others[-1], row)
        found += [("seller.id", {"at": f"{seller}::attr(href)", "match": r"([^/?=]+)/?$"}), ("seller.name", seller),
                  ("seller.url", f"{seller}::attr(href)")]  # fmt: skip
    return found


def _title(row: etree._Element, links: list[etree._Element], price: etree._Element | None) -> etree._Element:
    """What names the thing: a heading, else the link that says most, else in it the text that says most."""
    heading = next((one for one in row.iter("h1", "h2", "h3", "h4", "h5", "h6") if _text(one)), None)
    if heading is not None:
        return heading
    said = max(links, key=lambda one: len(_text(one)))
    if said is not row and _text(said) and (price is None or said not in price.iterancestors()):
        return said
    leaves = [one for one in row.iter(etree.Element) if one is not price and len(one) == 0 and _text(one)]
    return max(leaves, key=lambda one: len(_text(one)), default=said)


def _links(row: etree._Element) -> list[etree._Element]:
    return [link for link in row.iter("a") if link.get("href")]


def _differs(rows: list[etree._Element], name: str) -> bool:
    values = [row.get(name) for row in rows]
    return None not in values and len(set(values)) > len(values) * 0.8


def _selector(element: etree._Element, row: etree._Element) -> str:
    """A selector below the row that meets this element first: its own class, else what it stands in, else its place."""
    names = _classes(element)
    tag = str(element.tag)
    for own in [f"{tag}.{'.'.join(names[:n])}" for n in range(1, len(names) + 1)] + [tag]:
        if next(iter(_met(own, row)), None) is element:
            return own
    parent = element.getparent()
    if parent is None or parent is row or element is row:
        before = list(element.itersiblings(tag, preceding=True))
        return f"{tag}:nth-of-type({len(before) + 1})"
    return f"{_selector(parent, row)} {tag}"


def _met(selector: str, row: etree._Element) -> list[etree._Element]:
    """The elements below a row that ``tag.class`` names."""
    tag, *names = selector.split(".")
    below = (one for one in row.iter(tag) if one is not row)
    return [one for one in below if set(names) <= set(str(one.get("class") or "").split())]


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
