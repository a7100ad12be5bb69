"""The currency of a sign, and conversion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crawler.money import Hints, Money, Rates, convert, currency_of
from tests.money.roles import roles


@pytest.mark.parametrize(
    ("sign", "hints", "code", "ambiguous"),
    [
        ("€", {}, "EUR", False),
        ("$", {}, "USD", True),
        ("$", {"declared": "CAD"}, "CAD", False),
        ("$", {"host": "shop.com.au"}, "AUD", False),
        ("$", {"host": "shop.co"}, "USD", True),  # .co is sold to everybody
        ("$", {"country": "MX"}, "MXN", False),
        ("$", {"language": "en-CA"}, "CAD", False),
        ("$", {"language": "de"}, "USD", True),
        ("$", {"host": "shop.de"}, "USD", True),
        ("US$", {"host": "shop.com.au"}, "USD", False),
        ("kr", {}, "SEK", True),
        ("kr", {"language": "nb"}, "NOK", False),  # one country has both the language and such money
        ("kr", {"language": "sv"}, "SEK", False),
        ("kr.", {"language": "da", "host": "shop.com"}, "DKK", False),
        ("kr", {"language": "sv", "host": "butik.no"}, "NOK", False),  # a country goes before a language
        ("kr", {"language": "en"}, "SEK", True),
        ("£", {"language": "en"}, "GBP", True),  # a language is weaker evidence than a country
        ("kr", {"host": "butik.dk"}, "DKK", False),
        ("kr", {"declared": "ISK"}, "ISK", False),
        ("¥", {"language": "zh-CN"}, "CNY", False),
        ("¥", {"host": "shop.jp"}, "JPY", False),
        ("¥", {"language": "ja"}, "JPY", False),
        ("¥", {"language": "zh"}, "CNY", False),
        ("¥", {}, "JPY", True),
        ("£", {"host": "shop.co.uk"}, "GBP", False),
        ("£", {"host": "shop.eg"}, "EGP", False),
        ("Rs", {"host": "shop.pk"}, "PKR", False),
        ("Rs.", {"country": "IN"}, "INR", False),
        ("R", {"host": "shop.co.za"}, "ZAR", False),
        ("£", {"declared": "EUR"}, "GBP", True),
        ("€", {"declared": "USD"}, "EUR", True),  # the visible sign wins, and the conflict shows
        ("usd", {}, "USD", False),
        ("zz", {}, None, False),
        ("", {"declared": "PLN"}, "PLN", False),
        ("", {}, None, False),
    ],
)
def test_the_currency_of_a_sign(sign, hints, code, ambiguous):
    found, others, reason = currency_of(sign, Hints(**hints))
    assert (found, bool(others)) == (code, ambiguous)
    assert reason
    assert found not in others


@pytest.mark.parametrize(
    "language", ["", "x", "'; drop", "de-" * 900, "\ud800", "zz-ZZ", "EN_us", "zh-Hant-TW", "i-klingon"]
)
def test_a_hostile_language_tag_does_no_harm(language):
    assert roles("12,50 €", language=language, country="??", host="..") == [("price", "12.50")]


@pytest.fixture(scope="module")
def rates():
    return Rates()


def test_a_conversion_carries_rate_and_date(rates):
    done = convert(Money(amount=Decimal("39.99"), currency="USD"), "EUR", date(2020, 3, 2), rates)
    assert (done.currency, done.rate_date) == ("EUR", "2020-03-02")
    assert done.amount == Decimal("35.96")  # 1 EUR = 1.1122 USD on that day
    assert done.source == "ECB euro reference rates"


def test_a_weekend_takes_the_last_day_that_was_quoted(rates):
    assert convert(Money(amount=1, currency="USD"), "EUR", date(2020, 3, 1), rates).rate_date == "2020-02-28"


def test_one_currency_needs_no_rate(rates):
    same = convert(Money(amount=Decimal("9.99"), currency="EUR"), "EUR", date(2020, 3, 2), rates)
    assert (same.amount, same.rate) == (Decimal("9.99"), Decimal(1))


@pytest.mark.parametrize("currency", ["VND", "AED", "TWD", "KWD", "RUB", None])
def test_no_rate_is_no_conversion(rates, currency):
    assert convert(Money(amount=1, currency=currency), "EUR", date(2026, 11, 1), rates) is None


def test_a_currency_without_decimals_is_rounded_to_whole_units(rates):
    assert convert(Money(amount=10, currency="EUR"), "JPY", date(2020, 3, 2), rates).amount == Decimal(1198)  # 119.82
