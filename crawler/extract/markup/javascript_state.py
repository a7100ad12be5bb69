"""State that scripts carry: Next, Nuxt, Redux and Apollo stores, data layers of trackers, Shopify's product JSON.

Scripts are data here and are never run. Each value found must belong to the page's subject: its name is the heading's,
or the path that leads to it says that it is the product of this page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject, text_of
from crawler.extract.markup.state_object import EXTRACTOR, NAME_KEYS, PRICED, brand, choices, fill
from crawler.extract.markup.states import states
from crawler.extract.visible.headline import Headline

NODE_LIMIT = 30_000
DEPTH_LIMIT = 30

_HOLDS_MANY = frozenset(
    {"products", "children", "showProducts", "productCount", "subcategories", "facets"}
)  # a category, not a product
_NO_WORD = re.compile(r"[\W_]+")
_ELSEWHERE = re.compile(
    r"related|recommend|similar|upsell|cross|recently|cart|basket|wishlist|menu|navigation|suggest|bundle|review"
)


def read(document: Document, headline: Headline) -> Subject:
    """The product that the page's scripts hold, if they hold it under the heading's name."""
    found = Subject(EXTRACTOR)
    for script, value, offset in states(document):
        for node, pointer in _products(value, headline):
            if "price" in found.readings:  # a list of choices names no maker; the tracking behind it does
                if isinstance(node, dict):
                    brand(found, node, script, f"#{offset}{pointer}")
            elif isinstance(node, dict):
                fill(found, node, script, f"#{offset}{pointer}", document)
            else:
                choices(found, {}, node, script, f"#{offset}{pointer}", document)
            if {"price", "brand"} <= found.readings.keys() or ("price" in found.readings and "title" in found.readings):
                return found
    return found


def _products(value: Any, headline: Headline) -> Iterator[tuple[dict[str, Any] | list[Any], str]]:
    """Objects that have a name like the heading's and a price, outside in; and lists of the choices of one."""
    wanted = _key(headline.text)
    stack: list[tuple[Any, str, int]] = [(value, "", 0)]
    seen = 0
    while stack and seen < NODE_LIMIT:
        node, pointer, depth = stack.pop()
        seen += 1
        if depth > DEPTH_LIMIT:
            continue
        if isinstance(node, list):
            if _are_choices(node, wanted):
                yield node, pointer
            stack += [
                (inner, f"{pointer}/{i}", depth + 1)
                for i, inner in reversed(list(enumerate(node[:500])))
                if isinstance(inner, (dict, list))
            ]
        elif isinstance(node, dict):
            if _is_subject(node, wanted):
                yield node, pointer
            stack += [
                (inner, f"{pointer}/{key}", depth + 1)
                for key, inner in reversed(node.items())
                if isinstance(inner, (dict, list)) and not is_elsewhere(key[:60])
            ]


@lru_cache(maxsize=4096)  # the objects of a state, and the pages of a shop, share their keys
def is_elsewhere(key: str) -> bool:
    """Whether a key of at most 60 characters holds what belongs to other things than the page's subject."""
    return _ELSEWHERE.search(key.lower()) is not None


def _is_subject(node: dict[str, Any], wanted: str) -> bool:
    """Whether an object has a price and a name like the heading's, and holds no products itself."""
    if not wanted or not (PRICED & node.keys() or isinstance(node.get("variants"), list)):
        return False
    if _HOLDS_MANY & node.keys():
        return False
    if "value" in node and "content_name" not in node and not (PRICED - {"value"}) & node.keys():
        return False
    names = (_key(text_of(node[key])) for key in NAME_KEYS if isinstance(node.get(key), str))
    return any(_is_like(name, wanted) for name in names) or _are_choices(node.get("variants"), wanted)


def _is_like(name: str, wanted: str) -> bool:
    return bool(name) and (name == wanted or (len(name) > 8 and (name in wanted or wanted in name)))


def _are_choices(listed: Any, wanted: str) -> bool:
    """Whether a list holds the variants of what the heading names, as Shopify's themes and its tracking write them."""
    first = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(first, dict) or "public_title" not in first or not isinstance(first.get("name"), str):
        return False
    return _is_like(_key(text_of(first["name"])), wanted)


def _key(name: str) -> str:
    return _NO_WORD.sub(" ", name[:300].casefold()).strip()
