"""Shopify's public catalogue, ``/products.json``: what a shop's own pages show, without its currency.

Source: https://shopify.dev/docs/api/ajax/reference/product and the answers of stock shops; at most 250 products a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from crawler.extract.feeds.entry import Entry, decimal, loads, objects
from crawler.extract.model import Product
from crawler.items import Variant
from crawler.money import Money
from crawler.urls import join

EXTRACTOR = "shopify_feed"
PATH = "/products.json?limit=250&page={}"
SIZE = 250
IMAGES_LIMIT = 10
VARIANTS_LIMIT = 100  # Shopify's own bound for most shops
NO_CHOICE = "Default Title"  # the one variant of a product that has none


def read(body: bytes, home: str, currency: str | None) -> list[Product]:
    """The products of one page of the feed; ``currency`` is what the shop's pages declare."""
    data = loads(body)
    found = data.get("products") if isinstance(data, dict) else None
    return list(_products(objects(found), home, currency))


def _products(found: list[dict[str, Any]], home: str, currency: str | None) -> Iterator[Product]:
    for number, one in enumerate(found[:SIZE]):
        handle = one.get("handle")
        url = join(home, f"/products/{quote(handle, safe='-_.~%')}") if isinstance(handle, str) and handle else None
        if url is not None:
            yield _product(Entry(one, f"#/products/{number}", EXTRACTOR), url, currency)


def _product(entry: Entry, url: str, currency: str | None) -> Product:
    data = entry.data
    entry.add("url", url, "/handle", data["handle"])
    entry.text("title", "/title", data.get("title"))
    entry.text("brand", "/vendor", data.get("vendor"))
    entry.text("shop_product_id", "/id", data.get("id"))
    entry.prose("description", "/body_html", data.get("body_html"))
    kind = data.get("product_type")
    entry.add("category", (kind,) if isinstance(kind, str) and kind else (), "/product_type", kind)
    pictures = [one["src"] for one in objects(data.get("images")) if isinstance(one.get("src"), str)]
    entry.add("images", tuple(pictures[:IMAGES_LIMIT]), "/images")
    _chosen(entry, objects(data.get("variants"))[:VARIANTS_LIMIT], currency)
    return entry.product


def _chosen(entry: Entry, variants: list[dict[str, Any]], currency: str | None) -> None:
    """Price and code of the variant that the product's page opens with: the first that can be bought."""
    if not variants:
        return
    sold = [number for number, one in enumerate(variants) if one.get("available") is True]
    chosen = sold[0] if sold else 0
    one, path = variants[chosen], f"/variants/{chosen}"
    price, before = decimal(one.get("price")), decimal(one.get("compare_at_price"))
    entry.money("price", f"{path}/price", price, currency)
    if price and before is not None and before > price:
        entry.money("list_price", f"{path}/compare_at_price", before, currency)
    entry.text("sku", f"{path}/sku", one.get("sku"))
    if "available" in one:
        entry.add("availability", "InStock" if sold else "OutOfStock", f"{path}/available", one["available"])
    choices = tuple(_variant(variant, currency) for variant in variants)
    if len(choices) > 1 or choices[0].title != NO_CHOICE:
        entry.add("variants", choices, "/variants", f"{len(choices)} variants")


def _variant(data: dict[str, Any], currency: str | None) -> Variant:
    price = decimal(data.get("price"))
    sku = data.get("sku")
    available = data.get("available")
    return Variant(
        id=str(data.get("id"))[:64],
        title=str(data.get("title") or "")[:300],
        price=Money(amount=price, currency=currency) if price is not None else None,
        sku=sku[:100] if isinstance(sku, str) and sku else None,
        availability=None if available is None else "InStock" if available is True else "OutOfStock",
    )
