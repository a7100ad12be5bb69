from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from bson.decimal128 import Decimal128
from hypothesis import given
from hypothesis import strategies as st

from crawler.review.plain import plain, price


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tasche „Corda“ 日本 👜 café", "Tasche „Corda“ 日本 👜 café"),
        ("two\nlines\r\tand  more", "two lines and more"),
        ("\x1b[2Jclear", "�[2Jclear"),
        ("\x9b31mred", "�31mred"),
        ("[red]markup[/red]", "[red]markup[/red]"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("zero\u200bwidth", "zero�width"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Z" + "\u0351" * 50, "Z" + "\u0351" * 3),
        ("x" * 500, "x" * 159 + "…"),
        (17, "17"),
    ],
)
def test_plain(text: object, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_nothing_unseen_is_left(text: str) -> None:
    shown = plain(text)
    assert len(shown) <= 160
    assert "\n" not in shown
    assert not [sign for sign in shown if unicodedata.category(sign) == "Cc"]


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("129.00", "EUR", "129.00 EUR"),
        ("1E+2", "EUR", "100 EUR"),
        ("5", None, "5 ?"),
        ("1E+6000", "EUR", "1E+6000 EUR"),
    ],
)
def test_price(amount: str, currency: str | None, shown: str) -> None:
    assert price({"amount": Decimal128(Decimal(amount)), "currency": currency}) == shown
    assert price(None) == ""
    assert price({"amount": None, "currency": "EUR"}) == ""
