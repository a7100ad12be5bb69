"""State that says how a list goes on: JSON scripts, and objects that a script assigns, that count its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawler.extract.document import Document
from crawler.extract.further import data
from crawler.extract.further.addresses import MEDIA, list_of, parameter, plain, table
from crawler.extract.markup.states import object_at
from crawler.urls import join

SCRIPT_LIMIT = 200_000  # characters of a script that are looked at
OBJECTS, OBJECT_LIMIT = 12, 20_000  # of one script, and characters of one
_ASSIGNED = re.compile(r"[=(]\s{0,5}(?=\{)")
STATE_LIMIT = 2_000_000  # of one that is parsed
_WORDS = ("otalPages", "total_pages", "astPage", "last_page", "hasNext", "has_next", "hasMore", "has_more", "next_page",
          "nextPage", "nextUrl", "next_url", "oadMore", "pageCount", "ursor\"", "ndpoint", '"next"')  # fmt: skip
"""One of these stands in state that says how a list goes on: the cheap test before it is parsed."""


def addresses(document: Document) -> Iterator[str]:
    """What the state of a page says of the piece behind it."""
    for script in document.scripts:
        if "ld+json" in script.kind or not is_told(script.text):
            continue
        if "json" in script.kind:
            yield from behind(script.text, document.url)
            continue
        text = script.text[:SCRIPT_LIMIT]
        for found in islice(_ASSIGNED.finditer(text), OBJECTS):
            if is_told(text[found.end() : found.end() + OBJECT_LIMIT]):
                yield from _of(object_at(text, found.end(), OBJECT_LIMIT), document.url)


def is_told(text: str) -> bool:
    """Whether a text may hold state that says how a list goes on."""
    return any(word in text for word in _WORDS)


def behind(text: str, url: str) -> Iterator[str]:
    """The address behind this page, by a JSON text of its state."""
    try:
        yield from _of(json.loads(text) if len(text) <= STATE_LIMIT else None, url)
    except (ValueError, RecursionError):
        return


def _of(value: Any, url: str) -> Iterator[str]:
    """The address that state names, or its number asked of the address that it names for its data, else of the page's
    own: a page's only, for places in a list are anybody's."""
    source = _source(value, url)
    found = data.following(value, source, counts_on=False)
    if found and (list_of(found) != list_of(url) or not (parameter(found, "cursor") or parameter(found, "offset"))):
        yield found


def _source(value: Any, url: str) -> str:
    """The address of its data that state names beside its numbers, else the page's own."""
    for node in data.nodes(value):
        for key, said in node.items():
            is_address = plain(key) in table("keys")["address"] and isinstance(said, str) and said.startswith("/")
            if is_address and not MEDIA.search(said):
                return join(url, said) or url
    return url
