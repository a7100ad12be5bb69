"""The value of one amount: its digits, its cents, thousands and the like, and what else they may say."""

from __future__ import annotations

import re
from decimal import Decimal

from crawler.prices import currencies, setting
from crawler.prices.amount import Amount
from crawler.prices.choice import Choice
from crawler.prices.hints import Hints
from crawler.prices.numerals import Number, interpret

_TEN_RIALS = frozenset({"تومان", "Toman", "toman", "TOMAN"})


def number_of(place: setting.Setting, choice: Choice, hints: Hints) -> Number | None:
    """Return what an amount is worth in ``choice``, None if its digits are no number."""
    amount = place.amount
    if amount.cents:
        return _with_cents(amount)
    decimals = 0 if amount.round else currencies.decimals(choice.code)
    number = interpret(amount.digits, decimals, currencies.point(hints, choice.code))
    if number is None:
        return None
    if amount.sign in _TEN_RIALS:
        value = number.value * amount.scale
        return Number(value * 10, value, "toman: ten rials")
    if amount.hundredth:
        return Number(number.value / 100)
    if amount.scale > 1:
        return Number(_tidy(number.value * amount.scale + amount.rest), None, f"times {amount.scale}")
    return _two_numbers(place, number, hints) if " " in amount.digits else number


def _tidy(value: Decimal) -> Decimal:
    return value.to_integral_value() if value == value.to_integral_value() else value


def _two_numbers(place: setting.Setting, number: Number, hints: Hints) -> Number:
    """Doubt a plain space inside a number behind a word: "Size 42 120 €" is no 42 120 €."""
    amount = place.amount
    words_before = re.search(r"[^\W\d_] {0,2}$", place.before)  # behind a colon or a break a number stands alone
    said = place.left and not setting.between(place, place.left[0]).strip(" \n:")
    if amount.start < amount.number_start or not words_before or said:
        return number
    group = amount.digits.rpartition(" ")[2]
    last = None if group.startswith("0") else interpret(group)
    if last is None:
        return number
    note = f"{amount.digits}: one number, or two"
    if currencies.groups_by_space(hints.language) is False:
        return Number(last.value, number.value, note)
    return Number(number.value, last.value, note)


def _with_cents(amount: Amount) -> Number:
    whole = re.sub(r"\D", "", amount.digits)
    value = Decimal(f"{whole}.{amount.cents}")
    return Number(value, Decimal(whole) if amount.note else None)
