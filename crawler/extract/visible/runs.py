"""Runs: the text of one line as a reader sees it, although it is spread over inline elements.

``<span>$</span><span>19</span><sup>99</sup>`` is one run, "$ 19.99"; each piece remembers its element, so that an
amount found in the run can be placed, and seen to be struck through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract.document import INLINE, Document, Text
from crawler.prices.mention import speaks_of_money

RUN_LIMIT = 40  # text nodes in one line; a price needs at most 6
INLINE_DEPTH = 50  # inline elements inside each other; editors reach 10, unclosed tags go on for ever
_CENTS = re.compile(r"\d\d(?=$|\s{0,2}[^\d\s.,'%-])")
_ENDS_IN_DIGIT = re.compile(r"\d$")
_OPEN_DECIMAL = re.compile(r"\d[.,'’]$")
_HAS_DECIMAL = re.compile(r"\d[.,€$£]\d{1,2}$")
_ENDS_IN_SIGN = re.compile(r"\d[€£]$")
_NUMBER_ALONE = re.compile(r"\d[\d.,' \u00a0]{0,14}")
SIGN_LIMIT = 5  # letters: "руб.", "zł", "EUR"
_TWO_DIGITS = re.compile(r"\d\d")
_SIGN_CENTS = re.compile(r"[€$£]\d\d(?!\d)")  # 14<sup>€90</sup>, as French shops set it
_STARTS_DECIMAL = re.compile(r"[.,]\d")
_COUNTED = re.compile(
    r"\d\d[ \u00a0]?([^\W\d_]{4,}|[x×](?![^\W\d_]))"
)  # "12 cuotas", "10x": how many payments, no cents
_BEHIND_CENTS = re.compile(r"in[ck]l|e[xk][ck]?l|each|plus|euro|moms|mwst|z+gl", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_SEPARATORS = frozenset({".", ",", "'", "’"})  # in an element of their own: VTEX sets 74, a point and 990 apart


@dataclass(slots=True)
class Run:
    """A line of text with the pieces it was made of."""

    text: str
    pieces: list[tuple[int, Text]]
    """Offset in ``text`` → the text node that begins there."""
    first: int
    last: int

    def at(self, offset: int) -> Text:
        """The text node that covers an offset."""
        found = self.pieces[0][1]
        for start, text in self.pieces:
            if start > offset:
                break
            found = text
        return found


def block_of(element: etree._Element) -> etree._Element:
    """The nearest element that makes its own line."""
    for _ in range(INLINE_DEPTH):
        if element.tag not in INLINE:
            break
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def around(document: Document, index: int) -> Run:
    """The run that a text node belongs to."""
    texts = document.texts
    line = texts[index].line
    first = last = index
    while first > 0 and index - first < RUN_LIMIT and texts[first - 1].line == line:
        first -= 1
    while last + 1 < len(texts) and last - index < RUN_LIMIT and texts[last + 1].line == line:
        last += 1
    if first == last and last + 1 < len(texts) and _sign_below(texts[last], texts[last + 1]):
        last += 1
    return _joined(texts[first : last + 1])


def _sign_below(number: Text, sign: Text) -> bool:
    """Whether a number alone on its line has its sign of money below it, in the same element: ``870<br>руб``."""
    if len(sign.text) > SIGN_LIMIT or not _NUMBER_ALONE.fullmatch(number.text):
        return False
    around = number.owner.getparent()
    return sign.owner in (number.owner, around) and speaks_of_money(f"1 {sign.text}")


def _joined(texts: list[Text]) -> Run:
    pieces: list[tuple[int, Text]] = []
    line = ""
    for text in texts:
        if line:
            is_apart = _ends_a_name(pieces[-1][1], text)
            line += APART if is_apart else _glue(line, text.text, text.owner.tag in _RAISED)
        pieces.append((len(line), text))
        line += text.text
    return Run(line, pieces, texts[0].index, texts[-1].index)


_RAISED = frozenset({"sup", "small"})
APART = " | "  # between numbers of which one ends a name: no grouping of thousands, no decimal point


def _ends_a_name(left: Text, right: Text) -> bool:
    """Whether a number ends a name and the next piece begins an amount: ``Meridian 40`` and ``690,00 €``."""
    if not right.text[:1].isdigit() or right.owner.tag in _RAISED or not _ENDS_IN_DIGIT.search(left.text):
        return False
    words = _WORDS.findall(left.text)
    if not words or speaks_of_money(left.text):
        return False
    return len(words) > 1 or _link(left.owner) is not _link(right.owner)


def _link(element: etree._Element) -> etree._Element | None:
    return next((one for one in (element, *islice(element.iterancestors(), 4)) if one.tag == "a"), None)


def _glue(left: str, right: str, raised: bool = False) -> str:
    """What stands between two pieces: a decimal point is only drawn, never written, in ``19<sup>99</sup>``."""
    if raised and _TWO_DIGITS.fullmatch(right) and _ENDS_IN_SIGN.search(left):  # 24€<sup>99</sup>
        return ""
    if _OPEN_DECIMAL.search(left) and right[:1].isdigit():
        return ""
    if _ENDS_IN_DIGIT.search(left):
        if right in _SEPARATORS:
            return ""
        if _STARTS_DECIMAL.match(right) or _SIGN_CENTS.match(right):
            return ""
        if _CENTS.match(right) and not _HAS_DECIMAL.search(left) and not _counts(right):
            return "."
    return " "


def _counts(right: str) -> bool:
    """Whether two digits count what the word behind them names: "12 cuotas sin interés"."""
    counted = _COUNTED.match(right)
    return counted is not None and not _BEHIND_CENTS.match(counted[1]) and not speaks_of_money(right[: counted.end()])


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
