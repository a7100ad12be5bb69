"""The links of a page, each once, with where it stands and what it seems to lead to."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from crawler.extract import legal
from crawler.extract.address import guess
from crawler.extract.document import Document, text_content
from crawler.extract.model import Link

LINK_LIMIT = 3_000  # links of one page; mega menus of large shops reach 1500
TEXT_LIMIT = 300  # characters of an anchor text that are kept
GUESS_LIMIT = 500  # characters of an address that says anything


def read(document: Document) -> tuple[Link, ...]:
    """Every link of the page once, in its order."""
    found: dict[str, Link] = {}
    attributes, regions = document.attributes, document.regions
    for element in document.all("a", "area")[:LINK_LIMIT]:
        own = attributes[element]
        href = own.get("href")
        if not href or href[0] == "#":
            continue
        url = document.resolve(href)
        if url is None:
            continue
        known = found.get(url)
        if known is None or not known.text:
            found[url] = _link(url, _text(element, own), own.get("rel", ""), regions[element])
    for url in _framed(document):
        found.setdefault(url, Link(url, "", "", "nav", "list", FRAME_SCORE))
    for element in document.all("link"):
        own = attributes[element]
        rel = own.get("rel", "").lower()
        if rel in ("next", "prev") and (url := document.resolve(own.get("href", ""))):
            found.setdefault(url, Link(url, "", rel, "head", "list", 0.9))
    return tuple(found.values())


FRAME_SCORE = 0.9  # its pages are parts of the page itself: a menu, and what is shown first


def _framed(document: Document) -> list[str]:
    """The pages that a frameset puts together."""
    sources = (document.attributes[element].get("src", "") for element in document.all("frame"))
    return [url for source in sources if source and (url := document.resolve(source)) is not None]


def promoted(found: tuple[Link, ...], cards: frozenset[str]) -> tuple[Link, ...]:
    """The links with those of cards (a name, a price and a link) taken for products, whatever their address says."""
    if not cards:
        return found
    return tuple(
        link._replace(kind="product", score=CARD_SCORE)
        if link.url in cards and link.kind in ("other", "list", "product")
        else link
        for link in found
    )


CARD_SCORE = 0.9  # surer than an address with a product's word in it: it was seen with a name and a price


def _text(element: etree._Element, own: dict[str, str]) -> str:
    text = text_content(element)
    if not text:
        text = own.get("title") or own.get("aria-label") or ""
        if not text and len(element):
            text = next((img.get("alt") or "" for img in element.iter("img")), "")
        text = " ".join(text.split())
    return text[:TEXT_LIMIT]


def _link(url: str, text: str, rel: str, where: str) -> Link:
    kind, score = _leads_to(url if len(url) <= GUESS_LIMIT else "", text)
    return Link(url, text, rel, where, kind, score)


@lru_cache(maxsize=8192)  # menus repeat on every page of a shop
def _leads_to(url: str, text: str) -> tuple[str, float]:
    return ("legal", 0.9) if legal.by_words(text) else guess(url)
