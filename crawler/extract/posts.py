"""Posts of a social page by structure: who wrote what, when, with which links. Only what an account shows of itself.

No list of platforms: a post is a block with a time and a link to an account, repeated or alone. On any page an account
is written ``@name``: a blog's article has an author without such a handle, and is not a post. On a page that is known
to be of a social site (``loose``), ``/u/name`` and the like are accounts, and a time need not be a ``time`` element.
Comments are left out: their writers offer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.model import PostReading
from crawler.extract.post_accounts import account_in, is_head, is_own_post, leads_to_post, text_of
from crawler.extract.social.model import when
from crawler.extract.social.text import of_element
from crawler.urls import join

POSTS_LIMIT = 500  # posts of one page; feeds show tens
CLIMB_LIMIT = 8  # ancestors between a time and the block of its post; real feeds need up to five
TEXT_LIMIT = 5_000  # characters of a post; the longest of the large platforms is 4,096
COMMENT = re.compile(r"comment|repl(?:y|ies)\b|review|answer|respon[sd]|reactions?\b|likers?\b", re.IGNORECASE)
TIME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|timestamp|posted|published|dt-published|when|ago|datetime)(?:$|[\s_-])", re.I
)
TIME_DATA = ("data-time", "data-timestamp", "data-utime", "data-date", "data-datetime", "data-published")
FURNITURE = frozenset({"button", "form", "nav", "footer"})


def read_posts(document: Document, *, loose: bool = False) -> tuple[PostReading, ...]:
    """The posts of a page in their order; none on a page that is no social page."""
    if not loose and ("@" not in document.html or not document.all("time")):
        return ()
    found: dict[etree._Element, PostReading] = {}
    for time in islice(_times(document, loose), POSTS_LIMIT * 2):
        block = _block(time, loose)
        if block is not None and block not in found and not _is_comment(block):
            post = _read(block, time, document, loose)
            if post is not None:
                found[block] = post
    return tuple(found.values())[:POSTS_LIMIT]


def _times(document: Document, loose: bool) -> Iterator[etree._Element]:
    """The elements that say when something was posted."""
    yield from document.all("time")
    if not loose or document.all("time"):
        return
    for element in document.root.iter(etree.Element):
        named = element.get("itemprop") in ("datePublished", "dateCreated") or TIME_CLASS.search(
            str(element.get("class") or "")[:200]
        )
        if (named and len(element) <= 2) or any(element.get(name) for name in TIME_DATA):
            yield element


def _is_time(element: etree._Element, kind: str) -> bool:
    return bool(element.tag == "time") if kind == "time" else bool(TIME_CLASS.search(str(element.get("class") or "")))


def _block(time: etree._Element, loose: bool) -> etree._Element | None:
    """The ancestor of a time that repeats beside others with a time, else the smallest: with an account's link, text of
    its own, and no second time.

    A head (name, account, time, "permalink") has text, too, and is no post where the post around it repeats.
    """
    if time.tag != "time" and account_in(time, loose) is not None and _own_text(time, loose):
        return time  # the block itself carries its time as an attribute
    smallest = None
    element = time.getparent()
    for _ in range(CLIMB_LIMIT):
        if element is None or element.tag in ("body", "html") or _several_times(element, time):
            break
        if account_in(element, loose) is not None and _own_text(element, loose):
            if _repeats(element):
                return element
            smallest = element if smallest is None else smallest
        element = element.getparent()
    return smallest


def _repeats(block: etree._Element) -> bool:
    """Whether a block of the same kind with a time in it stands beside this one."""
    kind = (block.tag, block.get("class"))
    beside = (*islice(block.itersiblings(), 8), *islice(block.itersiblings(preceding=True), 8))
    return any((one.tag, one.get("class")) == kind and next(one.iter("time"), None) is not None for one in beside)


def _several_times(element: etree._Element, time: etree._Element) -> bool:
    """Whether a block holds another post's time; those of comments inside it are not."""
    others = element.iter("time") if time.tag == "time" else element.iter(etree.Element)
    count = 0
    for one in islice(others, 400):
        if one is time or (time.tag != "time" and not _is_time(one, "")):
            continue
        if not any(COMMENT.search(_called(up)) for up in _up_to(one, element)):
            count += 1
    return count > 0


def _up_to(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """An element and what it stands in, below ``top``."""
    at: etree._Element | None = element
    while at is not None and at is not top:
        yield at
        at = at.getparent()


def _called(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _own_text(block: etree._Element, loose: bool) -> str:
    """The text of a block without its account's name, its time, its buttons and its comments."""
    return of_element(block, "", _apart(block, loose)).text[:TEXT_LIMIT]


def _apart(block: etree._Element, loose: bool) -> frozenset[etree._Element]:
    found: set[etree._Element] = set()
    account = account_in(block, loose)
    for element in block.iter(etree.Element):
        if element is block:
            continue
        if (
            element.tag in FURNITURE
            or element.tag == "time"
            or (element.tag == "a" and (is_head(element, loose) or (account and is_own_post(element, account[1]))))
            or COMMENT.search(_called(element))
            or (loose and len(element) <= 2 and TIME_CLASS.search(_called(element)))
        ):
            found.add(element)
    return frozenset(found)


def _read(block: etree._Element, time: etree._Element, document: Document, loose: bool) -> PostReading | None:
    account = account_in(block, loose)
    address = (join(document.base, account[1]) or document.url) if account else None
    if account is None or address is None:
        return None
    apart = _apart(block, loose)
    said = of_element(block, document.base, apart)
    own = next((str(a.get("href")) for a in block.iter("a") if next(a.iter("time"), None) is not None), "")
    own = own or next((str(a.get("href")) for a in time.iterancestors("a")), "")
    own = own or next((str(a.get("href")) for a in block.iter("a") if leads_to_post(a, account[1])), "")
    url = join(document.base, own) or document.url
    pictures = (
        join(document.base, str(image.get("src") or ""))
        for image in block.iter("img")
        if not any(up in apart for up in image.iterancestors())
    )
    return PostReading(
        account=account[0],
        account_url=address,
        url=url,
        text=said.text[:TEXT_LIMIT],
        posted_at=_when(time),
        links=tuple(link for link in said.links if link not in (url, address)),
        path=str(block.getroottree().getpath(block)),
        language=str(block.get("lang") or "")[:2].lower() or None,
        images=tuple(dict.fromkeys(found for found in islice(pictures, 20) if found)),
    )


def _when(time: etree._Element) -> datetime | None:
    said = [time.get("datetime"), time.get("content"), time.get("title"), *(time.get(name) for name in TIME_DATA)]
    return next((found for one in [*said, text_of(time)[:40]] if one and (found := when(str(one)))), None)


def _is_comment(block: etree._Element) -> bool:
    """Whether a block stands among comments."""
    chain = [block, *block.iterancestors()][:CLIMB_LIMIT]
    return any(COMMENT.search(_called(element)) for element in chain)
