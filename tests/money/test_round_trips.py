"""Prices that CLDR wrote are read back; any text is read in time, without a crash."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_precision
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.money import LOCALES, cases, read
from crawler.money import Hints, read_prices
from tests.growth import grows_no_faster


def test_fifty_locales_read_back():
    every = list(cases())
    readings = [(case, read(case)) for case in every]
    amounts = sum(r is not None and r.money.amount == case.amount for case, r in readings) / len(every)
    currencies = sum(r is not None and r.money.currency == case.currency for case, r in readings) / len(every)
    assert len({case.locale for case in every}) == 50
    assert amounts >= 0.998
    assert currencies >= 0.99


@settings(max_examples=400, deadline=None)
@given(
    locale=st.sampled_from(LOCALES),
    currency=st.sampled_from(
        ("EUR", "USD", "GBP", "SEK", "PLN", "JPY", "KWD", "INR", "BRL", "VND", "CHF", "AED", "ZAR")
    ),
    cents=st.integers(min_value=1, max_value=10**9),
    knows=st.booleans(),
)
def test_no_reading_is_wrong_by_ten_in_silence(locale, currency, cents, knows):
    decimals = get_currency_precision(currency)
    amount = Decimal(cents).scaleb(-decimals)
    text = format_currency(amount, currency, locale=locale)
    readings = read_prices(text, Hints(language=locale.replace("_", "-")) if knows else Hints())
    for reading in readings:
        assert amount in (reading.money.amount, reading.alternative) or not knows, text
        ratio = reading.money.amount / amount
        assert reading.alternative is not None or Decimal("0.11") < ratio < 9, text
    assert not knows or len(readings) == 1, text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="0123456789.,' $€£kr-–%xfrom \u00a0\n٫٬万", max_size=60))
def test_any_text_is_read_without_a_crash_and_positions_hold(text):
    for reading in read_prices(text, Hints(language="en")):
        assert reading.text == text[reading.start : reading.end]
        assert 0 <= reading.start < reading.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["1", " ", "$", "1 ", "$1 ", "1.,", "1-", "was ", "EUR ", "€ 1 € ", "\n", "1x", "$" + " " * 39 + "1", "١",
     "1\u200b", ".", "2 for ", "12 x ", "1万", "a-b payments of "],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(unit):
    assert grows_no_faster(read_prices, lambda size: unit * (size // len(unit)), 5_000, 40_000)


def test_a_megabyte_of_digits_is_no_work():
    begin = time.process_time()
    assert read_prices("1" * 1_000_000) == ()
    assert read_prices("$" * 1_000_000) == ()
    assert read_prices(" " * 1_000_000) == ()
    assert time.process_time() - begin < 10
