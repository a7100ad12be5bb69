"""The vote on the price: mark-up that the page also shows; but what is displayed beats mark-up that cannot be right."""

from __future__ import annotations

from decimal import Decimal

from crawler.extract import vote
from crawler.extract.markup.schema_offers import ANY_CHOICE
from crawler.extract.model import Field, Product, Reading
from crawler.money import Money


def of_the_shown_choice(product: Product) -> None:
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


def of_a_sale(product: Product) -> None:
    """Mark-up that a plug-in wrote before the sale: it gives what the page shows as the former price."""
    price, listed = product.fields["price"], product.fields["list_price"]
    shown = next((one for one, _ in price.rejected if one.extractor == "visible"), None)
    crossed = [one for one in (listed.reading, *(one for one, _ in listed.rejected)) if one.extractor == "visible"]
    if shown is None or shown.note or not any(vote.same(one.value, price.value) for one in crossed):
        return
    if not 0 < shown.value.amount < price.value.amount:
        return
    won = _known_currency(shown, [price.reading])
    others = tuple((one, why) for one, why in price.rejected if one is not shown)
    lost = ((price.reading, "the page shows it as the former price"), *others)
    product.fields["price"] = Field(won.value, won, "the page shows what is asked now", lost)


def in_its_units(listed: Field, price: Field) -> Money:
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


def decide(name: str, readings: list[Reading]) -> Field:
    """Mark-up that the page also shows; else mark-up; but what is displayed beats mark-up that cannot be right."""
    marked = sorted((one for one in readings if one.extractor != "visible"), key=vote.order(name))
    shown = [one for one in readings if one.extractor == "visible"]
    if not marked or not shown:
        ordered = marked or shown
        return vote.field(_known_currency(ordered[0], ordered[1:]), ordered[1:], "")
    display = shown[0]
    for one in marked:
        if one.value.amount == display.value.amount:
            winner = _known_currency(one, [display, *marked])
            winner = _with_tax(winner, display)
            return vote.field(
                winner, [other for other in readings if other is not one], f"the page displays it too ({one.extractor})"
            )
    wrong = _impossible(marked[0].value, display.value)
    if wrong:
        return vote.field(display, marked + shown[1:], wrong)
    return vote.field(_known_currency(marked[0], [display]), [one for one in readings if one is not marked[0]], "")


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


def _known_currency(winner: Reading, others: list[Reading]) -> Reading:
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
