"""The data behind an empty page: the addresses that it names for them, and the page joined with their answer.

An address is believed only where the page itself says that it is asked for: a preload, an attribute of the element
that is filled, the argument of ``fetch``, a value of its state that carries the page's own slug, Next's own scheme.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.extract.document import Document
from crawler.urls import join, same_storefront

MOST = 3  # addresses that a page may name; each is a request
SCRIPT_LIMIT = 200_000  # characters of a script that are looked at
ATTRIBUTES = ("data-url", "data-src", "data-api", "data-endpoint", "data-json", "data-source", "data-fetch")
FETCHED = re.compile(r"""(?:fetch|axios(?:\.get)?|getJSON|\$\.get)\(\s{0,5}["']([^"'\s<>]{2,500})["']\s{0,5}[),]""")
_STRING = re.compile(r"""["'](\\?/[^"'\s<>]{2,500})["']""")
_DATA = re.compile(r"(?:^|/)(?:api|rest|ajax|graphql|_next/data|wp-json|v\d)(?:/|$|\?)|\.json(?:$|\?)")
_NEXT = re.compile(r'"buildId"\s{0,3}:\s{0,3}"([\w.-]{1,80})"')
_NEVER = re.compile(r"cart|basket|checkout|session|login|account|customer|track|log|event|consent|cookie|config|locale")


def addresses(document: Document) -> tuple[str, ...]:
    """Where the data of this page are, the surest first; on its own storefront, asked for with GET."""
    found = dict.fromkeys(
        url
        for said in (*_preloaded(document), *_of_next(document), *_attributes(document), *_in_scripts(document))
        if (url := join(document.base, said)) is not None
        and same_storefront(url, document.url)
        and url != document.url
        and not _NEVER.search(urlsplit(url).path.lower())
    )
    return tuple(found)[:MOST]


def joined(page: str, data: bytes, source: str) -> bytes | None:
    """The page in UTF-8 with the answer as a JSON script at its end; None when that is no JSON object or array."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, (dict, list)) or not value:
        return None
    text = data.decode("utf-8", "replace").lstrip("\ufeff").replace("</", "<\\/").replace("<!--", "<\\u0021--")
    script = f'<script type="application/json" data-source="{html.escape(source)}">{text}</script>'
    head, end, tail = page.rpartition("</body>")
    return (f"{head}{script}{end}{tail}" if end else f"{page}{script}").encode("utf-8", "replace")


def _preloaded(document: Document) -> Iterator[str]:
    for element in document.all("link"):
        own = document.attributes[element]
        if own.get("as", "").lower() == "fetch" and own.get("rel", "").lower() in ("preload", "prefetch"):
            yield own.get("href", "")


def _of_next(document: Document) -> Iterator[str]:
    for script in document.scripts:
        build = _NEXT.search(script.text[:SCRIPT_LIMIT]) if "buildId" in script.text else None
        if build:
            path = urlsplit(document.url).path.rstrip("/") or "/index"
            yield f"/_next/data/{build[1]}{path}.json"


def _attributes(document: Document) -> Iterator[str]:
    for element in document.all("div", "main", "body", "section"):
        own: dict[str, Any] = document.attributes[element] or {}
        yield from (own[name] for name in ATTRIBUTES if _DATA.search(own.get(name, "")))


def _in_scripts(document: Document) -> Iterator[str]:
    """What is fetched by name, then strings that carry the page's slug or its whole path."""
    texts = [script.text[:SCRIPT_LIMIT] for script in document.scripts if not script.attributes.get("src")]
    for text in texts:
        yield from (found[1] for found in FETCHED.finditer(text))
    path = unquote(urlsplit(document.url).path).rstrip("/")
    slug = path.rpartition("/")[2]
    for text in texts if len(slug) > 2 else ():
        for found in _STRING.finditer(text):
            said = found[1].replace("\\/", "/")
            if slug in unquote(said) and _DATA.search(said):
                yield said
