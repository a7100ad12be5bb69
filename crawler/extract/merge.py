"""The vote: one value per field out of what every source read, with the reason, and the losers with theirs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from crawler.extract import values
from crawler.extract.markup.graph import Subject
from crawler.extract.markup.schema_offers import ANY_CHOICE
from crawler.extract.model import Field, Product, Reading
from crawler.extract.visible.page_title import parts
from crawler.money import Money

RANK = {
    "json_ld": 0,
    "microdata": 1,
    "rdfa": 2,
    "javascript_state": 3,
    "platform": 4,
    "meta": 5,
    "visible": 6,
    "page": 7,
}
"""Which source wins where nothing else decides: what is written for machines and most specific first."""
_RANKS: dict[str, tuple[str, ...]] = {
    # the words a visitor reads are what was offered
    "availability": ("json_ld", "microdata", "rdfa", "platform", "visible", "javascript_state", "meta", "cart_button"),
    "category": ("json_ld", "microdata", "rdfa", "visible", "platform", "javascript_state", "meta"),
    "brand": ("json_ld", "microdata", "rdfa", "visible", "platform", "javascript_state", "meta"),
}

Ranked = list[Reading]


def merge(subjects: list[Subject]) -> Product:
    """One product out of what the sources say about it."""
    by_field: dict[str, Ranked] = {}
    for subject in subjects:
        for name, readings in subject.readings.items():
            by_field.setdefault(name, []).extend(readings)
    product = Product()
    for name, readings in by_field.items():
        if name != "sku":
            product.fields[name] = _DECIDERS.get(name, _by_rank)(name, readings)
    if "sku" in by_field:
        product.fields["sku"] = _sku(by_field["sku"], product)
    if "price" in by_field and "variants" in product.fields:
        _shown_choice(product)
    if "price" in by_field and "list_price" in by_field:
        _reduced(product)
    _consistent(product)
    return product


def alone(reading: Reading) -> Field:
    """A field that only one source can speak of."""
    return Field(reading.value, reading, "only source")


def _sku(readings: Ranked, product: Product) -> Field:
    """The article code; mark-up that gives the database's own id for it loses against a code that means something."""
    ordered = sorted(readings, key=_order("sku"))
    internal = {product.value("shop_product_id"), product.value("product_id")} - {None}
    if ordered[0].value not in internal:
        return _field(ordered[0], ordered[1:], "")
    better = next((one for one in ordered if one.value not in internal), None)
    made = product.fields.get("mpn")
    if better is None and made and made.value not in internal:
        better = made.reading
    if better is None:
        return _field(ordered[0], ordered[1:], "")
    return _field(
        better, [one for one in ordered if one is not better], f"{ordered[0].extractor} gives the shop's internal id"
    )


def _consistent(product: Product) -> None:
    """A list price that is not above the price is none; a GTIN given as article code is both."""
    price, listed = product.fields.get("price"), product.fields.get("list_price")
    if price and listed and price.value.currency and not listed.value.currency:
        listed.value = listed.value.model_copy(update={"currency": price.value.currency, "reason": "as the price's"})
    if price and listed:
        listed.value = _in_its_units(listed, price)
    if price and listed and not _above(listed.value, price.value):
        del product.fields["list_price"]
    sku, trail = product.fields.get("sku"), product.fields.get("category")
    codes = {product.value(name) for name in ("sku", "mpn", "title")}
    if trail and trail.value and trail.value[-1] in codes:
        trail.value = trail.value[:-1]
    if sku and "gtin" not in product.fields and (gtin := values.gtin(str(sku.value))) and len(gtin) > 8:
        product.fields["gtin"] = Field(gtin, sku.reading, "the article code is a GTIN with a right check digit")


def _shown_choice(product: Product) -> None:
    """Mark-up that lists choices does not say which one is chosen; the price that the page shows does."""
    price = product.fields["price"]
    shown = next((one for one, _ in price.rejected if one.extractor == "visible"), None)
    if price.reading.note != ANY_CHOICE or shown is None or shown.note:  # "from": not one choice's
        return
    same = [one for one in product.value("variants") if one.price and one.price.amount == shown.value.amount]
    if not same:
        return
    code = product.fields.get("sku")
    if len(same) == 1 and same[0].sku and code and code.reading.extractor == price.reading.extractor:
        code.value, code.reason = same[0].sku, "the code of the choice that is shown"
    others = tuple((one, why) for one, why in price.rejected if one is not shown)
    won = _known_currency(shown, [price.reading])
    lost = ((price.reading, "another choice than the one that is shown"), *others)
    product.fields["price"] = Field(won.value, won, "the page shows this one of the marked-up choices", lost)


def _reduced(product: Product) -> None:
    """Mark-up that a plug-in wrote before the sale: it gives what the page shows as the former price."""
    price, listed = product.fields["price"], product.fields["list_price"]
    shown = next((one for one, _ in price.rejected if one.extractor == "visible"), None)
    crossed = [one for one in (listed.reading, *(one for one, _ in listed.rejected)) if one.extractor == "visible"]
    if shown is None or shown.note or not any(_same(one.value, price.value) for one in crossed):
        return
    if not 0 < shown.value.amount < price.value.amount:
        return
    won = _known_currency(shown, [price.reading])
    others = tuple((one, why) for one, why in price.rejected if one is not shown)
    lost = ((price.reading, "the page shows it as the former price"), *others)
    product.fields["price"] = Field(won.value, won, "the page shows what is asked now", lost)


def _in_its_units(listed: Field, price: Field) -> Money:
    """A list price from a source whose price was in minor units is in minor units too."""
    money: Money = listed.value
    for reading, _ in price.rejected if MINOR in price.reason else ():
        if reading.extractor == listed.reading.extractor and price.value.amount:
            power = (reading.value.amount / price.value.amount).adjusted()
            return money.model_copy(update={"amount": money.amount.scaleb(-power)})
    return money


MINOR = "minor units"
PLACEHOLDERS = frozenset(map(Decimal, ("0.01", "0.1", "1", "1.11", "9999", "99999", "999999")))
"""What stands in mark-up until somebody enters a price, and often longer."""


def _above(listed: Money, price: Money) -> bool:
    return listed.amount > price.amount and (
        None in (listed.currency, price.currency) or listed.currency == price.currency
    )


def _order(name: str) -> Callable[[Reading], int]:
    ranks = _RANKS.get(name)
    if ranks is None:
        return lambda reading: RANK.get(reading.extractor, 9)
    return lambda reading: ranks.index(reading.extractor) if reading.extractor in ranks else 9


def _by_rank(name: str, readings: Ranked) -> Field:
    """The highest source; how many others agree is part of the reason."""
    if len(readings) == 1:
        return alone(readings[0])
    ordered = sorted(readings, key=_order(name))
    return _field(ordered[0], ordered[1:], "")


def _field(winner: Reading, others: Ranked, reason: str) -> Field:
    judged = [(one, _same(one.value, winner.value)) for one in others]
    agreeing = sorted({one.extractor for one, same in judged if same} - {winner.extractor})
    losers = tuple((one, f"{winner.extractor} ranks higher") for one, same in judged if not same)
    if not reason:
        reason = f"agrees with {', '.join(agreeing)}" if agreeing else ("highest source" if losers else "only source")
    return Field(winner.value, winner, reason, losers)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Money) and isinstance(other, Money):
        return one.amount == other.amount and (one.currency == other.currency or None in (one.currency, other.currency))
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return bool(one == other)


def _price(name: str, readings: Ranked) -> Field:
    """Mark-up that the page also shows; else mark-up; but what is displayed beats mark-up that cannot be right."""
    marked = sorted((one for one in readings if one.extractor != "visible"), key=_order(name))
    shown = [one for one in readings if one.extractor == "visible"]
    if not marked or not shown:
        ordered = marked or shown
        return _field(_known_currency(ordered[0], ordered[1:]), ordered[1:], "")
    display = shown[0]
    for one in marked:
        if one.value.amount == display.value.amount:
            winner = _known_currency(one, [display, *marked])
            winner = _with_tax(winner, display)
            return _field(
                winner, [other for other in readings if other is not one], f"the page displays it too ({one.extractor})"
            )
    wrong = _impossible(marked[0].value, display.value)
    if wrong:
        return _field(display, marked + shown[1:], wrong)
    return _field(_known_currency(marked[0], [display]), [one for one in readings if one is not marked[0]], "")


def _impossible(marked: Money, shown: Money) -> str:
    """Why the displayed price is trusted against the mark-up, or nothing."""
    if marked.amount == 0:
        return "the mark-up says 0, the page displays a price"
    ratio = shown.amount / marked.amount if marked.amount else Decimal(0)
    if shown.amount and any(abs(ratio * power - 1) < Decimal("0.011") for power in (10, 100, 1000)):
        return "the mark-up is off by a power of ten: minor units"
    if marked.amount in PLACEHOLDERS and not Decimal("0.2") < ratio < 5:
        return "the mark-up says what nobody filled in, the page displays a price"
    if shown.tax == "included" and Decimal("1.02") < ratio < Decimal("1.30"):
        return "displayed with tax, the mark-up without"
    return ""


def _known_currency(winner: Reading, others: Ranked) -> Reading:
    """A price without currency takes the one that another source read for it."""
    if winner.value.currency:
        return winner
    for one in others:
        if one.value.currency:
            money = winner.value.model_copy(update={"currency": one.value.currency, "candidates": one.value.candidates,
                                                    "reason": one.value.reason})  # fmt: skip
            return Reading(money, winner.extractor, winner.place, winner.text, winner.note)
    return winner


def _with_tax(winner: Reading, display: Reading) -> Reading:
    if winner.value.tax or not display.value.tax:
        return winner
    money = winner.value.model_copy(update={"tax": display.value.tax})
    return Reading(money, winner.extractor, winner.place, winner.text, winner.note)


def _availability(name: str, readings: Ranked) -> Field:
    """The highest source; but a limited stock in mark-up that the page calls gone is gone: Shopware's last items."""
    field = _by_rank(name, readings)
    gone = next((one for one in readings if one.extractor == "visible" and one.value in _GONE), None)
    if field.value == "LimitedAvailability" and gone is not None:
        return _field(gone, [one for one in readings if one is not gone], "the page says that it is gone")
    shut = next((one for one in readings if one.extractor == "cart_button" and one.value in _GONE), None)
    if field.value == "InStock" and gone is not None and shut is not None:  # PrestaShop's mark-up is always in stock
        return _field(gone, [one for one in readings if one is not gone], "the page says so and lets nothing be bought")
    return field


def _title(name: str, readings: Ranked) -> Field:
    """The highest source; but where a meta element only adds the shop's name to the heading, the heading."""
    field = _by_rank(name, readings)
    head = next((one for one in readings if one.extractor == "visible"), None)
    if field.reading.extractor != "meta" or head is None or _same(head.value, field.value):
        return field
    if any(_same(head.value, part) for part in parts(field.value)) or _begins_alike(head.value, field.value):
        others = [one for one in readings if one is not head]
        return _field(head, others, "the meta element adds words to the heading")
    return field


def _begins_alike(heading: str, meta: str) -> bool:
    """Whether a meta element begins as the heading does and goes on for search engines."""
    own, others = heading.casefold().split(), meta.casefold().split()
    alike = next((count for count, (one, other) in enumerate(zip(own, others, strict=False)) if one != other), None)
    alike = min(len(own), len(others)) if alike is None else alike
    return alike >= ALIKE_FROM and alike * 2 > len(own)


ALIKE_FROM = 3  # words

_GONE = frozenset({"OutOfStock", "SoldOut", "Discontinued"})
_DECIDERS: dict[str, Callable[[str, Ranked], Field]] = {"price": _price, "availability": _availability, "title": _title}
