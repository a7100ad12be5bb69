"""Amounts as people write them, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.money import Hints, read_amount, read_prices
from crawler.prices.mention import speaks_of_money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$39.99", "39.99", "USD"),
        ("12 €", "12", "EUR"),
        ("€ 12", "12", "EUR"),
        ("€12,50", "12.50", "EUR"),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1 299,00 €", "1299.00", "EUR"),
        ("1\u00a0299,00\u00a0€", "1299.00", "EUR"),
        ("1\u202f299,00 €", "1299.00", "EUR"),
        ("1\u2009299,00 €", "1299.00", "EUR"),
        ("1.299,- €", "1299", "EUR"),
        ("12,– €", "12", "EUR"),
        ("9€99", "9.99", "EUR"),
        ("9⁹⁹ €", "9.99", "EUR"),
        ("£9 99", "9.99", "GBP"),
        ("£9·99", "9.99", "GBP"),
        ("$ 129 . 99", "129.99", "USD"),
        ("$129 .99", "129.99", "USD"),
        ("12 99 €", "12.99", "EUR"),
        ("1.299.00 €", "1299.00", "EUR"),
        ("129:00 kr", "129.00", "SEK"),
        ("30 €12 reviews", "30", "EUR"),
        ("25.000 Toman", "250000", "IRR"),
        ("$.75", "0.75", "USD"),
        ("Rs.49", "49", "INR"),
        ("S/.45.90", "45.90", "PEN"),
        ("RD$.1,500.00", "1500.00", "DOP"),
        ("₡.12,500", "12500", "CRC"),
        ("Tsh.4,250/=", "4250", "TZS"),
        ("Rs. 499", "499", "INR"),
        ("Rs.499/-", "499", "INR"),
        ("₹1,25,000.00", "125000.00", "INR"),
        ("₹ 12,50,00,000", "125000000", "INR"),
        ("CHF 1'299.–", "1299", "CHF"),
        ("CHF 1’299.50", "1299.50", "CHF"),
        ("12'500 Fr.", "12500", "CHF"),
        ("9.9万円", "99000", "JPY"),
        ("1万2,800円", "12800", "JPY"),
        ("1,299円", "1299", "JPY"),
        ("仅售100元", "100", "CNY"),
        ("₩12,000", "12000", "KRW"),
        ("12,000원", "12000", "KRW"),
        ("NT$1,290", "1290", "TWD"),
        ("HK$ 5", "5", "HKD"),
        ("US$12.50", "12.50", "USD"),
        ("US $12.50", "12.50", "USD"),
        ("A$ 12.5", "12.5", "AUD"),
        ("CAD $49.99", "49.99", "CAD"),
        ("$49.99 CAD", "49.99", "CAD"),
        ("R$ 1.299,90", "1299.90", "BRL"),
        ("S/ 129.90", "129.90", "PEN"),
        ("12,50 zł", "12.50", "PLN"),
        ("1 299 Kč", "1299", "CZK"),
        ("99,- Kč", "99", "CZK"),
        ("1.234.567 Ft", "1234567", "HUF"),
        ("12 лв", "12", "BGN"),
        ("₴500", "500", "UAH"),
        ("1 290,50 грн.", "1290.50", "UAH"),
        ("1 500 ₽", "1500", "RUB"),
        ("₺1.299,00", "1299.00", "TRY"),
        ("1.299.000 ₫", "1299000", "VND"),
        ("1.290.000đ", "1290000", "VND"),
        ("฿1,200", "1200", "THB"),
        ("Rp 1.250.000", "1250000", "IDR"),
        ("٣٫٥٠٠ د.ك", "3.500", "KWD"),
        ("١٬٢٩٩٫٠٠ ر.س", "1299.00", "SAR"),
        ("۱٬۲۹۹٬۰۰۰ ریال", "1299000", "IRR"),
        ("250,000 تومان", "2500000", "IRR"),
        ("\u200f129.00 ₪", "129.00", "ILS"),
        ("129 ש\"ח", "129", "ILS"),
        ("Price$12.99each", "12.99", "USD"),
        ("Now12.99€", "12.99", "EUR"),
        ("12,99€inkl. MwSt.", "12.99", "EUR"),
        ("EUR12.99", "12.99", "EUR"),
        ("12.99EUR", "12.99", "EUR"),
        ("EUR: 12,99", "12.99", "EUR"),
        ("12,99 €*", "12.99", "EUR"),
        ("12,99 €¹", "12.99", "EUR"),
        ("10.000 €", "10000", "EUR"),
        ("Size 42 EUR 120,00", "120.00", "EUR"),
        ("12,99 € 500 ml", "12.99", "EUR"),
        ("Kestrel Stride 2024 running shoe 110 EUR", "110", "EUR"),
        ("Pulse 3 - 149 €", "149", "EUR"),
        ("49.99 US Dollars", "49.99", "USD"),
        ("129 euros", "129", "EUR"),
        ("$\n            129.99", "129.99", "USD"),
    ],
)  # fmt: skip
def test_one_price_without_any_hint(text, amount, currency):
    readings = read_prices(text)
    assert [(r.money.amount, r.money.currency) for r in readings] == [(Decimal(amount), currency)]
    assert readings[0].text == text[readings[0].start : readings[0].end]


@pytest.mark.parametrize(
    "text",
    ["", "EUR", "20% off", "20 %", "In stock (12)", "12.05.2026", "Mo-Fr 9:00 - 18:00", "Tel 0800 123 456",
     "Call +44 20 7946 0018", "EAN 4006381333931", "SKU: 440-12", "iPhone 12", "TOP 10", "GEL 50 ml", "3 for 2",
     "1,2,3", "$12.34.56", "BP-440 €", "Ring 18 ct gold", "Free delivery", "sugar free", "1" * 40 + " €", "VAT 20%",
     "Set of 3 for 2 people", "won 3 awards", "NaN €", "-- €", "2JD29", "Item 7TL40"],
)  # fmt: skip
def test_what_is_no_price(text):
    assert read_prices(text) == ()


@pytest.mark.parametrize(
    ("text", "hints", "value", "other"),
    [
        ("1.299 €", {}, "1299", None),
        ("1,299 €", {"language": "de"}, "1299", "1.299"),
        ("1,299 €", {"language": "en"}, "1299", None),
        ("$1.299", {"language": "en-US"}, "1299", "1.299"),
        ("$1.299", {"language": "es-CL"}, "1299", None),
        ("1.299 TND", {}, "1299", "1.299"),
        ("1,299 TND", {"language": "fr"}, "1.299", "1299"),
        ("1,250 KWD", {"language": "en"}, "1250", "1.250"),
        ("1.250 KWD", {"language": "en"}, "1.250", "1250"),
        ("¥1,299", {"language": "ja"}, "1299", None),
        ("0,125 €", {"language": "de"}, "0.125", None),
        ("Size 42 120 €", {"language": "en"}, "120", "42120"),
        ("Size 42 120 €", {"language": "fr"}, "42120", "120"),
        ("Prix : 42 120 €", {"language": "fr"}, "42120", None),
        ("Totalt: 3\u00a0289,43\u00a0kr", {"language": "en"}, "3289.43", None),  # a template that calls itself English
        ("Samlet\n3 289,43 kr", {"language": "en"}, "3289.43", None),
        ("£9 99", {}, "9.99", "9"),
        ("1.299", {}, "1299", "1.299"),
    ],
)
def test_what_two_people_could_read_differently_carries_both_values(text, hints, value, other):
    (reading,) = read_prices(text, Hints(**hints))
    assert reading.money.amount == Decimal(value)
    assert reading.alternative == (Decimal(other) if other else None)
    assert bool(reading.note) or not other


@pytest.mark.parametrize(
    ("text", "hints", "amount"),
    [
        ("1.299,00", {}, "1299.00"),
        ("1299.00", {}, "1299.00"),
        ("1 299", {}, "1299"),
        (1299, {}, "1299"),
        (Decimal("12.50"), {}, "12.50"),
        ("12.500", {"declared": "KWD"}, "12.500"),
        ("12.500", {"declared": "EUR"}, "12500"),
        ("1,25,000", {}, "125000"),
        ("", {}, None),
        ("12 EUR", {}, None),
        ("nan", {}, None),
        ("1e9", {}, None),
        ("-5", {}, None),
        ("12.05.2026", {}, None),
    ],
)
def test_the_number_of_a_data_field(text, hints, amount):
    assert read_amount(text, Hints(**hints)) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("Garrafa térmica 500 ml", False),
        ("Kontaktlinsenmittel 360 ml", False),
        ("Model 5", False),
        ("Pulsar 3", False),
        ("5 krone-sized plates", False),
        ("CA 500", True),
        ("kr 500", True),
        ("Rs. 500", True),
        ("500 kr.", True),
        ("9元起", True),
        ("1 200 Ft/db", True),
    ],
)
def test_a_sign_is_no_part_of_a_word(text: str, money: bool) -> None:
    assert speaks_of_money(text) is money
