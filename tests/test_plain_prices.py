"""The short way through a price that is one sign and one number gives what the long way gives."""

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.prices import reading
from crawler.prices.hints import Hints
from crawler.prices.numerals import plain

SIGNS = "$€£₹₩¥₽₺₴₪₫₱฿"
GAPS = ["", " ", "\u00a0", "  "]
HINTS = [
    Hints(),
    Hints(language="de"),
    Hints(language="en-GB", host="shop.test"),
    Hints(declared="USD"),
    Hints(language="ja", host="shop.jp"),
    Hints(language="ar-KW", declared="KWD"),
    Hints(language="sv"),
]
NUMBERS = st.from_regex(r"\d{1,3}([., \u00a0]\d{3}){0,3}([.,]\d{1,3})?|\d{1,10}([.,]\d{1,2})?", fullmatch=True)


@given(
    NUMBERS, st.sampled_from(SIGNS), st.sampled_from(["", " ", "\u00a0", "  "]), st.booleans(), st.sampled_from(HINTS)
)
@example("0.000\u00a0000", "$", "", False, HINTS[0])
@example("1 234", "€", " ", False, HINTS[0])
@example("0.99", "$", "", True, HINTS[0])
@example("1.234", "€", " ", False, HINTS[6])
def test_the_short_way_agrees_with_the_long_one(number, sign, gap, before, hints):
    text = sign + gap + number if before else number + gap + sign
    spelled, places = plain(text)
    short = reading._as_written(spelled, hints)
    if short is not None:
        assert [short] == reading._read(spelled, places, hints)


def test_most_prices_take_the_short_way():
    for text in ("$19.99", "19,99 €", "£1,299.00", "₹ 1,25,000", "1 299 ₽"):
        assert (reading._as_written(plain(text)[0], Hints()) is not None) == ("1,25" not in text)
