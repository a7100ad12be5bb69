"""Every amount of money a reader sees, each with what speaks for and against its being the price of the product.

No single sign decides. Position (after the heading, near it, before the cart button), neighbours (a label in front),
mark-up (struck through, large, alone on its line), region (header, cart, related products) and the words of class
names are added up; the sum orders the amounts, and a sum below zero is no price.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.visible import columns
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.price_names import said
from crawler.extract.visible.price_weight import repeats, weigh
from crawler.extract.visible.runs import Run, around, shares_row
from crawler.money import read_prices
from crawler.prices.mention import speaks_of_money

AMOUNT_LIMIT = 60  # amounts weighed on one page; a long list is read as cards, not here
LINE_LIMIT = 400  # characters of a line in which amounts are looked for; longer ones are prose
_DIGIT = re.compile(r"\d")
_DASHED = re.compile(r"\d[.,] ?[-–—]{1,2}(?![\d-])(?!\w)")  # 199,– is money without a sign
_NUMBER = re.compile(r"\d[\d.,' ]{0,14}")
_PARTED = re.compile(r"(?<![\d.,])\d{1,3}(?:[., ']?\d{3}){0,2}[.,]\d\d(?![\d.,])")
_CODE = re.compile(r"\b([A-Z]{3}|[€£$])(?=\W|$)")
_NO_PRICES = frozenset({"nav", "footer", "choice", "cart", "filter"})


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
        previous = 0
        for reading in read_prices(run.text, document.hints(declared or None)):
            if reading.money is not None:
                place = run.at(reading.start)
                amount = Amount(reading, run, place, "price", region=text.region, spoken=spoken, begin=previous)
                previous = reading.end
                weigh(amount, document, headline, spine, cart, end)
                found.append(amount)
                spoken = run.last
        if len(found) >= AMOUNT_LIMIT:
            break
    repeats(found, document)
    _asked_of_two(found)
    _without_currency(found)
    return found


def _bare(run: Run, document: Document) -> str | None:
    """For a number alone in its line behind a label of a price: the currency that the label names, or ``""``."""
    number = _PARTED.search(run.text)
    if number and stands_in_a_price(run.at(number.start()).owner, document):
        return ""
    if run.first == 0 or not _NUMBER.fullmatch(run.text):
        return None
    heading = columns.heading(document.texts[run.first].owner)
    if heading and columns.meaning(heading) in columns.AMOUNTS:
        named = _CODE.search(heading)
        return (values.currency(named[1]) if named else None) or ""
    before = document.texts[run.first - 1]
    if before.says.field not in ("price", "list_price") or not shares_row(
        before.owner, document.texts[run.first].owner
    ):
        return None
    named = _CODE.search(before.text)
    return (values.currency(named[1]) if named else None) or ""


PAIR = 4  # texts between two prices of one box


def _asked_of_two(found: list[Amount]) -> None:
    """Of two former prices in one box the lower is asked, if but its name calls it so: "retail-price" beside an RRP."""
    former = [one for one in found if one.role == "was"]
    for one in former:
        if not one.struck or one.label not in ("", "price") or is_crossed(one.text.owner):
            continue
        near = [other for other in found if other.level == one.level and _beside(one, other)]
        if any(other.role == "was" and other.money.amount > one.money.amount for other in near) and not any(
            other.role in ("price", "from", "low") and not other.choice for other in near
        ):
            one.role, one.struck = "price", False


def _beside(one: Amount, other: Amount) -> bool:
    return one is not other and abs(one.text.index - other.text.index) <= PAIR


def is_crossed(element: etree._Element) -> bool:
    """Whether a tag strikes an amount through."""
    return any(one.tag in ("del", "s", "strike") for one in (element, *islice(element.iterancestors(), 4)))


def _without_currency(found: list[Amount]) -> None:
    """A bare number is in the currency of the page's other prices, when they have one."""
    known = {one.money.currency for one in found if one.money.currency and not one.money.candidates}
    if len(known) != 1:
        return
    said = {"currency": known.pop(), "reason": "as the other prices of the page"}
    for one in found:
        if one.money.currency is None:
            one.reading = replace(one.reading, money=one.money.model_copy(update=said))


def stands_in_a_price(element: etree._Element, document: Document) -> bool:
    """Whether an element or the one around it is named for a price."""
    around = element.getparent()
    return any(one is not None and said(document.called(one)).price for one in (element, around))


def spine_of(element: etree._Element | None) -> dict[etree._Element, int]:
    """The ancestors of the heading, with how many levels up they are."""
    if element is None:
        return {}
    return {one: level for level, one in enumerate((element, *element.iterancestors()))}
