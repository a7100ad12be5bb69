"""What a page is built on: a hash of its skeleton, the name of its theme, the address of its icon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.extract.document import Document
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier
from crawler.urls import canonical, join

_KEPT = 400  # characters of class names that are remembered
_LEAST = 12  # distinct places: fewer are no template
_SERIAL = re.compile(r"\d")  # a class with a digit names an item or a state: post-123, col-md-4
_THEMES = re.compile(
    r"/(?:wp-content/themes/(?P<wordpress>[\w.-]{2,60})|catalog/view/theme/(?P<opencart>[\w.-]{2,60})"
    r"|static/(?:version\d{1,14}/)?frontend/(?P<magento>[\w-]{2,40}/[\w-]{2,40})"
    r"|skin/frontend/(?P<magento1>[\w-]{2,40}/[\w-]{2,40})|includes/templates/(?P<zencart>[\w.-]{2,60})"
    r"|themes/(?P<prestashop>[\w.-]{2,60})/assets)/"
)
_PLAIN = frozenset({"wordpress:default", "opencart:default", "magento:Magento/luma", "magento1:base/default",
                    "magento1:rwd/default", "zencart:template_default"})  # fmt: skip
_SHOPIFY = re.compile(r"Shopify\.theme\s{0,3}=\s{0,3}\{[^}]{0,200}?\"id\":(\d{6,16})")


def find(page: Page) -> Iterator[Identifier]:
    """Yield ``template`` (``skeleton:…``, ``theme:…``) and ``favicon`` (its canonical address)."""
    skeleton = fingerprint(page.document)
    if skeleton:
        yield identifier("template", f"skeleton:{skeleton[0]}", "facts.template", "/html/body", f"{skeleton[1]} places")
    yield from _themes(page)
    for element, own in page.all("link"):
        if "icon" in own.get("rel", "").lower().split():
            address = join(page.url, own.get("href", ""))
            if address:
                yield identifier(
                    "favicon", canonical(address) or address, "facts.favicon", page.path(element) + "/@href", address
                )
                return


def fingerprint(document: Document) -> tuple[str, int] | None:
    """Return a hash of the page's skeleton and the number of places in it, or None if there is too little.

    A place is an element's depth, tag and classes without digits, each counted once: so the number of products, the
    texts and the ids of items do not matter, and the order of rows neither.
    """
    return _hashed(document.skeleton)


@lru_cache(maxsize=8)  # a page is asked twice, and a shop has few templates; each holds thousands of names
def _hashed(skeleton: frozenset[tuple[int, str, str]]) -> tuple[str, int] | None:
    places = {
        f"{depth} {tag} {_classes(names) if len(names) <= _KEPT else _without_serials(names)}"
        for depth, tag, names in skeleton
    }
    if len(places) < _LEAST:
        return None
    lines = "\n".join(sorted(places))
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()[:32], len(places)


@lru_cache(maxsize=4096)  # a page repeats a few hundred spellings
def _classes(names: str) -> str:
    return _without_serials(names)


def _without_serials(names: str) -> str:
    kept = names.split()
    if _SERIAL.search(names):
        kept = [name for name in kept if not _SERIAL.search(name)]
    return " ".join(sorted(kept))


def _themes(page: Page) -> Iterator[Identifier]:
    seen: set[str] = set()
    for element, own in page.all("link", "script"):
        source = own.get("href") or own.get("src") or ""
        match = _THEMES.search(source) if "theme" in source or "front" in source or "includes/" in source else None
        if match and match.lastgroup:
            name = f"{match.lastgroup}:{match[match.lastgroup]}"
            if name not in _PLAIN and name not in seen:
                seen.add(name)
                yield identifier("template", f"theme:{name}", "facts.template", page.path(element), match[0])
    for script in page.scripts:
        match = _SHOPIFY.search(script.text) if "Shopify.theme" in script.text else None
        if match:
            path = page.path(script.element)
            yield identifier("template", f"theme:shopify:{match[1]}", "facts.template", path, match[0])
            return
