"""From a page that was read to the offers that are stored."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import ValidationError

from crawler.extract import pack, unaddressed
from crawler.extract.address import page_path
from crawler.extract.feeds.known import FEEDS
from crawler.extract.model import Page, Product, storable
from crawler.items import NEEDS_PROVENANCE, Offer, Provenance
from crawler.urls import canonical

_FIELDS = (
    "title",
    "description",
    "price",
    "list_price",
    "availability",
    "condition",
    "brand",
    "sku",
    "mpn",
    "gtin",
    "images",
    "variants",
    "category",
    "pack",
    "seller",
    "ships_from",
    "shop_product_id",
    "price_problem",
)
LEFT = "offer.has_its_own_page"
"""Why a card of a list is no offer: it is left to the page that it leads to."""
TITLE_LIMIT = 500  # characters; what is longer is no title
DESCRIPTION_LIMIT = 5_000


def to_offers(page: Page, *, storefront: str, url: str, cards: bool = False) -> tuple[list[Offer], dict[str, int]]:
    """Offers of a page with deterministic ids, and how many products were turned away, by reason.

    ``url`` is the address that was fetched, without what identifies the visit; a canonical link of the page may name a
    better one. A card of a list that leads to a page of its own is left to that page (``LEFT``): a list rounds,
    shortens and mixes; one that is told as data does not. ``cards``: they are offers all the same, as the shop's own
    pages of products tell nothing. A card that has no page is the same wherever it stands (``unaddressed``).
    """
    offers: dict[str, Offer] = {}
    rejected: dict[str, int] = {}
    own = _address(page, canonical(url) or url)
    things = unaddressed.identities(page.products) if page.kind == "list" else {}
    for product in page.products:
        offer = _offer(product, page, storefront, own, things.get(id(product), ""), cards)
        if isinstance(offer, str):
            rejected[offer] = rejected.get(offer, 0) + 1
        elif offer.id in offers:
            rejected["offer.twice"] = rejected.get("offer.twice", 0) + 1
        else:
            offers[offer.id] = offer
    return list(offers.values()), rejected


def _address(page: Page, own: str) -> str:
    """The page's own word for its address, when it names the same thing: the last piece of both paths is one.

    Shops reach a product by many addresses (category paths, ``?variant=``, what recommended it); a shop whose every
    page calls the home page canonical is not believed.
    """
    said = canonical(page.canonical) if page.kind == "product" and page.canonical else None
    if said is None:
        return own
    last = page_path(said).rpartition("/")[2]
    return said if last and last == page_path(own).rpartition("/")[2] else own


def _offer(product: Product, page: Page, storefront: str, own: str, thing: str, cards: bool) -> Offer | str:
    title = product.value("title")
    if not title:
        return "offer.no_title"
    is_told = page.kind == "feed" or page.is_told
    address, listed = own, page.kind == "list" and not is_told
    if is_told:
        address = own = canonical(product.value("url") or "") or own
    if listed:
        leads_to = canonical(product.value("url") or "") or own
        if leads_to != own and not cards:
            return LEFT
        address = leads_to if leads_to != own else f"#{thing}"
    values, provenance = _values(product)
    number = None if listed or page.platform in FEEDS else values.get("shop_product_id")
    try:
        return Offer(
            id=offer_id(storefront, number, address),
            storefront=storefront,
            url=own,
            language=page.language,
            provenance=provenance,
            **values,
        )
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        return f"offer.invalid.{place[0] if place else 'model'}"


def card_values(product: Product) -> dict[str, Any]:
    """What a card says of a product: the fields of an offer that it gives."""
    values, provenance = _values(product)
    return {**values, "provenance": provenance}


def _values(product: Product) -> tuple[dict[str, Any], dict[str, Provenance]]:
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {}
    for name in _FIELDS:
        found = product.fields.get(name)
        if found is None or found.value in (None, "", ()):
            continue
        values[name] = _clean(name, found.value)
        if name in NEEDS_PROVENANCE:
            provenance[name] = found.provenance
    if (size := pack.find(values.get("pack", ""))) is not None:
        values["pack_size"], values["pack_unit"] = size.amount, size.unit
    if "price" in values:
        values.pop("price_problem", None)
    else:
        values.setdefault("price_problem", "absent")
    return values, provenance


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)[: TITLE_LIMIT if name == "title" else DESCRIPTION_LIMIT]
    if isinstance(value, tuple):
        return tuple(storable(one) if isinstance(one, str) else one for one in value)
    return value


def offer_id(storefront: str, product_id: str | None, address: str) -> str:
    """Storefront and the shop's own product id, else storefront and a digest of the canonical address (of a thing
    without one: of what tells it from others).

    Where the platform publishes a feed the address decides: feed and page have it in common, and a page does not lose
    it with its cart button when the product is sold out.
    """
    if product_id:
        return f"{storefront}|id:{product_id}"
    return f"{storefront}|url:{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:32]}"
