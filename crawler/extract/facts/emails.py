"""E-mail addresses: written, linked, disguised for robots, or encoded by Cloudflare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from crawler.extract.facts.page import Page, identifier, select
from crawler.items import Identifier

_ADDRESS = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,62}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])", re.ASCII
)
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|css|js)$", re.IGNORECASE)  # logo@2x.png
_ENCODED = etree.XPath("//*[@data-cfemail]")


def find(page: Page) -> Iterator[Identifier]:
    """Yield every business address of a page."""
    for element, href in page.links:
        if href[:7].lower() == "mailto:":
            yield from _read(unquote(href[7:].partition("?")[0]), page.path(element) + "/@href", href)
    for element in select(_ENCODED, page.tree):
        if not page.is_private(element):
            code = element.get("data-cfemail", "")
            yield from _read(decode_cloudflare(code), page.path(element) + "/@data-cfemail", code)
    if "@" in page.business_text:
        yield from _read(page.business_text, "text")


def _read(text: str, path: str, matched: str | None = None) -> Iterator[Identifier]:
    for match in _ADDRESS.finditer(text):
        address = match[0].lower()
        if not _IMAGE.search(address):
            yield identifier("email", address, "facts.email", path, matched or match[0])


def decode_cloudflare(code: str) -> str:
    """Return the address that Cloudflare hid: hexadecimal, every byte XORed with the first; ``""`` if it is none."""
    try:
        key, *data = bytes.fromhex(code[:512])
        return bytes(byte ^ key for byte in data).decode("utf-8", "replace")
    except ValueError:
        return ""
