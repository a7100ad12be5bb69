"""Headlines with a sum in them: "Council pays $150 for a chair". A card that one of them priced is no thing for sale.

Language says nothing here, the page does: where goods are listed every name has its price, in the same place; of the
headlines of a magazine or the threads of a forum a few have a sum, somewhere among the words.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from crawler.extract.document import Document, text_content
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.cards import Card
from crawler.prices.mention import speaks_of_money

_LINES = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
CLIMB = 4  # levels from an amount up to the headline that it stands in
WORDS = 4  # words beside the amount from which a line is a headline; "Price: only $20 each" has three
OTHERS = 2  # headlines of the same shape without a sum, for each with one
LOOKED_AT = 2_000  # lines of a page; a news site's first one has up to a thousand
_WORD = re.compile(r"[^\W\d_]{2,}")
_SOLID = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
)  # scripts without spaces: two make a word
Shape = tuple[str, str, str, str]


def without(found: list[Card], document: Document) -> list[Card]:
    """The cards whose amounts are no part of a headline among headlines without any."""
    said = {id(card): _headline(card.amounts) for card in found}
    lines = [line for line in said.values() if line is not None]
    if not lines:
        return found
    summed, plain = _told(document, {_shape(line) for line in lines})
    asked = {amount.money.amount for card in found if said[id(card)] is None for amount in card.amounts}
    return [
        card
        for card in found
        if (line := said[id(card)]) is None
        or plain[_shape(line)] < OTHERS * max(summed[_shape(line)], 1)
        or card.amounts[0].money.amount in asked  # "Gift card - £50" beside its price
    ]


def _headline(amounts: list[Amount]) -> etree._Element | None:
    """The link or heading that all amounts of a card stand in, when it says more than a price."""
    lines = {_line(one) for one in amounts}
    line = lines.pop() if len(lines) == 1 else None
    return line if line is not None and _is_worded(text_content(line)) else None


def _line(amount: Amount) -> etree._Element | None:
    if amount.priced:
        return None
    owner = amount.text.owner
    return next((one for one in (owner, *islice(owner.iterancestors(), CLIMB)) if one.tag in _LINES), None)


def _is_worded(text: str) -> bool:
    return len(_WORD.findall(text)) >= WORDS or len(_SOLID.findall(text)) >= 2 * WORDS


def _shape(line: etree._Element) -> Shape:
    parent = line.getparent()
    above = (str(parent.tag), parent.get("class") or "") if parent is not None else ("", "")
    return str(line.tag), line.get("class") or "", *above


def _told(document: Document, shapes: set[Shape]) -> tuple[dict[Shape, int], dict[Shape, int]]:
    """How many lines of each shape have a sum of money in them, and how many are words alone."""
    summed, plain = dict.fromkeys(shapes, 0), dict.fromkeys(shapes, 0)
    for line in document.all(*sorted({shape[0] for shape in shapes}))[:LOOKED_AT]:
        shape = _shape(line)
        if shape in shapes and _is_worded(text := text_content(line)):
            (summed if speaks_of_money(text) else plain)[shape] += 1
    return summed, plain
