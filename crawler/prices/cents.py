"""Cents that stand apart from their number: raised, behind the sign, in an element of their own."""

from __future__ import annotations

import re

from crawler.prices.amount import Amount
from crawler.prices.numerals import FIRM_SPACE

_SPLIT_CENTS = re.compile(r"(?:[ \n]{1,3}[.,٫][ \n]{0,3}|[.][ \n]{1,3})(\d{2})(?![\d.,]\d|\d)")  # 129 .99 over elements
_SET_APART = re.compile(
    r"[ \n](\d{2})(?= ?$| ?[^\s\w.,%:/'\"€$£-]| [^\W\d]{3}|\n)"
)  # £9 99: raised cents lost their style
_AFTER_SIGN = re.compile(r"(\d{2})(?![\d%]|[.,]\d| ?(?:€|\$|£))")  # 9€99


def merge_cents(text: str, numbers: list[Amount]) -> list[Amount]:
    """Give every number the cents that stand apart from it; those are no numbers of their own."""
    merged: list[Amount] = []
    skip_until = -1
    for number in numbers:
        if number.number_start < skip_until:
            continue
        number = _with_cents(text, number)
        skip_until = number.end
        if merged and _parted_by_colon(text, merged[-1], number):
            whole = merged.pop()
            number = whole._replace(end=number.end, sign=number.sign, code=number.code, cents=number.digits)
        merged.append(number)
    return merged


def _parted_by_colon(text: str, whole: Amount, cents: Amount) -> bool:
    """Tell whether two numbers are one price as Sweden writes it: ``129:00 kr``."""
    if whole.sign or not whole.digits.isdigit() or not cents.sign or cents.start != cents.number_start:
        return False
    return text[whole.end : cents.start] == ":" and len(cents.digits) == 2 and cents.digits.isdigit()


def _with_cents(text: str, number: Amount) -> Amount:
    if (
        not number.sign
        or not number.digits.replace(" ", "").replace(FIRM_SPACE, "").isdigit()
        or number.cents
        or number.scale > 1
    ):
        return number
    if number.end > number.number_end:  # the sign stands behind: 9€99
        match = _AFTER_SIGN.match(text, number.end)
        if match and not number.round and text[number.number_end : number.end] == number.sign:
            return number._replace(cents=match[1], end=match.end())
        return number
    match = _SPLIT_CENTS.match(text, number.end)
    if match:
        return number._replace(cents=match[1], end=match.end(), number_end=match.end())
    match = _SET_APART.match(text, number.end)
    if match and not number.round:
        note = f"{match[1]} set apart behind the number: read as cents"
        return number._replace(cents=match[1], end=match.end(), number_end=match.end(), note=note)
    return number


def join_split(text: str, numbers: list[Amount]) -> list[Amount]:
    """Join "12 99 €" of a text that holds nothing else: the cents stood in an element of their own."""
    if len(numbers) != 2 or numbers[0].sign or not numbers[1].sign:
        return numbers
    whole, cents = numbers
    apart = text[whole.end : cents.number_start] in (" ", "\n") and cents.number_start == cents.start
    if not (apart and whole.digits.isdigit() and re.fullmatch(r"\d\d", cents.digits)):
        return numbers
    note = f"{whole.digits} {cents.digits}: read as a price and its cents"
    return [whole._replace(end=cents.end, sign=cents.sign, code=cents.code, cents=cents.digits, note=note)]
