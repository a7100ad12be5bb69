"""E-mail addresses: written, linked, in mark-up, disguised for robots, or encoded by Cloudflare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_LIMIT = 200  # addresses read in one text
_ADDRESS = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,62}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])", re.ASCII
)
_SIGN = re.compile(
    r"[\[({<]\s{0,2}(?:at|ät|@|a|arroba|chez|kukac|zavináč|malpa|małpa|собака)\s{0,2}[\])}>]", re.IGNORECASE
)
_SHOUT = re.compile(r" AT (?=[A-Za-z0-9-]{1,63} DOT )")
_AT = rf"\s{{0,3}}{_SIGN.pattern}\s{{0,3}}"
_DOT = r"\s{0,2}(?:\.|[\[({<]\s{0,2}(?:dot|d0t|punkt|point|punto|pont|kropka|tečka|точка|\.)\s{0,2}[\])}>])\s{0,2}"
_DISGUISED = re.compile(
    rf"(?<![\w.+-])([a-z0-9][\w.+-]{{0,40}}){_AT}([a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{2,63}}){{1,4}})", re.IGNORECASE
)
_SHOUTED = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,40}) AT ([A-Za-z0-9-]{1,63}(?: DOT [A-Za-z0-9-]{2,63}){1,4})(?![\w-])"
)
_DOTS = re.compile(_DOT + "| DOT ", re.IGNORECASE)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|css|js|json|html?|php|woff2?)$", re.IGNORECASE)  # logo@2x.png
_NOBODY = re.compile(
    r"^(?:your?|name|e?mail|user(?:name)?|someone|somebody|john|jane|example|test|abc|xxx+|you|votre|ihre?|nome|tu)"
    r"[\w.-]{0,12}@(?:e?mail|example|domain|test|company|website|yourdomain|site|xxx+|gmail|beispiel)\.[a-z]{2,6}$"
    r"|@(?:example\.(?:com|org|net)|domain\.com|yourdomain\.\w+|[\w.-]*sentry\.io|[\w.-]*wixpress\.com|sentry[\w.-]*)$"
)
"""Placeholders of forms and themes, and error reporters whose key looks like an address."""
_CLOUDFLARE = "/cdn-cgi/l/email-protection#"
_JSON = re.compile(r'"email"\s{0,3}:\s{0,3}"(?:mailto:)?([^"\\]{5,100})"')


def find(page: Page) -> Iterator[Identifier]:
    """Yield every business address of a page, in lower case."""
    for element, href in page.links:
        if href[:7].lower() == "mailto:":
            yield from _read(unquote(href[7:300].partition("?")[0]), page.path(element) + "/@href", href)
        elif _CLOUDFLARE in href:
            code = href.rpartition("#")[2]
            yield from _read(decode_cloudflare(code), page.path(element) + "/@href", code)
    for element, own in page.carriers:
        code = own.get("data-cfemail", "")
        yield from _read(decode_cloudflare(code), page.path(element), code)
        yield from _read(own.get("content", ""), page.path(element) + "/@content")
    for element, source in page.structured:
        for match in _JSON.finditer(source):
            yield from _read(match[1], page.path(element), match[0])
    for start, address, matched in chain(_written(page.business_text), _disguised(page.business_text)):
        yield identifier("email", address, "facts.email", page.path_at(start), matched)


def _read(text: str, path: str, matched: str | None = None) -> Iterator[Identifier]:
    for _, address, written in _written(text):
        yield identifier("email", address, "facts.email", path, matched or written)


def _written(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where an address stands, the address, and how it was written."""
    at, end = text.find("@"), 0
    for _ in range(_LIMIT):
        if at < 0:
            return
        match = _ADDRESS.search(text, max(end, at - 65), at + 200)  # what may stand before and behind the sign
        if match and plausible(match[0].lower()):
            yield match.start(), match[0].lower(), match[0]
        end = match.end() if match else at + 1
        at = text.find("@", end)


def _disguised(text: str) -> Iterator[tuple[int, str, str]]:
    for sign, pattern in ((_SIGN, _DISGUISED), (_SHOUT, _SHOUTED)):
        for _, place in zip(range(_LIMIT), sign.finditer(text), strict=False):
            match = pattern.search(text, max(0, place.start() - 45), place.end() + 200)
            if match is None:
                continue
            address = f"{match[1]}@{_DOTS.sub('.', match[2])}".lower()
            if _ADDRESS.fullmatch(address) and plausible(address):
                yield match.start(), address, match[0]


def plausible(address: str) -> bool:
    """Tell whether an address is somebody's: neither a file name nor a placeholder."""
    return not _FILE.search(address) and not _NOBODY.search(address) and ".." not in address


def decode_cloudflare(code: str) -> str:
    """Return the address that Cloudflare hid: hexadecimal, every byte XORed with the first; ``""`` if it is none."""
    try:
        key, *data = bytes.fromhex(code[:512])
        return bytes(byte ^ key for byte in data).decode("utf-8", "replace")
    except ValueError:
        return ""
