"""Pages that show nothing and carry what they would show: a shell whose scripts hold its product or its list as data.

For pages that need JavaScript only. The data stand in the page itself, or were put there by ``behind.joined`` from
the address that the page names for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.extract import merge
from crawler.extract.address import guess
from crawler.extract.document import Document
from crawler.extract.markup import state_object
from crawler.extract.markup.graph import Subject
from crawler.extract.markup.javascript_state import is_elsewhere
from crawler.extract.markup.state_object import NAME_KEYS, PRICED
from crawler.extract.markup.states import states
from crawler.extract.model import Link, Page, Place, Reading
from crawler.urls import join, same_storefront

NODES = 30_000  # objects and arrays that are looked at
DEPTH = 30
PRODUCTS = 500  # of one list
LINKS = 3_000
URL_KEYS = ("url", "href", "link", "path", "permalink", "canonicalUrl", "canonical_url", "uri", "to", "webUrl")
OWN_KEYS = ("slug", "handle", "urlKey", "url_key", "urlPart", "id", "sku", "productId")
AT_KEYS = ("page", "currentPage", "current_page", "pageNumber")
OF_KEYS = ("pages", "totalPages", "total_pages", "lastPage", "last_page", "pageCount")
_MEDIA = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|css|js|json|mp4|woff2?)(?:$|\?)", re.IGNORECASE)


class Entry(NamedTuple):
    """An object with a name and a price, and where it stands."""

    data: dict[str, Any]
    script: etree._Element
    pointer: str
    among: int
    """How many of its kind stand in the same array; 1 for one by itself; 0 for what belongs elsewhere."""


@dataclass
class Found:
    """What the data of a page hold."""

    entries: list[Entry] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    """Address → the name that stands beside it."""
    next_page: int = 0
    """Number of the page that follows, by the data's own word; 0: none."""


def read(document: Document, page: Page) -> None:
    """Turn an empty page into the product or list that its data tell, where they do."""
    found = Found()
    for script, value, offset in states(document):
        _walk(value, script, f"#{offset}", document, found)
    own = [one for one in found.entries if _is_of_page(one.data, document)]
    alone = [one for one in found.entries if one.among == 1]
    if own or len(alone) == 1:
        _product((own or alone)[0], document, page)
    else:
        _list([one for one in found.entries if one.among > 1], document, page)
        _paged(found.next_page, page)
    known = {link.url for link in page.links}
    more = [Link(url, name, "", "main", *guess(url[:500])) for url, name in found.links.items() if url not in known]
    page.links = (*page.links, *more)[:LINKS]


def read_answer(document: Document, page: Page) -> None:
    """Turn an answer to whoever asked for more of a list into that list. Its products have pages, which say more."""
    found = Found()
    for script, value, offset in states(document):
        _walk(value, script, f"#{offset}", document, found)
    entries = [one for one in found.entries if one.among]
    _list(entries, document, page, least=1)
    page.is_told = False
    unaddressed = [one for one in entries if _address(one.data, document) is None]
    page.slugs = tuple(_names(one.data) for one in unaddressed[:PRODUCTS])
    page.kind = "list" if entries else page.kind
    known = {link.url for link in page.links}
    more = [
        Link(url, name, "", "main", *guess(url[:500])) for url, name in found.links.items() if name and url not in known
    ]
    page.links = (*page.links, *more)[:LINKS]


def _product(entry: Entry, document: Document, page: Page) -> None:
    subject = _subject(entry, document)
    if subject.first("price") is None:
        return
    page.kind, page.confidence = "product", 0.8
    page.products = (merge.merge([subject]),)


def _list(entries: list[Entry], document: Document, page: Page, least: int = 2) -> None:
    """A list told in full: each product with its own address, as a catalogue's feed has it."""
    products, links = [], {}
    for entry in entries[:PRODUCTS]:
        subject, url = _subject(entry, document), _address(entry.data, document)
        if url is None or subject.first("price") is None:
            continue
        key = next(key for key in URL_KEYS if isinstance(entry.data.get(key), str))
        subject.add("url", Reading(url, state_object.EXTRACTOR, Place(entry.script, f"{entry.pointer}/{key}"), url))
        products.append(merge.merge([subject]))
        links[url] = str(subject.first("title") or "")
    if len(products) < least:
        return
    page.kind, page.confidence, page.products = "list", 0.8, tuple(products)
    page.is_told = all(one.value("price").currency for one in products)
    page.links = (*page.links, *(Link(url, name, "", "product", "product", 0.9) for url, name in links.items()))


def _paged(number: int, page: Page) -> None:
    """The page after this one, asked for as the shell's own address says its number: ``?page=2``."""
    if number and page.kind == "list":
        bare = page.url.partition("#")[0]
        said = re.sub(r"([?&]page=)\d{1,6}", rf"\g<1>{number}", bare)
        url = said if said != bare else f"{bare}{'&' if '?' in bare else '?'}page={number}"
        page.links = (*page.links, Link(url, "", "next", "main", "list", 0.9))


def _subject(entry: Entry, document: Document) -> Subject:
    subject = Subject(state_object.EXTRACTOR)
    state_object.fill(subject, entry.data, entry.script, entry.pointer, document)
    return subject


def _walk(value: Any, script: etree._Element, offset: str, document: Document, found: Found) -> None:
    """Gather outside in; what stands under a menu or neighbours gives links only."""
    stack: list[tuple[Any, str, int, int]] = [(value, offset, 0, 1)]
    seen = 0
    while stack and seen < NODES:
        node, pointer, depth, among = stack.pop()
        seen += 1
        if depth > DEPTH:
            continue
        if isinstance(node, dict):
            if among and _is_priced(node):
                found.entries.append(Entry(node, script, pointer, among))
            _link(node, document, found)
            found.next_page = found.next_page or _next_page(node)
        inside = [(inner, f"{pointer}/{key}", depth + 1, many if among else 0) for inner, key, many in _inside(node)]
        stack += reversed(inside)


def _inside(node: Any) -> Iterator[tuple[Any, str, int]]:
    """What is inside an object or array, with its key and how many of its like there are; 0: it belongs elsewhere."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if isinstance(inner, (dict, list)):
                yield inner, str(key), int(not is_elsewhere(str(key)[:60]))
    elif isinstance(node, list):
        like = sum(1 for inner in node[:PRODUCTS] if isinstance(inner, dict) and _is_priced(inner))
        for index, inner in enumerate(node[:PRODUCTS]):
            if isinstance(inner, (dict, list)):
                yield inner, str(index), max(2, like)


def _next_page(node: dict[str, Any]) -> int:
    at, of = (next((node[key] for key in keys if type(node.get(key)) is int), 0) for keys in (AT_KEYS, OF_KEYS))
    return at + 1 if 0 < at < of < 10_000 else 0


def _is_priced(node: dict[str, Any]) -> bool:
    named = any(isinstance(node.get(key), str) and node[key].strip() for key in NAME_KEYS)
    return named and bool((PRICED - {"value"}) & node.keys())


def _is_of_page(node: dict[str, Any], document: Document) -> bool:
    """Whether an object carries the page's own address, or the end of it as its slug or id."""
    url = _address(node, document)
    if url is not None and url.partition("?")[0] == document.url.partition("?")[0]:
        return True
    try:
        last = unquote(urlsplit(document.url).path).rstrip("/").rpartition("/")[2].partition(".")[0]
    except ValueError:
        return False
    return len(last) > 1 and last in _names(node)


def _names(node: dict[str, Any]) -> tuple[str, ...]:
    """The slug and the ids of an object."""
    return tuple(str(node[key])[:200] for key in OWN_KEYS if isinstance(node.get(key), (str, int)))


def _address(node: dict[str, Any], document: Document) -> str | None:
    """The page that an object names as its own, on this storefront."""
    for key in URL_KEYS:
        said = node.get(key)
        if isinstance(said, str) and 1 < len(said) < 2000 and (said[0] == "/" or said.startswith("http")):
            url = join(document.base, said)
            if url is not None and same_storefront(url, document.url) and not _MEDIA.search(said):
                return url
    return None


def _link(node: dict[str, Any], document: Document, found: Found) -> None:
    url = _address(node, document) if len(found.links) < LINKS else None
    if url is not None:
        name = next((node[key] for key in NAME_KEYS if isinstance(node.get(key), str)), "")
        found.links.setdefault(url, " ".join(name.split())[:300])
