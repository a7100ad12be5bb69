"""Posts of a social page: who wrote what, when, with which links. Only what an account shows of itself.

No list of platforms: a post is a block with a time and a link to an account (``@name``), repeated or alone. A blog's
article has an author without such a handle, and is not one. Comments are left out: their writers offer nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.model import PostReading
from crawler.urls import join

POSTS_LIMIT = 500  # posts of one page; feeds show tens
CLIMB_LIMIT = 8  # ancestors between a time and the block of its post; real feeds need up to five
TEXT_LIMIT = 5_000  # characters of a post; the longest of the large platforms is 4,096
HANDLE = re.compile(r"@([\w.-]{2,60})")
COMMENT = re.compile(r"comment|repl(?:y|ies)|review", re.IGNORECASE)


def read_posts(document: Document) -> tuple[PostReading, ...]:
    """The posts of a page in their order; none on a page that is no social page."""
    if "@" not in document.html or not document.all("time"):
        return ()
    found: dict[etree._Element, PostReading] = {}
    for time in document.all("time")[:POSTS_LIMIT]:
        block = _block(time)
        if block is not None and block not in found and not _is_comment(block):
            post = _read(block, time, document)
            if post is not None:
                found[block] = post
    return tuple(found.values())


def _block(time: etree._Element) -> etree._Element | None:
    """The smallest ancestor of a time that holds an account's link and text of its own, and no second time."""
    element = time.getparent()
    for _ in range(CLIMB_LIMIT):
        if element is None or element.tag in ("body", "html") or len(list(islice(element.iter("time"), 2))) > 1:
            return None
        if _account(element) is not None and _own_text(element):
            return element
        element = element.getparent()
    return None


def _account(block: etree._Element) -> tuple[str, str] | None:
    """Handle and address of the first link to an account inside a block."""
    for link in block.iter("a"):
        href = str(link.get("href") or "")
        match = HANDLE.fullmatch(_text(link)) or HANDLE.search(href.rpartition("/")[2])
        if match and href:
            return match[1].lower(), href
    return None


def _own_text(block: etree._Element) -> str:
    """The text of a block without its account's name and its time."""
    parts: list[str] = []
    for element in block.iter(etree.Element):
        head = element.tag == "time" or (element.tag == "a" and _is_head(element))
        if not head and element.tag not in ("script", "style", "button") and element.text:
            parts.append(element.text)
        if element is not block and element.tail:
            parts.append(element.tail)
    return " ".join(" ".join(parts).split())[:TEXT_LIMIT]


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _is_head(link: etree._Element) -> bool:
    return bool(HANDLE.fullmatch(_text(link))) or next(link.iter("time"), None) is not None


def _read(block: etree._Element, time: etree._Element, document: Document) -> PostReading | None:
    account = _account(block)
    address = join(document.base, account[1]) if account else None
    if account is None or address is None:
        return None
    links = [join(document.base, str(link.get("href") or "")) for link in block.iter("a") if not _is_head(link)]
    own = next((str(a.get("href")) for a in block.iter("a") if next(a.iter("time"), None) is not None), "")
    return PostReading(
        account=account[0],
        account_url=address,
        url=join(document.base, own) or document.url,
        text=_own_text(block),
        posted_at=_when(str(time.get("datetime") or "")),
        links=tuple(dict.fromkeys(link for link in links if link)),
        path=str(block.getroottree().getpath(block)),
    )


def _when(text: str) -> datetime | None:
    """An ISO 8601 time; a date alone is its midnight, a time without zone is taken as UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_comment(block: etree._Element) -> bool:
    """Whether a block stands among comments."""
    chain = [block, *block.iterancestors()][:CLIMB_LIMIT]
    return any(COMMENT.search(f"{element.get('class') or ''} {element.get('id') or ''}") for element in chain)
