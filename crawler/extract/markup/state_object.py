"""One object of a page's state read field by field, by the names that shops' scripts give to values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject, text_of
from crawler.extract.markup.schema_offers import ANY_CHOICE
from crawler.extract.model import Place, Reading
from crawler.items import Availability, Variant
from crawler.money import Money, read_amount

EXTRACTOR = "javascript_state"
NAME_KEYS = ("name", "title", "productName", "product_name", "item_name", "content_name", "displayName")
_PRICE_KEYS = (
    "price", "finalPrice", "final_price", "salePrice", "sale_price", "currentPrice", "current_price", "priceValue",
    "price_amount", "unitPrice", "productPrice", "product_price", "prices", "pricing", "priceRange", "value",
)  # fmt: skip
PRICED = frozenset(_PRICE_KEYS)
_LIST_KEYS = (
    "compare_at_price", "compareAtPrice", "compareAt", "compare_at", "previousPrice", "strikePrice", "retailPrice",
    "listPrice", "list_price", "originalPrice", "original_price", "regularPrice", "regular_price", "oldPrice",
    "old_price", "wasPrice", "msrp", "rrp", "basePrice",
)  # fmt: skip
_BRAND_KEYS = ("brand", "vendor", "item_brand", "brandName", "manufacturer", "brand_name", "productBrand")
_SKU_KEYS = (
    "sku", "SKU", "productSku", "product_sku", "styleCode", "articleNumber", "article_number", "partNumber",
    "modelNumber", "partNo", "itemNumber", "itemNo", "productCode", "articleNo", "artNo", "productNumber",
)  # fmt: skip
_MPN_KEYS = ("mpn", "manufacturerPartNumber", "manufacturer_part_number", "mfrPartNumber")
_STOCK_KEYS = ("status", "availability", "inStock", "in_stock", "available")
_FORMER_KEYS = ("original", "regular", "list", "was", "old", "originalPrice", "listPrice", "regularPrice")
"""Names of the former price beside the current one in an object of prices."""
_GTIN_KEYS = ("gtin", "ean", "gtin13", "barcode", "upc", "EAN")
_CURRENCY_KEYS = ("currency", "currencyCode", "priceCurrency", "currency_code", "currencyIso")


def fill(found: Subject, node: dict[str, Any], script: etree._Element, where: str, document: Document) -> None:
    """Read one object of a script into a subject; ``where`` is the pointer that leads to it."""

    def put(name: str, value: Any, raw: Any, key: str) -> None:
        found.add(name, Reading(value, EXTRACTOR, Place(script, f"{where}/{key}"), str(raw)))

    for key, raw in _first(node, NAME_KEYS) if "public_title" not in node else ():  # a choice's: "Boots - S"
        put("title", text_of(raw), raw, key)
    brand(found, node, script, where)
    for key, raw in _first(node, _SKU_KEYS):
        if isinstance(raw, (str, int)):
            put("sku", values.code(str(raw)), raw, key)
    for key, raw in _first(node, _MPN_KEYS):
        if isinstance(raw, (str, int)):
            put("mpn", values.code(str(raw)), raw, key)
    for key, raw in _first(node, _GTIN_KEYS):
        put("gtin", values.gtin(str(raw)), raw, key)
    for name, keys in (("price", _PRICE_KEYS), ("list_price", _LIST_KEYS)):
        for key, raw in _first(node, keys):
            money = _money(raw, node, document, key)
            if money is not None and (money.amount or name == "price"):
                put(name, money, raw, key)
    if "list_price" not in found.readings and isinstance(priced := node.get("price"), dict):
        for key, raw in _first(priced, _FORMER_KEYS):
            put("list_price", _money(raw, {**node, **priced}, document, key), raw, f"price/{key}")
    for key, raw in _first(
        node, ("availability", "stockStatus", "stock_status", "available", "inStock", "in_stock", "isInStock", "stock")
    ):
        put("availability", _availability(raw), raw, key)
    choices(found, node, node.get("variants"), script, f"{where}/variants", document)


def brand(found: Subject, node: dict[str, Any], script: etree._Element, where: str) -> None:
    """Read whose make a product of a script is."""
    for key, raw in _first(node, _BRAND_KEYS):
        name = raw.get("name") or raw.get("title") if isinstance(raw, dict) else raw
        if isinstance(name, str):
            found.add("brand", Reading(text_of(name), EXTRACTOR, Place(script, f"{where}/{key}"), name))


def _first(node: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key in keys:
        value = node.get(key)
        if value not in (None, "", [], {}):
            yield key, value
            return


def _availability(raw: Any) -> str | None:
    if isinstance(raw, bool):
        return "InStock" if raw else "OutOfStock"
    if isinstance(raw, dict):
        return next((_availability(one) for _, one in _first(raw, _STOCK_KEYS) if not isinstance(one, dict)), None)
    return values.availability(raw) if isinstance(raw, str) else None


def _money(raw: Any, node: dict[str, Any], document: Document, key: str) -> Money | None:
    """A price that is a number, a string, or an object with amount and currency; Shopify's numbers are minor units."""
    code = next((values.currency(node[name]) for name in _CURRENCY_KEYS if isinstance(node.get(name), str)), None)
    for _ in range(4):  # priceRange → minVariantPrice → amount is the deepest that is usual
        if not isinstance(raw, dict):
            break
        code = next((values.currency(raw[name]) for name in _CURRENCY_KEYS if isinstance(raw.get(name), str)), code)
        if isinstance(raw.get("centAmount"), int):
            return _amount(Decimal(raw["centAmount"]).scaleb(-int(raw.get("fractionDigits") or 2)), code, document)
        raw = next(
            (
                raw[name]
                for name in (
                    "amount",
                    "value",
                    "current",
                    "sale",
                    "final",
                    "finalPrice",
                    "salePrice",
                    "minVariantPrice",
                    "minimum_price",
                    "final_price",
                    "price",
                    "now",
                    "min",
                    "selling",
                    "formatted",
                )
                if raw.get(name) is not None
            ),
            None,
        )
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    if (isinstance(raw, int) and _in_minor_units(node)) or key in ("priceCents", "price_cents"):
        return _amount(Decimal(raw).scaleb(-2), code, document)
    amount = read_amount(str(raw), document.hints(code))
    return _amount(amount, code, document) if amount is not None else None


def _in_minor_units(node: dict[str, Any]) -> bool:
    """Whether an object's whole numbers are Shopify's: it, or a variant of whole numbers, has names of its own."""
    if not _SHOPIFYS.isdisjoint(node):
        return True
    listed = node.get("variants")
    first = listed[0] if isinstance(listed, list) and listed else None
    return isinstance(first, dict) and not _SHOPIFYS.isdisjoint(first) and isinstance(first.get("price"), int)


_SHOPIFYS = frozenset({"compare_at_price", "public_title"})
"""Names of a variant in the product that a theme writes down, and in what Shopify's own tracking writes."""


def _amount(amount: Decimal, code: str | None, document: Document) -> Money | None:
    code = code or document.currency
    if amount < 0 or amount > 10**12:  # no shop sells above; a timestamp or an id is no price
        return None
    return Money(amount=amount, currency=code, reason="declared by the page (javascript_state)" if code else "")


def choices(
    found: Subject, node: dict[str, Any], listed: Any, script: etree._Element, where: str, document: Document
) -> None:
    """Read the variants of a product into its subject; ``where`` leads to the list, ``node`` is what they share.

    Where nothing says which one is chosen, it is the first that can be had, as shops preselect.
    """
    if not isinstance(listed, list) or not listed:
        return
    kept: dict[str, tuple[int, Variant]] = {}
    for index, raw in enumerate(listed[:250]):
        if not isinstance(raw, dict) or not isinstance(raw.get("id"), (str, int)):
            continue
        price = next((_money(raw[key], {**node, **raw}, document, key) for key in _PRICE_KEYS if key in raw), None)
        title = text_of(raw.get("title") or raw.get("public_title") or raw.get("name") or "")[:200]
        known = values.code(str(raw["sku"])) if raw.get("sku") else None
        stock = cast("Availability | None", _availability(raw.get("available")))
        name = str(raw["id"])[:200]
        kept.setdefault(name, (index, Variant(id=name, title=title, price=price, sku=known, availability=stock)))

    def put(name: str, value: Any, raw: str, at: str, note: str = "") -> None:
        found.add(name, Reading(value, EXTRACTOR, Place(script, f"{where}{at}"), raw, note))

    if len({one.price.amount for _, one in kept.values() if one.price}) > 1:
        for stated in found.readings.get("price", ()):
            stated.note = ANY_CHOICE
    if len(kept) > 1:
        put("variants", tuple(one for _, one in kept.values()), f"{len(kept)} variants", "")
    in_stock = (one for one in kept.values() if one[1].availability == "InStock")
    index, first = next(in_stock, next(iter(kept.values()), (0, None)))
    if first and first.sku and "sku" not in found.readings:
        put("sku", first.sku, first.sku, f"/{index}/sku")
    if first and first.price and "price" not in found.readings:
        put("price", first.price, str(first.price.amount), f"/{index}/price", ANY_CHOICE if len(kept) > 1 else "")
