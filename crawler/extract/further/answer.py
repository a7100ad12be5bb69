"""An answer in JSON to whoever asked for more of a list, written as a page: the pieces of HTML that it holds, its data
as a script, and the address behind it as the attribute that a page would have.

The page is made of the answer alone, so that it can be made again; both are kept.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.extract.document import Document
from crawler.extract.further.data import following
from crawler.urls import same_storefront

BYTES = 5_000_000  # of an answer that is read; a hundred things take a tenth of that
DEPTH, NODES = 8, 30_000  # of the data that are looked through for pieces of HTML
PIECES = 500
MARK = "data-answer"
_PIECE = re.compile(r"<[a-z][^>]{0,1000}?\shref\s{0,5}=", re.IGNORECASE)
_ENTRY = frozenset({"price", "prices", "sku"})
"""What an object has that is a thing itself: HTML in it is its description."""


def as_page(body: bytes, url: str) -> bytes | None:
    """The page in UTF-8; None for what is no JSON object or array."""
    try:
        value = json.loads(body) if len(body) <= BYTES else None
        script = json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict | list):
        return None
    pieces = list(_pieces(value))
    behind = following(value, url)
    more = f'<div data-load-more-url="{html.escape(behind)}"></div>' if behind and same_storefront(behind, url) else ""
    body_of = f'<main>{"".join(pieces)}</main>{more}<script type="application/json">{script}</script>'
    return f'<!doctype html><html><head></head><body {MARK}="json">{body_of}</body></html>'.encode("utf-8", "replace")


def is_one(document: Document) -> bool:
    """Whether a document is such a page."""
    return any(MARK in (document.attributes[element] or {}) for element in document.all("body"))


def _pieces(value: Any) -> Iterator[str]:
    """Texts that are HTML with links, outside of things."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    seen = found = 0
    while stack and seen < NODES and found < PIECES:
        node, depth = stack.pop()
        seen += 1
        if isinstance(node, str) and _PIECE.search(node):
            found += 1
            yield node
        if depth > DEPTH or (isinstance(node, dict) and _ENTRY & node.keys()):
            continue
        inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        stack += [(inner, depth + 1) for inner in reversed(list(inside))]
