"""One amount of money that a reader sees, with its place and its weight; and the cheap test for there being any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.extract.document import Text
from crawler.extract.runs import Run
from crawler.money import Money, PriceReading
from crawler.prices.currencies import beside_a_digit

MONEY = re.compile(
    r"\d\s{0,2}(?:kr|zł|zl|kč|ft|lei|lv|лв|руб|р\.|грн|din|ден|km|kn|tl|元|円|원|圓|万|đ|₫|vnđ|so'm|сум|тг)"
    r"|(?:rs|rm|rp|fr|sfr|us|ca|au|nz|hk|nt|sg|tl|kr|лв|s/|r|₨|q|l|b/)\.?\s{0,2}\d"
    r"|(?<![a-z])(?:usd|eur|gbp|chf|pln|czk|sek|nok|dkk|huf|ron|bgn|try|rub|uah|jpy|cny|rmb|krw|inr|aud|cad|nzd|sgd|hkd|twd|thb|vnd|idr"
    r"|myr|php|aed|sar|kwd|qar|bhd|omr|jod|egp|mad|tnd|dzd|ils|irr|pkr|bdt|lkr|zar|ngn|kes|ghs|brl|mxn|ars|clp|cop|pen|uyu|isk"
    r"|hrk|rsd|bam|mkd|all|gel|amd|azn|kzt|euro|euros|dollars?)(?![a-z])"
    r"|د\.إ|ر\.س|د\.ك|ج\.م|ر\.ق|د\.ب|ر\.ع|د\.ا|د\.م|د\.ت|ريال|درهم|دينار|جنيه|تومان|ریال"
)
_DIGIT = re.compile(r"\d")
_SIGN = re.compile("[$£€¥₩₹₽₺₴₪₫₱฿₦₡₲₵₸₮₭៛﷼￥＄￡￦₾֏₼]")


@dataclass(slots=True)
class Amount:
    """A price reading with its place and its weight."""

    reading: PriceReading
    run: Run
    text: Text
    role: str
    """``price``, ``was``, ``excluded``, or why it is no price."""
    score: float = 0.0
    label: str = ""
    region: str = ""
    spoken: int = -1
    """Index of the last text that belongs to an amount before: no label for this one."""
    struck: bool = False
    begin: int = 0
    """Offset in the run at which the amount before it ends: what stands in between is about this one."""
    level: int = 99
    """Levels from the heading up to the first element that holds both."""
    priced: bool = False
    """It stands in an element that is called a price: no sentence about one, however many words are beside it."""
    alike: int = 1
    """How many amounts of the page stand in the same shape of elements."""

    @property
    def money(self) -> Money:
        """The money that was read; amounts without one are never kept."""
        assert self.reading.money is not None
        return self.reading.money


@lru_cache(maxsize=4096)  # lines of up to 400 characters, most of them short: a megabyte
def speaks_of_money(text: str) -> bool:
    """The cheap test before prices are read: a sign, code or word of a currency, most often a sign."""
    if _SIGN.search(text) is not None or MONEY.search(text.lower()) is not None:
        return True
    return _DIGIT.search(text) is not None and beside_a_digit().search(text.casefold()) is not None
