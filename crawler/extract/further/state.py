"""Scripts that say how a list goes on: state that counts its pages, addresses put together with a number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from crawler.extract.document import Document
from crawler.extract.further import data
from crawler.extract.further.addresses import MEDIA, at, own_page, parameter, plain, table
from crawler.urls import join

SCRIPT_LIMIT = 200_000  # characters of a script that are looked at
STATE_LIMIT = 2_000_000  # of one that is parsed
_WORDS = ("otalPages", "total_pages", "astPage", "last_page", "hasNext", "has_next", "hasMore", "has_more", "next_page",
          "nextPage", "nextUrl", "next_url", "oadMore", "pageCount")  # fmt: skip
"""One of these stands in state that says how a list goes on: the cheap test before it is parsed."""


@cache
def _put_together() -> re.Pattern[str]:
    """``"/list?page=" + n``, with what stands behind the number, and the same in a template of JavaScript."""
    names = "|".join(sorted(table("parameters")["page"] | table("parameters")["offset"]))
    return re.compile(
        rf"""(["'`])((?:https?:/)?/[^"'`\s<>$]{{0,300}}?[?&](?:{names})=)"""
        r"""(?:\1\s{0,5}\+\s{0,5}[\w.+()\s]{1,40}?(?:\+\s{0,5}["'](&[^"'<>\s]{0,200})["'])?\s{0,5}[,);\n]"""
        r"""|\$\{[^{}]{1,60}\}([^`$<>\s]{0,200})`)"""
    )


def put_together(document: Document, cards: int) -> Iterator[str]:
    """Addresses that a script of the page puts together with a number: ``"/api/list?page=" + page``."""
    for script in document.scripts if cards else ():
        if "json" in script.kind or not script.text or "=" not in script.text:
            continue
        for found in _put_together().finditer(script.text[:SCRIPT_LIMIT]):
            url = f"{found[2]}{own_page(document.url) + 1}{found[3] or found[4] or ''}"
            yield url if parameter(url, "page") else at(url, "offset", cards)


def addresses(document: Document) -> Iterator[str]:
    """What JSON scripts say of how the list goes on."""
    for script in document.scripts:
        if "json" in script.kind and "ld+json" not in script.kind and is_told(script.text):
            yield from behind(script.text, document.url)


def is_told(text: str) -> bool:
    """Whether a text may hold state that says how a list goes on."""
    return any(word in text for word in _WORDS)


def behind(text: str, url: str) -> Iterator[str]:
    """The address behind this page: asked of the page's own, or of the one that the state names for its data."""
    try:
        value = json.loads(text) if len(text) <= STATE_LIMIT else None
    except (ValueError, RecursionError):
        return
    found = data.following(value, _source(value, url), counts_on=False)
    if found:
        yield found


def _source(value: Any, url: str) -> str:
    """The address of its data that state names beside its numbers, else the page's own."""
    for node in data.nodes(value):
        for key, said in node.items():
            is_address = plain(key) in table("keys")["address"] and isinstance(said, str) and said.startswith("/")
            if is_address and not MEDIA.search(said):
                return join(url, said) or url
    return url
