"""The links of a page, each once, with where it stands and what it seems to lead to."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.model import Link
from crawler.extract.regions import Regions
from crawler.urls import join

LINK_LIMIT = 3_000  # links of one page; mega menus of large shops reach 1500
_PRODUCT = re.compile(
    r"/(?:products?|item|itm|p|dp|gp/product|produkt|produkte|produit|produto|producto|prodotto|prodotti|catalogue/[\w-]{1,200}_\d|artikel"
    r"|goods|detail|shop/[\w-]{1,80}/[\w-]{2,200}|tovar|urun|tuote|product-page)(?:/|-|\.|_|$|\?)"
    r"|product_id=\d|products_id=\d|productid=\d|[?&](?:pid|goods_id|item_id|id_product|itemid|sku)=|route=product/product"
    r"|-p-?\d{1,12}(?:\.html?|/|$)|/\d{2,9}-[\w-]{3,200}\.html|[-_]p\d{3,12}(?:\.html)?$|main_page=product_info",
    re.I,
)
_LIST = re.compile(
    r"/(?:categor\w{1,6}|collections?|c|shop|catalog\w{0,6}|brands?|kategorie\w{0,2}|product-category|product-tag|rubrique|department"
    r"|tienda|boutique|sklep|store|sale|new|search|manufacturer\w{0,2}|vendor\w{0,2}|all)(?:/|$|\?|\.)"
    r"|[?&](?:page|cpath|cat|category|category_id|path|manufacturer_id|manufacturers_id|p)=[\w-]"
    r"|route=product/(?:category|manufacturer|special|search)|index\.php\?cPath|-c-\d",
    re.I,
)
_NEVER = re.compile(
    r"/(?:cart|basket|checkout|login|logout|register|account|accounts|wishlist|compare|password|my-account|wp-admin|wp-login"
    r"|customer|signin|signup|reviews/add)(?:[/?.]|$)|add-to-cart=|action=(?:buy|add|cust)|route=(?:account|checkout)"
    r"|[?&](?:sort|order|limit|dir|orderby|sort_by|add_to_wishlist)=|mailto:|tel:",
    re.I,
)


def read(document: Document, regions: Regions, legal: dict[str, str]) -> tuple[Link, ...]:
    """Every link once, in the order of the page; ``legal`` maps addresses of legal pages to their kinds."""
    found: dict[str, Link] = {}
    joined: dict[str, str | None] = {}
    for element in document.all("a", "area")[:LINK_LIMIT]:
        href = element.get("href")
        if not href or href[0] == "#":
            continue
        if href not in joined:
            joined[href] = join(document.base, href)
        url = joined[href]
        if url is None:
            continue
        text = _text(element)
        known = found.get(url)
        if known is None or (text and not known.text):
            found[url] = _link(url, text, element, regions.of(element))
    for element in document.all("link"):
        rel = (element.get("rel") or "").lower()
        if rel in ("next", "prev", "canonical", "alternate") and (
            url := join(document.base, element.get("href") or "")
        ):
            if rel in ("next", "prev"):
                found.setdefault(url, Link(url, "", rel, "head", "list", 0.9))
    return tuple(found.values())


def _text(element: etree._Element) -> str:
    if len(element):
        text = " ".join(" ".join(element.itertext()).split())
        if not text:
            text = element.get("title") or next((img.get("alt") or "" for img in element.iter("img")), "")
        return text[:300]
    return " ".join((element.text or element.get("title") or "").split())[:300]


def _link(url: str, text: str, element: etree._Element, where: str) -> Link:
    kind, score = guess(url)
    return Link(url, text, element.get("rel") or "", where, kind, score)


def guess(url: str) -> tuple[str, float]:
    """What an address alone seems to lead to, and how sure that is."""
    tail = url.split("/", 3)[-1] if url.count("/") > 2 else ""  # noqa: PLR2004 - what follows the host
    tail = "/" + tail[:500]
    if _NEVER.search(tail):
        return "other", 0.9
    if _PRODUCT.search(tail):
        return "product", 0.8
    if _LIST.search(tail):
        return "list", 0.7
    return "other", 0.3
