"""From a page that was read to the offers that are stored."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import ValidationError

from crawler.extract.model import Page, Product, storable
from crawler.items import NEEDS_PROVENANCE, Offer, Provenance
from crawler.urls import canonical

_FIELDS = ("title", "description", "price", "list_price", "availability", "condition", "brand", "sku", "mpn", "gtin", "images",
           "variants", "category", "pack", "seller", "shop_product_id", "price_problem")  # fmt: skip
TITLE_LIMIT = 500  # characters; what is longer is no title
DESCRIPTION_LIMIT = 5_000


def to_offers(page: Page, *, storefront: str, url: str) -> tuple[list[Offer], dict[str, int]]:
    """Offers of a page with deterministic ids, and how many products were turned away, by reason."""
    offers: list[Offer] = []
    rejected: dict[str, int] = {}
    for product in page.products:
        offer = _offer(product, page, storefront, url)
        if isinstance(offer, str):
            rejected[offer] = rejected.get(offer, 0) + 1
        else:
            offers.append(offer)
    return offers, rejected


def _offer(product: Product, page: Page, storefront: str, url: str) -> Offer | str:
    if not product.value("title"):
        return "offer.no_title"
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {}
    for name in _FIELDS:
        found = product.fields.get(name)
        if found is None:
            continue
        values[name] = _clean(name, found.value)
        if name in NEEDS_PROVENANCE:
            provenance[name] = found.provenance
    if "price" in values:
        values.pop("price_problem", None)
    else:
        values.setdefault("price_problem", "absent")
    own = canonical(product.value("url") or url) or url
    try:
        return Offer(id=offer_id(storefront, values.get("shop_product_id"), own), storefront=storefront, url=own,
                     language=page.language, provenance=provenance, **values)  # fmt: skip
    except ValidationError as error:
        return f"offer.invalid.{error.errors()[0]['loc'][0] if error.errors()[0]['loc'] else 'model'}"


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)[: TITLE_LIMIT if name == "title" else DESCRIPTION_LIMIT]
    return value


def offer_id(storefront: str, product_id: str | None, url: str) -> str:
    """Storefront and the shop's own product id, else storefront and a digest of the canonical URL."""
    if product_id:
        return f"{storefront}|id:{product_id}"
    return f"{storefront}|url:{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}"
