"""Every amount of money a reader sees, each with what speaks for and against its being the price of the product.

No single sign decides. Position (after the heading, near it, before the cart button), neighbours (a label in front),
mark-up (struck through, large, alone on its line), region (header, cart, related products) and the words of class
names are added up; the sum orders the amounts, and a sum below zero is no price.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import islice

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.visible import bare, model_number
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.price_weight import repeats, weigh
from crawler.extract.visible.runs import Run, around
from crawler.money import read_prices
from crawler.prices.currencies import is_wordlike, speaks_of
from crawler.prices.mention import speaks_of_money

AMOUNT_LIMIT = (
    600  # amounts weighed on one page: of the most cards that are read, each with a was, a now and a unit price
)
LINE_LIMIT = 400  # characters of a line in which amounts are looked for; longer ones are prose
_DIGIT = re.compile(r"\d")
ASKED = frozenset({"price", "from", "low", "was"})
"""The roles of what is or was asked for a thing."""
_LETTERS = re.compile(r"([A-Za-z]{1,2}) ?\d{1,6}")  # a code has no decimals
_INITIALS = re.compile(r"([A-Z]{3}) ?\d{1,4}")
_BEHIND_A_NAME = re.compile(r"[A-Z][^\W\d_]+ $")
_NO_PRICES = frozenset({"nav", "footer", "choice", "cart", "filter"})


def find(document: Document, headline: Headline, spine: dict[etree._Element, int], cart: int, end: int) -> list[Amount]:
    """The amounts of the page, weighed; ``cart`` is the index of the cart button, ``end`` begins other products."""
    found = _weighed(document, headline, spine, cart, end, bare.currency)
    if not any(one.role in ASKED and one.region != "header" for one in found) and bare.may_be(document):
        in_a_price = partial(bare.in_a_price, code=bare.page_currency(document))
        found += _weighed(document, headline, spine, cart, end, in_a_price)
    _codes_beside_money(found, document)
    repeats(found, document)
    _asked_of_two(found)
    _without_currency(found, document)
    return found


def _codes_beside_money(found: list[Amount], document: Document) -> None:
    """``Q17``, ``R120`` and ``KM50`` in a column are codes where at least as many amounts are in other money."""
    codes = [one for one in found if _may_be_code(one.reading.text, document) or _is_in_a_name(one, document)]
    money = {one.money.currency for one in found if one not in codes}
    if codes and len(found) >= 2 * len(codes):
        for one in codes:
            one.role = one.role if one.money.currency in money else "other"


def _may_be_code(text: str, document: Document) -> bool:
    """Whether an amount's sign is letters that nothing of the page says to be its money."""
    sign = _LETTERS.fullmatch(text)
    return sign is not None and is_wordlike(sign[1]) and not speaks_of(sign[1], document.hints())


def _is_in_a_name(amount: Amount, document: Document) -> bool:
    """Whether a currency's code and a number follow a word with a capital and are followed by a word: a model's."""
    text, sign = amount.run.text, _INITIALS.fullmatch(amount.reading.text)
    if sign is None or speaks_of(sign[1], document.hints()):
        return False
    before = text[max(amount.reading.start - 20, 0) : amount.reading.start]
    return _BEHIND_A_NAME.search(before) is not None and text[amount.reading.end :].strip()[:1].isalpha()


def _weighed(
    document: Document,
    headline: Headline,
    spine: dict[etree._Element, int],
    cart: int,
    end: int,
    without_money: Callable[[Run, Document], str | None],
) -> list[Amount]:
    """The amounts of the lines that speak of money, and of those for which ``without_money`` gives a currency or ""."""
    found: list[Amount] = []
    done = spoken = -1
    for text in document.texts:
        if text.index <= done or text.region in _NO_PRICES or not _DIGIT.search(text.text):
            continue
        run = around(document, text.index)
        done = run.last
        if len(run.text) > LINE_LIMIT:
            continue
        declared = "" if speaks_of_money(run.text) else without_money(run, document)
        if declared is None:
            continue
        previous = 0
        for reading in read_prices(model_number.parted(run, document, headline), document.hints(declared or None)):
            if reading.money is not None:
                place = run.at(reading.start)
                amount = Amount(reading, run, place, "price", region=text.region, spoken=spoken, begin=previous)
                previous = reading.end
                weigh(amount, document, headline, spine, cart, end)
                found.append(amount)
                spoken = run.last
        if len(found) >= AMOUNT_LIMIT:
            break
    return found


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


def _without_currency(found: list[Amount], document: Document) -> None:
    """A bare number is in the currency of the page's other prices, when they have one, else in that of its language."""
    money = (one.money for one in found if one.role != "other")  # "Item no. Q37" is no price in quetzals
    known = {one.currency for one in money if one.currency and not one.candidates}
    said = {"currency": known.pop(), "reason": "as the other prices of the page"} if len(known) == 1 else None
    for one in found:
        if one.money.currency is None and (told := said or bare.in_the_language(one.run, document)):
            one.reading = one.reading._replace(money=one.money.model_copy(update=told))


def spine_of(element: etree._Element | None) -> dict[etree._Element, int]:
    """The ancestors of the heading, with how many levels up they are."""
    if element is None:
        return {}
    return {one: level for level, one in enumerate((element, *element.iterancestors()))}
