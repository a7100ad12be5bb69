"""The objects that a page's scripts hold: JSON scripts whole, and assignments and calls whose argument is an object.

Scripts are data here and are never run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import chompjs
import orjson
from lxml import etree

from crawler.extract.document import Document

STATE_LIMIT = 3_000_000  # characters of a JSON script; state of large fashion shops reaches 1.5 MB
OBJECT_LIMIT = 150_000  # characters of a JavaScript object that is read leniently
PLAIN_LIMIT = 12  # objects read out of one script by pattern
FIRST_STATEMENT = 200  # characters: a script that is one assignment begins with it
_ASSIGNED = (
    "__[A-Z][A-Z_]{2,40}__", "productData", "product_data", "productJson", "eContext", "INITIAL_STATE", "__data",
    "pageData", r"dataLayer\s{0,2}\[0\]",
)  # fmt: skip
_OF_WINDOW = (  # window.__APP_STATE__, window["shopData"], window.REDUX_PROPS: each shop's programmer makes up his own
    r"window(?:\.|\[['\"])\w{0,30}?(?:STATE|State|DATA|Data|PROPS|Props|CONTEXT|Context|PRODUCT|Product|CATALOG|Catalog)"
    r"\w{0,20}(?:['\"]\])?\s{0,3}=\s{0,3}(?=[{\[])"
)
_EVENT = r"\(\s{0,3}['\"]%s['\"]\s{0,3},\s{0,3}['\"]%s['\"]\s{0,3},\s{0,9}(?=\{)"
# every alternative begins with a letter: so the pattern is tried at these letters only, in scripts of half a megabyte
_STARTS = re.compile(
    "|".join(
        (
            *(rf"{name}\s{{0,3}}=\s{{0,3}}(?=[{{\[])" for name in _ASSIGNED),
            _OF_WINDOW,
            r"dataLayer\.push\(\s{0,9}(?=\{)",
            "gtag" + _EVENT % ("event", "view_item"),
            r"dataLayer\s{0,3}=\s{0,3}(?=\[)",
            "fbq" + _EVENT % ("track", "ViewContent"),
            *(
                rf"{word}\s{{1,3}}(?:meta|product|item|productInfo)\s{{0,3}}=\s{{0,3}}(?=\{{)"
                for word in ("var", "let", "const")
            ),
        )
    )
)
_WORDS = ("__", "dataLayer", "gtag(", "fbq(", "roduct", "eContext", "pageData", "INITIAL_STATE", "var meta", "item =",
          "window.", 'window["', "window['")  # fmt: skip
"""One of these stands in every script that the pattern can match: the cheap test before it."""


def states(document: Document) -> Iterator[tuple[etree._Element, Any, str]]:
    """Each object with its script and the offset at which it begins."""
    for source in document.scripts:
        script, text, kind = source.element, source.text, source.kind
        if len(text) < 20 or len(text) > STATE_LIMIT:  # 20: the shortest object with a name and a price
            continue
        if "ld+json" in kind or ("price" not in text and "Price" not in text and "value" not in text):
            continue
        if "json" in kind:
            value = _json(text)
            if value is not None:
                yield script, value, ""
            continue
        if not any(word in text for word in _WORDS):
            continue
        at = 0
        for _ in range(PLAIN_LIMIT):
            start = _STARTS.search(text, at)
            if start is None:
                break
            value, at = _object(text, start.end())
            if value is not None:
                yield script, value, f"@{start.end()}"


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError):
        return None


def _object(text: str, begin: int) -> tuple[Any, int]:
    """The object that begins here, and where to go on: as JSON when it is, else as JavaScript, within limits."""
    value = _json(text[begin:].rstrip("; \t\r\n")) if begin < FIRST_STATEMENT else None
    if value is not None:
        return value, len(text)
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, begin)
    except (ValueError, RecursionError):
        return object_at(text, begin), begin


def object_at(text: str, begin: int, limit: int = OBJECT_LIMIT) -> Any:
    """The JavaScript object that begins here, within a limit of characters; None where it is none."""
    piece = text[begin : begin + limit]
    if re.search(r"(?:[\[{]\s{0,5}){30}", piece):
        return None
    try:
        return chompjs.parse_js_object(piece)
    except (ValueError, RecursionError, IndexError):
        return None
