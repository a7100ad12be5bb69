"""The cheap test before prices are read never hides one: it knows every sign and word that a price can have."""

import pytest

from crawler.extract import labels, stated
from crawler.extract.page import read
from crawler.money import Hints, read_prices
from crawler.prices import mention
from crawler.prices.currencies import codes, is_wordlike, tables
from crawler.prices.mention import speaks_of_money

CODES = {code for code in codes() if not is_wordlike(code)}
WRITTEN = sorted({*tables()["signs"], *(word for words in tables()["words"].values() for word in words), *CODES})


@pytest.mark.parametrize("sign", [one for one in WRITTEN if len(one) > 1 or not one.isascii()])
def test_whatever_is_read_as_a_price_passes_the_cheap_test(sign):
    for text in (f"249 {sign}", f"2,490.00 {sign}", f"{sign} 249", f"{sign}249"):
        read_as_price = any(one.money is not None for one in read_prices(text, Hints()))
        assert speaks_of_money(text) or not read_as_price, text


SELDOM = {
    "2,490.00 บาท": "THB",
    "15 000 FCFA": "XOF",
    "৳1,250": "BDT",
    "4 500 тенге": "KZT",
    "Gs. 185.000": "PYG",
    "3 200 د.ج": "DZD",
    "د.ع.\u200f 42,500": "IQD",
    "XAF 12 500": "XAF",
    "185,000 UGX": "UGX",
    "4.250 Lekë": "ALL",
}


@pytest.mark.parametrize(("said", "code"), SELDOM.items())
def test_a_price_in_a_currency_that_pages_seldom_show_is_read(said, code):
    page = read(
        f"<title>Kofi Basket</title><h1>Kofi Basket</h1><p class=price>{said}</p><button>Add to cart</button>",
        "https://x.test/p/1",
    )
    assert page.products[0].value("price").currency == code


@pytest.mark.parametrize(
    "text", ["Model 24 dark", "Size 38 regular", "CRC 5-56", "12 items", "5 stars", "Chapter 3 dates"]
)
def test_numbers_beside_other_words_are_no_money(text):
    assert not any(one.money for one in read_prices(text, Hints(None, "en", "x.test"))) or not speaks_of_money(text)


@pytest.mark.parametrize(
    ("judge", "kept"),
    [
        (speaks_of_money, mention._remembered),
        (stated.availability, stated._availability),
        (stated.condition, stated._condition),
        (labels.is_cart, labels._is_cart),
    ],
)
def test_no_memory_grows_with_the_length_of_what_a_page_says(judge, kept):
    kept.cache_clear()
    for filler in "ab":
        judge("7" * 1_000 + filler * 100_000)
    assert kept.cache_info().currsize < 2
