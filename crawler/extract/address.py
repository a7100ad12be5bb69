"""What an address alone says: what it seems to lead to, and which of its parts name a page."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract import legal

# each pattern says first what it can begin with: at most characters nothing else is tried
_PRODUCT = re.compile(
    r"(?=[/?&mpr_-])(?:/(?:products?(?!-(?:tag|cat|kat))|item|itm|p|dp|gp/product|produkt(?!-(?:tag|kat))|produkte|produit|produto|producto|prodotto|prodotti|artikel|goods|detail|tovar"
    r"|urun|tuote|proizvod|izdelek|termek|produs|preke|toode|san-pham|articulo|articolo|product-page|catalogue/[\w-]{1,200}_\d{1,12}|shop/(?!categor)[\w-]{1,80}/[\w-]{2,200})(?:/|-|\.|_|$|\?)"
    r"|products?_id=\d|productid=\d|[?&](?:pid|goods_id|item_id|id_product|itemid|sku)=|route=product/product"
    r"|-p-?\d{1,12}(?:\.html?|/|$)|/\d{2,9}-[\w-]{3,200}\.html|[-_]p\d{3,12}(?:\.html)?$|main_page=product_info)"
)
_ABOUT_ONE = re.compile(
    r"/(?:reviews?|tags?|product[-_]?(?:tags?|alerts?|compare|questions?)|produkt-tag|sendfriend|productalert|tell_?a_?friend)(?:/|$|\?)"
)
"""What has a product's word or id in its address and is none: its reviews, its tags, an alert."""
_LIST = re.compile(
    r"(?=[/?&r-])(?:/(?:categor\w{1,6}|collections?|c|shop|catalog\w{0,6}|brands?|kategorie\w{0,2}|product-category|product-tag|rubrique|department"
    r"|tienda|boutique|sklep|store|sale|new|search|manufacturer\w{0,2}|vendor\w{0,2}|all)(?:/|$|\?|\.)"
    r"|[?&](?:page|cpath|cat|category|category_id|path|manufacturers?_id|p)=[\w-]"
    r"|route=product/(?:category|manufacturer|special|search)|-c-\d)"
)
_ACTS = re.compile(
    r"(?=[/?&ar])(?:/(?:cart|basket|checkout|login|logout|register|accounts?|wishlist|compare|password|my-account|wp-admin|wp-login"
    r"|customer|signin|signup|reviews/add|popup)(?:[/?.]|$)|add-to-cart=|action=(?:buy|add|cust)|route=(?:account|checkout)"
    r"|[?&]add_to_wishlist=)"
)
_ORDERED = re.compile(r"[?&](?:sort|order|limit|dir|orderby|sort_by)=")


@lru_cache(maxsize=8192)
def guess(url: str) -> tuple[str, float]:
    """What an address alone seems to lead to, and how sure that is."""
    path = _tail(url)
    if _ACTS.search(path) or _ORDERED.search(path):
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


def acts(url: str) -> bool:
    """Whether an address does something instead of showing a thing: it puts into a cart, logs in, compares."""
    return _ACTS.search(_tail(url)) is not None


def _tail(url: str) -> str:
    parts = url.split("/", 3)
    return "/" + parts[3].lower() if len(parts) > 3 else "/"


def page_path(url: str) -> str:
    """Path of an address, without what varies between visits."""
    return url.split("?")[0].split("#")[0].partition("//")[2].partition("/")[2].rstrip("/")


_NUMBER = re.compile(r"(?<![^\W_])\d{5,12}(?![^\W_])")
_OWN_ID = re.compile(
    r"[?&](?:(?:\w{1,12}_)?(?:products?|prod|item|artikel|article|art|goods)_?(?:id|nr|no|num|code)?|p?id|nr|no|sku|code)"
    r"=([\w.-]{1,40})(?=&|#|$)",
    re.IGNORECASE,
)


def product_codes(url: str) -> frozenset[str]:
    """The numbers and ids by which an address names one product; years and sizes in a name are too short for one."""
    path, _, query = url[:2000].partition("?")
    found = _NUMBER.findall(path.rstrip("/").rpartition("/")[2]) if path.count("/") > 2 else []
    return frozenset(found).union(code.casefold() for code in _OWN_ID.findall(f"?{query}"))
