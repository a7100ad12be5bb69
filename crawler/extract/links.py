"""The links of a page, each once, with where it stands and what it seems to lead to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract import legal
from crawler.extract.document import Document, text_content
from crawler.extract.model import Link
from crawler.urls import join

LINK_LIMIT = 3_000  # links of one page; mega menus of large shops reach 1500
TEXT_LIMIT = 300  # characters of an anchor text that are kept
_PRODUCT = re.compile(
    r"/(?:products?(?!-(?:tag|cat|kat))|item|itm|p|dp|gp/product|produkt(?!-(?:tag|kat))|produkte|produit|produto|producto|prodotto|prodotti|artikel|goods|detail|tovar"
    r"|urun|tuote|product-page|catalogue/[\w-]{1,200}_\d{1,12}|shop/[\w-]{1,80}/[\w-]{2,200})(?:/|-|\.|_|$|\?)"
    r"|products?_id=\d|productid=\d|[?&](?:pid|goods_id|item_id|id_product|itemid|sku)=|route=product/product"
    r"|-p-?\d{1,12}(?:\.html?|/|$)|/\d{2,9}-[\w-]{3,200}\.html|[-_]p\d{3,12}(?:\.html)?$|main_page=product_info"
)
_ABOUT_ONE = re.compile(
    r"/(?:reviews?|tags?|product[-_]?(?:tags?|alerts?|compare)|produkt-tag|sendfriend|productalert|tell_?a_?friend)(?:/|$|\?)"
)
"""What has a product's word or id in its address and is none: its reviews, its tags, an alert."""
_LIST = re.compile(
    r"/(?:categor\w{1,6}|collections?|c|shop|catalog\w{0,6}|brands?|kategorie\w{0,2}|product-category|product-tag|rubrique|department"
    r"|tienda|boutique|sklep|store|sale|new|search|manufacturer\w{0,2}|vendor\w{0,2}|all)(?:/|$|\?|\.)"
    r"|[?&](?:page|cpath|cat|category|category_id|path|manufacturers?_id|p)=[\w-]"
    r"|route=product/(?:category|manufacturer|special|search)|-c-\d"
)
_NEVER = re.compile(
    r"/(?:cart|basket|checkout|login|logout|register|accounts?|wishlist|compare|password|my-account|wp-admin|wp-login"
    r"|customer|signin|signup|reviews/add)(?:[/?.]|$)|add-to-cart=|action=(?:buy|add|cust)|route=(?:account|checkout)"
    r"|[?&](?:sort|order|limit|dir|orderby|sort_by|add_to_wishlist)="
)
_SIMPLE = re.compile(r"/(?!/)[\w\-/.]{0,500}(?:\?[\w\-=&./]{0,500})?")
"""A path that needs no resolving: no dot segment (tested apart), nothing to escape."""


def read(document: Document) -> tuple[Link, ...]:
    """Every link of the page once, in its order."""
    found: dict[str, Link] = {}
    base, origin = document.base, _origin(document.base)
    attributes, regions = document.attributes, document.regions
    for element in document.all("a", "area")[:LINK_LIMIT]:
        own = attributes[element]
        href = own.get("href")
        if not href or href[0] == "#":
            continue
        url = resolve(base, origin, href)
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
        if rel in ("next", "prev") and (url := join(base, own.get("href", ""))):
            found.setdefault(url, Link(url, "", rel, "head", "list", 0.9))
    return tuple(found.values())


FRAME_SCORE = 0.9  # its pages are parts of the page itself: a menu, and what is shown first


def _framed(document: Document) -> list[str]:
    """The pages that a frameset puts together."""
    sources = (document.attributes[element].get("src", "") for element in document.all("frame"))
    return [url for source in sources if source and (url := join(document.base, source)) is not None]


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


def _origin(base: str) -> str:
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and re.fullmatch(r"[a-z0-9.:-]+", parts.netloc)
    return f"{parts.scheme}://{parts.netloc}" if plain else ""


def resolve(base: str, origin: str, href: str) -> str | None:
    """Absolute address of a link; menus repeat on every page of a shop, so answers are kept."""
    if origin and (href[0] == "/" or href.startswith(origin)):
        path = href.removeprefix(origin)
        if _SIMPLE.fullmatch(path) and "/." not in path and path.isascii():
            return origin + path
    if len(href) > 500:  # a bound on what the cache may hold
        return join(base, href)
    return _kept(base if not href.startswith(("http:", "https:")) else origin, href)


@lru_cache(maxsize=8192)
def _kept(base: str, href: str) -> str | None:
    return join(base, href)


def _text(element: etree._Element, own: dict[str, str]) -> str:
    text = text_content(element)
    if not text:
        text = own.get("title") or own.get("aria-label") or ""
        if not text and len(element):
            text = next((img.get("alt") or "" for img in element.iter("img")), "")
        text = " ".join(text.split())
    return text[:TEXT_LIMIT]


def _link(url: str, text: str, rel: str, where: str) -> Link:
    named = legal.by_words(text)
    if named:
        return Link(url, text, rel, where, "legal", 0.9)
    kind, score = guess(url) if len(url) <= 500 else ("other", 0.3)
    return Link(url, text, rel, where, kind, score)


@lru_cache(maxsize=8192)
def guess(url: str) -> tuple[str, float]:
    """What an address alone seems to lead to, and how sure that is."""
    tail = url.split("/", 3)
    path = "/" + tail[3].lower() if len(tail) > 3 else "/"
    if _NEVER.search(path):
        return "other", 0.9
    if _ABOUT_ONE.search(path):
        return "other", 0.7
    if _PRODUCT.search(path):
        return "product", 0.8
    if _LIST.search(path):
        return "list", 0.7
    if legal.by_path(url):
        return "legal", 0.8
    return "other", 0.3
