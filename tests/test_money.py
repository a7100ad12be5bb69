"""Prices as people write them: tables of cases by hand, and round trips through CLDR."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_precision
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.money import LOCALES, cases, read
from crawler.money import Hints, Money, Rates, convert, currency_of, read_amount, read_prices


def roles(text: str, **hints: str) -> list[tuple[str, str]]:
    """Read a text and give role and amount of each price."""
    return [(r.role, str(r.money.amount) if r.money else "") for r in read_prices(text, Hints(**hints))]


# --- the amount ------------------------------------------------------------------------------------------------------


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
     "Set of 3 for 2 people", "won 3 awards", "NaN €", "-- €"],
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


# --- what each price is for ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was $120 Now $39.99", [("was", "120"), ("price", "39.99")]),
        ("instead of £20 only £10", [("was", "20"), ("price", "10")]),
        ("20 € statt 30 €", [("price", "20"), ("was", "30")]),
        ("15 € au lieu de 20 €", [("price", "15"), ("was", "20")]),
        ("reduced from £20 to £10", [("was", "20"), ("price", "10")]),
        ("De R$ 20,00 por R$ 10,00", [("was", "20.00"), ("price", "10.00")]),
        ("UVP 49,95 € 39,95 € Sie sparen 10,00 €", [("was", "49.95"), ("price", "39.95"), ("saving", "10.00")]),
        ("49,95 € UVP", [("was", "49.95")]),
        ("Regular price $29.00 Sale price $19.00", [("was", "29.00"), ("price", "19.00")]),
        ("Regular price Sale price $19.00", [("price", "19.00")]),
        ("Original price was: $20.00. Current price is: $15.00.", [("was", "20.00"), ("price", "15.00")]),
        ("特价：¥99 原价：¥199", [("price", "99"), ("was", "199")]),
        ("Lowest price in last 30 days: 25,00 €", [("was", "25.00")]),
        ("$10 - $20", [("low", "10"), ("high", "20")]),
        ("10-20 €", [("low", "10"), ("high", "20")]),
        ("10,00 € – 20,00 €", [("low", "10.00"), ("high", "20.00")]),
        ("€1,299.00-€1,499.00", [("low", "1299.00"), ("high", "1499.00")]),
        ("from $10 to $20", [("low", "10"), ("high", "20")]),
        ("Price range: $15.00 through $20.00", [("low", "15.00"), ("high", "20.00")]),
        ("¥100-200", [("low", "100"), ("high", "200")]),
        ("from £10", [("from", "10")]),
        ("ab 10 €", [("from", "10")]),
        ("à partir de 12,50 €", [("from", "12.50")]),
        ("desde 10 €", [("from", "10")]),
        ("da € 10", [("from", "10")]),
        ("vanaf € 10", [("from", "10")]),
        ("от 500 руб.", [("from", "500")]),
        ("¥1299起", [("from", "1299")]),
        ("2 for $30", [("multi_buy", "30")]),
        ("30 € für 2 Stück", [("multi_buy", "30")]),
        ("10 or more $88.00", [("multi_buy", "88.00")]),
        ("Ab 10 Stück 4,50 €", [("multi_buy", "4.50")]),
        ("1 – 9: $5.00 10 – 49: $4.50", [("multi_buy", "5.00"), ("multi_buy", "4.50")]),
        ("4x $25", [("instalment", "25")]),
        ("12 x R$ 99,90 sem juros", [("instalment", "99.90")]),
        ("or 4 interest-free payments of $12.50", [("instalment", "12.50")]),
        ("$10 per month", [("instalment", "10")]),
        ("ab 12,50 €/Monat", [("instalment", "12.50")]),
        ("12,50 €/kg", [("unit", "12.50")]),
        ("12,90 €* 100 ml = 25,80 €", [("price", "12.90"), ("unit", "25.80")]),
        ("0,5 l (25,80 € / 1 l)", [("unit", "25.80")]),
        ("12,99€/Stk.", [("price", "12.99")]),
        ("Save $20", [("saving", "20")]),
        ("$5 off", [("saving", "5")]),
        ("-20 €", [("saving", "20")]),
        ("(+ 4,00 €)", [("surcharge", "4.00")]),
        ("shipping $5", [("shipping", "5")]),
        ("12,90 € zzgl. 4,90 € Versand", [("price", "12.90"), ("shipping", "4.90")]),
        ("12,90 € inkl. MwSt., zzgl. Versandkosten", [("price", "12.90")]),
        ("Free shipping over $50", [("shipping", "50")]),
        ("Free shipping on orders over £50. Was £120.00, now £99.00!",
         [("shipping", "50"), ("was", "120.00"), ("price", "99.00")]),
        ("Price: Free", [("free", "0")]),
        ("gratis", [("free", "0")]),
        ("Price on request", [("on_request", "")]),
        ("POA", [("on_request", "")]),
        ("Auf Anfrage", [("on_request", "")]),
        ("au lieu de 120,00 €39,99 €", [("was", "120.00"), ("price", "39.99")]),
        ("$1,299.99$1,499.99", [("price", "1299.99"), ("price", "1499.99")]),
        ("1.299,00€999,00€", [("price", "1299.00"), ("price", "999.00")]),
        ("US $1.20-3.40 / piece", [("low", "1.20"), ("high", "3.40")]),
        ("MRP: ₹1,999 Price: ₹1,299", [("was", "1999"), ("price", "1299")]),
        ("$12.50 ($1.25 / Fl Oz)", [("price", "12.50"), ("unit", "1.25")]),
        ("FREE SHIPPING $29.99", [("price", "29.99")]),
        ("livraison gratuite 29,99 €", [("price", "29.99")]),
        ("$29.99 + $5.00 shipping", [("price", "29.99"), ("shipping", "5.00")]),
        ("£12.99 +VAT", [("price", "12.99")]),
        ("$10+", [("from", "10")]),
        ("1,000円～", [("from", "1000")]),
        ("$120.00 → $39.99", [("was", "120.00"), ("price", "39.99")]),
        ("£8.00 each or 3 for £20", [("price", "8.00"), ("multi_buy", "20")]),
        ("10 $20 $30", [("price", "20"), ("price", "30")]),
        ("$10 $20 $30", [("price", "10"), ("price", "20"), ("price", "30")]),
        ("10 € 20 € 30 €", [("price", "10"), ("price", "20"), ("price", "30")]),
    ],
)  # fmt: skip
def test_what_each_price_is_for(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,90 € inkl. MwSt.", ["included"]),
        ("£10 ex VAT", ["excluded"]),
        ("$122.00 Ex Tax: $100.00", [None, "excluded"]),
        ("£12.00 inc VAT (£10.00 ex VAT)", ["included", "excluded"]),
        ("税抜 1,180円 税込 1,299円", ["excluded", "included"]),
        ("100 € HT", ["excluded"]),
        ("120 € TTC", ["included"]),
        ("100 € the height", [None]),
        ("$5", [None]),
    ],
)
def test_with_and_without_tax(text, expected):
    assert [r.money.tax for r in read_prices(text)] == expected


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("1.299,00", {"declared": "EUR"}, "EUR"),
        ("1299", {"host": "shop.de"}, "EUR"),
        ("Preis: 1299", {"language": "de"}, None),
        ("1.299,-", {}, None),
    ],
)
def test_a_number_without_sign_is_a_price_where_nothing_else_stands(text, hints, expected):
    (reading,) = read_prices(text, Hints(**hints))
    assert reading.money.amount in (Decimal(1299), Decimal("1299.00"))
    assert reading.money.currency == expected
    assert "no sign" in reading.money.reason


# --- the currency ----------------------------------------------------------------------------------------------------


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
        ("kr", {"language": "nb"}, "NOK", True),  # a language is weaker evidence than a country
        ("kr", {"host": "butik.dk"}, "DKK", False),
        ("kr", {"declared": "ISK"}, "ISK", False),
        ("¥", {"language": "zh-CN"}, "CNY", False),
        ("¥", {"host": "shop.jp"}, "JPY", False),
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


# --- round trips -----------------------------------------------------------------------------------------------------


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
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        read_prices(text)
        return time.process_time() - begin

    seconds(1000)
    for _ in range(5):  # a busy machine may disturb any single look, a square shows in all of them
        small, large = max(seconds(5_000), 0.002), seconds(40_000)
        if large < 8 * 4 * small:  # eight times the text; far below a square's 64
            return
    raise AssertionError(f"{large:.3f} s for eight times the text of {small:.3f} s")


def test_a_megabyte_of_digits_is_no_work():
    begin = time.process_time()
    assert read_prices("1" * 1_000_000) == ()
    assert read_prices("$" * 1_000_000) == ()
    assert read_prices(" " * 1_000_000) == ()
    assert time.process_time() - begin < 10


# --- conversion ------------------------------------------------------------------------------------------------------


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
