"""Every amount of money a reader sees, each with what speaks for and against its being the price of the product.

No single sign decides. Position (after the heading, near it, before the cart button), neighbours (a label in front),
mark-up (struck through, large, alone on its line), region (header, cart, related products) and the words of class
names are added up; the sum orders the amounts, and a sum below zero is no price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from crawler.extract import labels, values
from crawler.extract.document import Document, Text
from crawler.extract.headline import Headline
from crawler.extract.runs import Run, around, block_of
from crawler.money import Money, PriceReading, read_prices

AMOUNT_LIMIT = 60  # amounts weighed on one page; a long list is read as cards, not here
LINE_LIMIT = 400  # characters of a line in which amounts are looked for; longer ones are prose
MONEY = re.compile(
    r"\d\s{0,2}(?:kr|zł|zl|kč|ft|lei|lv|лв|руб|р\.|грн|din|ден|km|kn|tl|元|円|원|圓|万|đ|₫|vnđ|so'm|сум|тг)"
    r"|(?:rs|rm|rp|fr|sfr|us|ca|au|nz|hk|nt|sg|tl|kr|лв|s/|r|₨|q|l|b/)\.?\s{0,2}\d"
    r"|(?<![a-z])(?:usd|eur|gbp|chf|pln|czk|sek|nok|dkk|huf|ron|bgn|try|rub|uah|jpy|cny|rmb|krw|inr|aud|cad|nzd|sgd|hkd|twd|thb|vnd|idr"
    r"|myr|php|aed|sar|kwd|qar|bhd|omr|jod|egp|mad|tnd|dzd|ils|irr|pkr|bdt|lkr|zar|ngn|kes|ghs|brl|mxn|ars|clp|cop|pen|uyu|isk"
    r"|hrk|rsd|bam|mkd|all|gel|amd|azn|kzt|euro|euros|dollars?)(?![a-z])"
    r"|د\.إ|ر\.س|د\.ك|ج\.م|ر\.ق|د\.ب|ر\.ع|د\.ا|د\.م|د\.ت|ريال|درهم|دينار|جنيه|تومان|ریال"
)
_SIGN = re.compile("[$£€¥₩₹₽₺₴₪₫₱฿₦₡₲₵₸₮₭៛﷼￥＄￡￦₾֏₼]")
_DIGIT = re.compile(r"\d")
_DASHED = re.compile(r"\d[.,] ?[-–—]{1,2}(?![\d-])(?!\w)")  # 199,– is money without a sign
_NUMBER = re.compile(r"\d[\d.,' ]{0,14}")
_PARTED = re.compile(r"(?<![\d.,])\d{1,3}(?:[., ']?\d{3}){0,2}[.,]\d\d(?![\d.,])")
_CODE = re.compile(r"\b([A-Z]{3}|[€£$])(?=\W|$)")
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_OLD = re.compile(
    r"(?:^|[\s_-])(?:old|was|strike|striked|struck|strikethrough|line-?through|compare\w{0,10}|rrp|msrp|uvp|list-?price|regular-?price"
    r"|price-?regular|normalprice|original|before|crossed|market-?price|retail-?price|cut-?price|price-?(?:old|was|standard|list|before|rrp))"
    r"(?=$|[\s_-])",
    re.I,
)
_PRICE = re.compile(r"price|preis|prix|precio|prezzo|cena|amount|cost|pris\b|fiyat|hinta|jiage|money", re.I)
_NO_PRICES = frozenset({"nav", "footer", "choice", "cart", "filter"})
_LARGE = frozenset({"h1", "h2", "h3", "h4", "strong", "b", "big", "font"})


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
    level: int = 99
    """Levels from the heading up to the first element that holds both."""
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
    return _SIGN.search(text) is not None or MONEY.search(text.lower()) is not None


def find(document: Document, headline: Headline, spine: dict[etree._Element, int], cart: int, end: int) -> list[Amount]:
    """The amounts of the page, weighed; ``cart`` is the index of the cart button, ``end`` begins other products."""
    found: list[Amount] = []
    done = spoken = -1
    for text in document.texts:
        if text.index <= done or text.region in _NO_PRICES or not _DIGIT.search(text.text):
            continue
        run = around(document, text.index)
        done = run.last
        if len(run.text) > LINE_LIMIT:
            continue
        declared = None
        if not speaks_of_money(run.text):
            declared = "" if _DASHED.search(run.text) else _bare(run, document)
            if declared is None:
                continue
        for reading in read_prices(run.text, document.hints(declared or None)):
            if reading.money is not None:
                amount = Amount(reading, run, run.at(reading.start), "price", region=text.region, spoken=spoken)
                _weigh(amount, document, headline, spine, cart, end)
                found.append(amount)
                spoken = run.last
        if len(found) >= AMOUNT_LIMIT:
            break
    _repeats(found, document)
    _without_currency(found)
    return found


def _bare(run: Run, document: Document) -> str | None:
    """For a number alone in its line behind a label of a price: the currency that the label names, or ``""``."""
    number = _PARTED.search(run.text)
    if number and _stands_in_a_price(run.at(number.start()).owner, document):
        return ""
    if run.first == 0 or not _NUMBER.fullmatch(run.text):
        return None
    before = document.texts[run.first - 1]
    if labels.meaning(before.low) not in ("price", "list_price") or not shares_row(
        before.owner, document.texts[run.first].owner
    ):
        return None
    named = _CODE.search(before.text)
    return (values.currency(named[1]) if named else None) or ""


def _without_currency(found: list[Amount]) -> None:
    """A bare number is in the currency of the page's other prices, when they have one."""
    known = {one.money.currency for one in found if one.money.currency and not one.money.candidates}
    if len(known) != 1:
        return
    said = {"currency": known.pop(), "reason": "as the other prices of the page"}
    for one in found:
        if one.money.currency is None:
            one.reading = replace(one.reading, money=one.money.model_copy(update=said))


def _stands_in_a_price(element: etree._Element, document: Document) -> bool:
    """Whether an element or the one around it is named for a price."""
    around = element.getparent()
    return any(one is not None and _says_price(document.called(one), "") for one in (element, around))


def _repeats(found: list[Amount], document: Document) -> None:
    """How many amounts look alike: the price of the subject stands alone, those of a list repeat."""
    alike: dict[tuple[str, ...], int] = {}
    shapes = [_shape(one.text.owner, document) for one in found]
    for shape in shapes:
        alike[shape] = alike.get(shape, 0) + 1
    for one, shape in zip(found, shapes, strict=True):
        one.alike = alike[shape]
        one.score -= {1: 0.0, 2: 0.2, 3: 0.8}.get(one.alike, 1.5)  # a was, a now and a sticky bar's copy may look alike


def _shape(element: etree._Element, document: Document) -> tuple[str, ...]:
    """Tags and classes of an element and three levels around it."""
    shape: list[str] = []
    current: etree._Element | None = element
    for _ in range(4):
        if current is None:
            break
        shape += (current.tag, document.attributes[current].get("class", ""))
        current = current.getparent()
    return tuple(shape)


def spine_of(element: etree._Element | None) -> dict[etree._Element, int]:
    """The ancestors of the heading, with how many levels up they are."""
    if element is None:
        return {}
    return {one: level for level, one in enumerate((element, *element.iterancestors()))}


def _weigh(
    amount: Amount, document: Document, headline: Headline, spine: dict[etree._Element, int], cart: int, end: int
) -> None:
    amount.role = _role(amount, document)
    score = 1.0
    index = amount.text.index
    if headline.index >= 0:
        gap = index - headline.index
        score += 1.5 - min(gap, 80) * 0.04 if gap >= 0 else -1.0 + max(gap, -40) * 0.05
        amount.level = _level(amount.text.owner, spine)
        score += 2.0 - 0.4 * min(amount.level, 12)
    if cart >= 0:
        score += 1.0 - min(abs(cart - index), 40) * 0.02
    if 0 <= end <= index:
        score -= 4
    score -= {"related": 6, "review": 4, "header": 5, "aside": 2, "hidden": 4}.get(amount.region, 0)
    score += _looks(amount, document)
    score -= 3.0 if not amount.money.amount else 0.0  # an empty cart's total, more often than a gift
    amount.score = score


def _level(element: etree._Element, spine: dict[etree._Element, int]) -> int:
    current: etree._Element | None = element
    while current is not None:
        if current in spine:
            return spine[current]
        current = current.getparent()
    return 99


def _looks(amount: Amount, document: Document) -> float:
    """What the line itself shows: label, size, class names, how much else stands on it."""
    score = {"price": 2.0, "list_price": 0.0, "excluded": -1.5, "other": -6.0}.get(amount.label, 0.0)
    rest = len(amount.run.text) - (amount.reading.end - amount.reading.start)
    score += (
        1.0 if rest <= 12 else (-1.5 if rest > 60 else 0.0) + (-2.0 if rest > 150 else 0.0)
    )  # characters of a short label, a sentence, a paragraph
    element: etree._Element | None = amount.text.owner
    priced = large = False
    for _ in range(4):
        if element is None or element.tag in ("body", "table"):
            break
        own = document.attributes[element]
        priced = priced or (bool(own) and _says_price(document.called(element), own.get("itemprop", "")))
        large = large or element.tag in _LARGE
        element = element.getparent()
    return score + priced * 1.5 + large * 0.7


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def _says_price(names: str, marked: str) -> bool:
    return _PRICE.search(names) is not None or _PRICE.search(marked[:40]) is not None


@lru_cache(maxsize=8192)
def _says_old(names: str) -> bool:
    return len(names) > 2 and _OLD.search(names) is not None


def _role(amount: Amount, document: Document) -> str:
    """What the amount is for: the reading's own word, the label before it, or that it is struck through."""
    role = str(amount.reading.role)
    if role not in ("price", "from", "was", "low", "high"):
        return role
    before = amount.run.text[: amount.reading.start]
    amount.label = _label(before, amount, document)
    amount.struck = _is_struck(amount.text.owner, document)
    if role == "was" or amount.struck or amount.label == "list_price":
        return "was"
    if amount.label == "excluded" or _is_net(amount):
        return "excluded"
    if amount.label == "other":
        return "other"
    return role


def _label(before: str, amount: Amount, document: Document) -> str:
    """Meaning of what stands in front: on the same line, else the text before when it shares the row."""
    low = before.casefold().strip()
    if low:
        return labels.meaning(low) or labels.meaning(low.rsplit(":", 2)[-2].strip() if low.endswith(":") else low) or ""
    if amount.run.first == 0 or amount.run.first - 1 <= amount.spoken:
        return ""
    previous = document.texts[amount.run.first - 1]
    found = labels.meaning(previous.low)
    return found if found and shares_row(previous.owner, amount.text.owner) else ""


def shares_row(label: etree._Element, value: etree._Element) -> bool:
    """Whether a label and what follows stand in one row: cells, a definition, or children of one small parent."""
    one, other = block_of(label), block_of(value)
    if one is other:
        return True
    above_one, above_other = _above(one), _above(other)
    return above_one is above_other or above_one is other or above_other is one or above_one is _above(above_other)


def _above(element: etree._Element | None) -> etree._Element | None:
    """The next element around this one that makes its own line."""
    parent = element.getparent() if element is not None else None
    return block_of(parent) if parent is not None else None


def _is_struck(element: etree._Element, document: Document) -> bool:
    current: etree._Element | None = element
    for _ in range(4):
        if current is None or current.tag in ("body", "table", "form"):
            return False
        if current.tag in _STRUCK_TAGS:
            return True
        own = document.attributes[current]
        if own and (_says_old(document.called(current)) or "line-through" in own.get("style", "").lower()):
            return True
        current = current.getparent()
    return False


def _is_net(amount: Amount) -> bool:
    """A price without tax says so right before or after the amount, not for the whole line."""
    start, end = amount.reading.start, amount.reading.end
    after = amount.run.text[end : end + 18]
    before = amount.run.text[max(0, start - 18) : start]
    return _NET.search(after) is not None or (_NET.search(before) is not None and not _DIGIT.search(before))


_NET = re.compile(
    r"ex(?:cl)?\.?(?:uding)?\s{0,2}(?:tax|vat|gst|btw|moms|mwst|ust)|hors tax|\bht\b|sin iva|iva esc"
    r"|\+\s?(?:vat|iva)|zzgl|netto|bez dph|без ндс|税抜|plus vat|without tax|kdv hari",
    re.IGNORECASE,
)
