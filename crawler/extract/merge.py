"""One product out of what every source read: a vote on each field, and what the fields say of each other."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract import price_vote, values, vote
from crawler.extract.markup.graph import Subject
from crawler.extract.model import Field, Product, Reading
from crawler.extract.visible.page_title import parts
from crawler.money import Money


def merge(subjects: list[Subject]) -> Product:
    """One product out of what the sources say about it."""
    by_field: dict[str, list[Reading]] = {}
    for subject in subjects:
        for name, readings in subject.readings.items():
            by_field.setdefault(name, []).extend(readings)
    product = Product()
    for name, readings in by_field.items():
        if name != "sku":
            product.fields[name] = _DECIDERS.get(name, vote.by_rank)(name, readings)
    if "sku" in by_field:
        product.fields["sku"] = _sku(by_field["sku"], product)
    if "price" in by_field and "variants" in product.fields:
        price_vote.of_the_shown_choice(product)
    if "price" in by_field and "list_price" in by_field:
        price_vote.of_a_sale(product)
    _consistent(product)
    return product


def _sku(readings: list[Reading], product: Product) -> Field:
    """The article code; mark-up that gives the database's own id for it loses against a code that means something."""
    ordered = sorted(readings, key=vote.order("sku"))
    internal = {product.value("shop_product_id"), product.value("product_id")} - {None}
    if ordered[0].value not in internal:
        return vote.field(ordered[0], ordered[1:], "")
    better = next((one for one in ordered if one.value not in internal), None)
    made = product.fields.get("mpn")
    if better is None and made and made.value not in internal:
        better = made.reading
    if better is None:
        return vote.field(ordered[0], ordered[1:], "")
    return vote.field(
        better, [one for one in ordered if one is not better], f"{ordered[0].extractor} gives the shop's internal id"
    )


def _consistent(product: Product) -> None:
    """A list price that is not above the price is none; a GTIN given as article code is both."""
    price, listed = product.fields.get("price"), product.fields.get("list_price")
    if price and listed and price.value.currency and not listed.value.currency:
        listed.value = listed.value.model_copy(update={"currency": price.value.currency, "reason": "as the price's"})
    if price and listed:
        listed.value = price_vote.in_its_units(listed, price)
    if price and listed and not _above(listed.value, price.value):
        del product.fields["list_price"]
    sku, trail = product.fields.get("sku"), product.fields.get("category")
    codes = {product.value(name) for name in ("sku", "mpn", "title")}
    if trail and trail.value and trail.value[-1] in codes:
        trail.value = trail.value[:-1]
    if sku and "gtin" not in product.fields and (gtin := values.gtin(str(sku.value))) and len(gtin) > 8:
        product.fields["gtin"] = Field(gtin, sku.reading, "the article code is a GTIN with a right check digit")


def _above(listed: Money, price: Money) -> bool:
    return listed.amount > price.amount and (
        None in (listed.currency, price.currency) or listed.currency == price.currency
    )


def _availability(name: str, readings: list[Reading]) -> Field:
    """The highest source; but a limited stock in mark-up that the page calls gone is gone: Shopware's last items."""
    field = vote.by_rank(name, readings)
    gone = next((one for one in readings if one.extractor == "visible" and one.value in _GONE), None)
    if field.value == "LimitedAvailability" and gone is not None:
        return vote.field(gone, [one for one in readings if one is not gone], "the page says that it is gone")
    shut = next((one for one in readings if one.extractor == "cart_button" and one.value in _GONE), None)
    if field.value == "InStock" and gone is not None and shut is not None:  # PrestaShop's mark-up is always in stock
        return vote.field(
            gone, [one for one in readings if one is not gone], "the page says so and lets nothing be bought"
        )
    return field


def _title(name: str, readings: list[Reading]) -> Field:
    """The highest source; but where a meta element only adds the shop's name to the heading, the heading."""
    field = vote.by_rank(name, readings)
    head = next((one for one in readings if one.extractor == "visible"), None)
    if field.reading.extractor != "meta" or head is None or vote.same(head.value, field.value):
        return field
    if any(vote.same(head.value, part) for part in parts(field.value)) or _begins_alike(head.value, field.value):
        others = [one for one in readings if one is not head]
        return vote.field(head, others, "the meta element adds words to the heading")
    return field


def _begins_alike(heading: str, meta: str) -> bool:
    """Whether a meta element begins as the heading does and goes on for search engines."""
    own, others = heading.casefold().split(), meta.casefold().split()
    alike = next((count for count, (one, other) in enumerate(zip(own, others, strict=False)) if one != other), None)
    alike = min(len(own), len(others)) if alike is None else alike
    return alike >= ALIKE_FROM and alike * 2 > len(own)


ALIKE_FROM = 3  # words

_GONE = frozenset({"OutOfStock", "SoldOut", "Discontinued"})
_DECIDERS: dict[str, Callable[[str, list[Reading]], Field]] = {
    "price": price_vote.decide,
    "availability": _availability,
    "title": _title,
}
