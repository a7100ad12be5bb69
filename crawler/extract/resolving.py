"""From a link as it is written to its absolute address; most links need no parsing for that."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.urls import join

_PLAIN_HOST = re.compile(r"[a-z0-9.:-]+")
_SIMPLE = re.compile(r"/(?!/)[\w\-/.]{0,500}(?:\?[\w\-=&./]{0,500})?")
"""A path that needs no resolving: no dot segment (tested apart), nothing to escape."""
_KEPT = 500  # characters of a link that the cache holds


def origin(base: str) -> str:
    """Scheme and host of an address, where they need no canonicalising; else empty."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and _PLAIN_HOST.fullmatch(parts.netloc)
    return f"{parts.scheme}://{parts.netloc}" if plain else ""


def resolve(base: str, origin: str, href: str) -> str | None:
    """Absolute address of a link; menus repeat on every page of a shop, so answers are kept."""
    if len(href) > _KEPT:
        return join(base, href)
    if origin and href.startswith(("/", "http:", "https:")):
        return _absolute(origin, href)
    return _relative(base, href)


@lru_cache(maxsize=8192)
def _absolute(origin: str, href: str) -> str | None:
    """The address of a link that means the same on every page of a host."""
    path = href.removeprefix(origin)
    if _SIMPLE.fullmatch(path) and "/." not in path and path.isascii():
        return origin + path
    return join(origin, href)


@lru_cache(maxsize=8192)
def _relative(base: str, href: str) -> str | None:
    return join(base, href)
