"""Whose a post is: links to accounts, and which of a post's links are its head."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

HANDLE = re.compile(r"@([\w.-]{2,60})")
ACCOUNT_PATH = re.compile(
    r"/(?:u|user|users|profile|profiles|people|member|members|account|accounts|channel|c|seller)/([\w.@~+-]{2,80})/?",
    re.I,
)
ACCOUNT_QUERY = frozenset({"user", "u", "account", "profile", "member", "name", "username", "uid"})
ACCOUNT_DATA = ("data-author", "data-user", "data-username", "data-account", "data-handle", "data-screen-name")


def account_in(block: etree._Element, loose: bool) -> tuple[str, str] | None:
    """Handle and address of the first link to an account inside a block."""
    for link in block.iter("a"):
        href = str(link.get("href") or "")
        match = HANDLE.fullmatch(text_of(link)) or HANDLE.search(href.rpartition("/")[2])
        if match and href:
            return match[1].lower(), href
        if loose and href and (name := _named(href)):
            return name, href
    if loose:
        for name in ACCOUNT_DATA:
            said = str(block.get(name) or "").lstrip("@")
            if re.fullmatch(r"[\w.-]{2,80}", said):
                return said.lower(), ""
    return None


def _named(href: str) -> str:
    """The account that an address names: ``/u/name``, ``/profile.php?user=name``; empty for none."""
    parts = urlsplit(href)
    match = ACCOUNT_PATH.fullmatch(parts.path)
    if match:
        return match[1].lstrip("@").lower()
    for key, value in parse_qsl(parts.query[:500]):
        if key.lower() in ACCOUNT_QUERY and re.fullmatch(r"[\w.@-]{2,80}", value):
            return value.lstrip("@").lower()
    return ""


def is_head(link: etree._Element, loose: bool) -> bool:
    """Whether a link is the post's head: its account or its time, not a place that it points to."""
    said = text_of(link)
    if HANDLE.fullmatch(said):
        return not _inside_text(link)
    return next(link.iter("time"), None) is not None or (
        loose and bool(_named(str(link.get("href") or ""))) and not _inside_text(link)
    )


def leads_to_post(link: etree._Element, account: str) -> bool:
    """Whether a link says that it leads to the post itself, or lies below the account's address."""
    named = link.get("rel") in ("bookmark", "permalink") or "u-url" in str(link.get("class") or "").split()
    return named or is_own_post(link, account)


def is_own_post(link: etree._Element, account: str) -> bool:
    """Whether a link outside of sentences leads to something below its account's address: the post itself."""
    below = account.partition("?")[0].rstrip("/") + "/"
    return len(below) > 1 and str(link.get("href") or "").startswith(below) and not _inside_text(link)


def _inside_text(link: etree._Element) -> bool:
    """Whether a link stands inside a sentence: a mention, which is cut out of the text by name later."""
    before = link.getprevious()
    text = str((before.tail if before is not None else getattr(link.getparent(), "text", "")) or "")
    return any(character.isalpha() for character in text)


def text_of(element: etree._Element) -> str:
    """The words of an element."""
    return "".join(map(str, element.itertext())).strip()
