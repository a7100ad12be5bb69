"""What speaks for and against an amount's being the price of the product; the sum orders the amounts of a page."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import Document
from crawler.extract.visible import payers
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.price_names import around, said
from crawler.extract.visible.price_role import role

_PER = re.compile(r"\s{0,2}(?:/\s{0,2}|(?:per|pro|je|por|par|za|за|por cada|alla)\s{1,2})[^\W\d]", re.IGNORECASE)
"""After "64.50 €/piece", "2.00 per book": beside the price of the pack, the second one."""
LABEL = 12  # characters of a short label
_LARGE = frozenset({"h1", "h2", "h3", "h4", "strong", "b", "big", "font"})


_AWAY = {"related": 6, "review": 4, "header": 5, "aside": 2, "hidden": 4, "grouped": 3}
"""Region → weight against its amounts."""


def weigh(
    amount: Amount, document: Document, headline: Headline, spine: dict[etree._Element, int], cart: int, end: int
) -> None:
    """Give an amount its role and its score, and the level at which it meets the heading."""
    amount.around = around(amount.text.owner, document)
    amount.role = role(amount, document)
    amount.choice = _is_choice(amount, document)
    score = 1.0
    index = amount.text.index
    if headline.index >= 0:
        gap = index - headline.index
        score += 1.5 - min(gap, 80) * 0.04 if gap >= 0 else -1.0 + max(gap, -40) * 0.05
        amount.level = level(amount.text.owner, spine)
        score += 2.0 - 0.4 * min(amount.level, 12)
    if cart >= 0:
        score += 1.0 - min(abs(cart - index), 40) * 0.02
    if 0 <= end <= index:
        score -= 4
    score -= 0 if _is_in_its_header(amount, document, headline) else _AWAY.get(amount.region, 0)
    if amount.region == "aside" and headline.element is not None and document.regions[headline.element] != "aside":
        score -= 2
    score += _looks(amount, document)
    score -= 1.0 if _PER.match(amount.run.text, amount.reading.end) else 0.0
    amount.limited = payers.only_some(amount, document)
    score -= 4.0 if amount.limited else 0.0  # a price beside it is everybody's
    score -= 3.0 if not amount.money.amount else 0.0  # an empty cart's total, more often than a gift
    amount.score = score


def _is_in_its_header(amount: Amount, document: Document, headline: Headline) -> bool:
    """Whether an amount stands beside the name in a header that is the product's own, and not the page's."""
    own = headline.strong and headline.element is not None and document.regions[headline.element] == "header"
    return own and amount.region == "header" and amount.level <= BESIDE and headline.index < amount.text.index


BESIDE = 2  # levels up from a name to what holds it and its price


def level(element: etree._Element, spine: dict[etree._Element, int]) -> int:
    """How many levels up from the heading the first element stands that holds both; 99: none."""
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
    if LABEL < rest <= 2 * LABEL:  # the same in another currency is no label: "88,00 € / 172,11 лв."
        beside = amount.run.text[: amount.reading.start] + amount.run.text[amount.reading.end :]
        rest -= sum(map(str.isdigit, beside))
    score += (
        1.0 if rest <= LABEL else (-1.5 if rest > 60 else 0.0) + (-2.0 if rest > 150 else 0.0)
    )  # characters of a sentence, a paragraph
    priced = large = False
    for element, names in amount.around:
        if element.tag in ("body", "table"):
            break
        priced = priced or names.price or _is_marked(document.attributes[element].get("itemprop", ""))
        large = large or element.tag in _LARGE
    amount.priced = priced
    return score + priced * 1.5 + large * 0.7


_CHOSEN = ("aria-pressed", "aria-checked", "aria-selected", "aria-current")
_CHOICES = frozenset({"radio", "option", "tab", "menuitemradio"})


def _is_choice(amount: Amount, document: Document) -> bool:
    """Whether an amount is written on a button or a label that is not the chosen one."""
    for element, _ in amount.around:
        own = document.attributes[element]
        labels_one = element.tag == "label" and ("for" in own or next(element.iter("input"), None) is not None)
        if element.tag == "button" or labels_one or own.get("role") in _CHOICES:
            chosen = any(own.get(name) in ("true", "page") for name in _CHOSEN)
            return not chosen and not labels.is_cart(
                amount.run.text[: amount.reading.start].casefold().strip(" -–—·•|")
            )
    return False


def _is_marked(prop: str) -> bool:
    """Whether the microdata name of an element speaks of a price."""
    return bool(prop) and said(prop[:40]).price


def repeats(found: list[Amount], document: Document) -> None:
    """How many amounts look alike: the price of the subject stands alone, those of a list repeat."""
    alike: dict[tuple[str, ...], int] = {}
    shapes = [_shape(one.text.owner, document) for one in found]
    for shape in shapes:
        alike[shape] = alike.get(shape, 0) + 1
    for one, shape in zip(found, shapes, strict=True):
        one.alike = alike[shape]
        one.score -= 1.0 if one.choice else 0.0
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
