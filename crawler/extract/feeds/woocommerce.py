"""WooCommerce's public catalogue, the Store API: ``/wp-json/wc/store/v1/products``, at most 100 products a page.

Source: https://developer.woocommerce.com/docs/apis/store-api/resources-endpoints/products/. Amounts are whole
numbers of the minor unit that the entry states.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.extract.feeds.entry import Entry, decimal, loads, objects
from crawler.extract.model import Product
from crawler.urls import canonical, same_storefront

EXTRACTOR = "woocommerce_feed"
PATH = "/wp-json/wc/store/v1/products?per_page=100&page={}"
SIZE = 100
IMAGES_LIMIT = 10
MINOR_LIMIT = 4  # digits of a minor unit; no currency has more


def read(body: bytes, home: str, currency: str | None) -> list[Product]:  # noqa: ARG001 - the entries state their own
    """The products of one page of the feed."""
    return list(_products(objects(loads(body)), home))


def _products(found: list[dict[str, Any]], home: str) -> Iterator[Product]:
    for number, one in enumerate(found[:SIZE]):
        link = one.get("permalink")
        url = canonical(link) if isinstance(link, str) else None
        if url is not None and same_storefront(url, home):
            yield _product(Entry(one, f"#/{number}", EXTRACTOR), url)


def _product(entry: Entry, url: str) -> Product:
    data = entry.data
    entry.add("url", url, "/permalink", data["permalink"])
    entry.text("title", "/name", data.get("name"))
    entry.text("sku", "/sku", data.get("sku"))
    entry.text("shop_product_id", "/id", data.get("id"))
    entry.prose("description", "/description", data.get("description") or data.get("short_description"))
    _money(entry, data.get("prices"))
    if isinstance(data.get("is_in_stock"), bool):
        entry.add("availability", _availability(data), "/is_in_stock", data["is_in_stock"])
    for brand in objects(data.get("brands"))[:1]:
        entry.text("brand", "/brands/0/name", brand.get("name"))
    names = [one["name"] for one in objects(data.get("categories")) if isinstance(one.get("name"), str)]
    entry.add("category", tuple(names[:1]), "/categories/0/name", names[0] if names else "")
    pictures = [one["src"] for one in objects(data.get("images")) if isinstance(one.get("src"), str)]
    entry.add("images", tuple(pictures[:IMAGES_LIMIT]), "/images")
    return entry.product


def _availability(data: dict[str, Any]) -> str:
    if not data["is_in_stock"]:
        return "OutOfStock"
    return "BackOrder" if data.get("is_on_backorder") is True else "InStock"


def _money(entry: Entry, prices: object) -> None:
    """The price now and, where it is reduced, the regular one."""
    if not isinstance(prices, dict):
        return
    minor, currency = prices.get("currency_minor_unit"), prices.get("currency_code")
    if not isinstance(minor, int) or not 0 <= minor <= MINOR_LIMIT or not isinstance(currency, str):
        return
    price, before = decimal(prices.get("price"), minor), decimal(prices.get("regular_price"), minor)
    entry.money("price", "/prices/price", price, currency.upper())
    if price and before is not None and before > price:
        entry.money("list_price", "/prices/regular_price", before, currency.upper())
