"""What a page is built on: a hash of its skeleton, the name of its theme, the address of its icon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier
from crawler.urls import join

_DEPTH = 8  # levels below body: deeper stands the content, which differs from page to page
_LEAST = 12  # distinct places: fewer are no template
_MOST = 4000  # elements looked at
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
    """Yield ``template`` (``skeleton:…``, ``theme:…``) and ``favicon`` (its absolute address)."""
    skeleton = fingerprint(page.tree)
    if skeleton:
        yield identifier("template", f"skeleton:{skeleton[0]}", "facts.template", "/html/body", f"{skeleton[1]} places")
    yield from _themes(page)
    for element in page.tree.iter("link"):
        if "icon" in element.get("rel", "").lower().split():
            address = join(page.url, element.get("href", ""))
            if address:
                yield identifier("favicon", address, "facts.favicon", page.path(element) + "/@href", address)
                return


def fingerprint(tree: etree._Element) -> tuple[str, int] | None:
    """Return a hash of the page's skeleton and the number of places in it, or None if there is too little.

    A place is an element's depth, tag and classes without digits, each counted once: so the number of products, the
    texts and the ids of items do not matter, and the order of rows neither.
    """
    body = next(tree.iter("body"), None)
    places = set(_places(body)) if body is not None else set()
    if len(places) < _LEAST:
        return None
    return hashlib.sha256("\n".join(sorted(places)).encode("utf-8", "replace")).hexdigest()[:32], len(places)


@lru_cache(maxsize=4096)  # a page repeats a few hundred spellings
def _classes(names: str) -> str:
    return " ".join(sorted(name for name in names.split() if not _SERIAL.search(name)))


def _places(body: etree._Element) -> Iterator[str]:
    level, left = [body], _MOST
    for depth in range(_DEPTH):
        below: list[etree._Element] = []
        for element in level[:left]:
            for child in element:
                if isinstance(child.tag, str) and child.tag not in ("script", "style", "noscript"):
                    yield f"{depth} {child.tag} {_classes(child.get('class', ''))}"
                    below.append(child)
        left -= len(level)
        level = below
        if left <= 0 or not level:
            return


def _themes(page: Page) -> Iterator[Identifier]:
    seen: set[str] = set()
    for element in page.tree.iter("link", "script"):
        match = _THEMES.search(element.get("href") or element.get("src") or "")
        if match and match.lastgroup:
            name = f"{match.lastgroup}:{match[match.lastgroup]}"
            if name not in _PLAIN and name not in seen:
                seen.add(name)
                yield identifier("template", f"theme:{name}", "facts.template", page.path(element), match[0])
    if "Shopify.theme" in page.all_scripts:
        match = _SHOPIFY.search(page.all_scripts)
        if match:
            yield identifier("template", f"theme:shopify:{match[1]}", "facts.template", "text", match[0])
