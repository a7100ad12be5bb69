"""A former price that nothing calls so: a higher amount, and the percentage by which the price is lower.

Where classes are hashes and the strike is in a style sheet, ``1.249,00 zł  1.499,00 zł  -16%`` is all that a page says.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from crawler.extract.document import Document
from crawler.extract.visible import payers
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.view import View

_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}) ?%|%(\d{1,2})(?!\d)")  # Turkish puts the sign in front
NEAR = 8  # texts between a price and its former one: a label, a saving, a unit price
BADGE = 16  # characters of a percentage that stands alone: "-16%", "(25 % off)", "Économisez 20%"; a sentence promises
PAIR = 4  # times: reductions beyond three quarters are said in words
TAX_TOLERANCE = Decimal("0.002")
LINE = 40  # characters beside a price on its line: a label, a saving, a unit price
BESIDE = 2  # texts before and after both in which the percentage stands
TOLERANCE = Decimal("1.01")  # shops round 16.7 % up, down and to the nearest


def former(view: View, best: Amount, document: Document) -> Amount | None:
    """The higher amount near the price of which the price is as much less as a percentage beside them says."""
    higher = [
        one
        for one in view.amounts
        if one.role in ("price", "low")
        and not one.label
        and one.money.amount > best.money.amount
        and one.money.currency == best.money.currency
        and abs(one.text.index - best.text.index) <= NEAR
        and one.level <= best.level + 1
        and one.region == best.region
    ]
    return next(
        (
            one
            for one in higher
            if _says_so(one, best, document)
            or _is_a_pair(one, best, view)
            or _is_a_line(one, best)
            or _is_saved(one, best, view)
        ),
        None,
    )


def asked(view: View, best: Amount, document: Document) -> Amount:
    """The lower amount beside an unlabelled price, if a percentage says how much lower: else the price itself.

    Only amounts of a shape of their own, on lines of their own: a table of quantities has percentages too.
    """
    if best.label or best.role != "price" or best.alike > 1:
        return best
    above = (one for one in view.amounts if one.role == "was" and one.level <= best.level)
    if any(one.money.amount > best.money.amount for one in above):
        return best  # it is reduced already: what is lower is a promise
    lower = [
        one
        for one in view.amounts
        if one.role == "price"
        and one.label in ("", "price")
        and one.alike == 1
        and one.score > 0
        and one.money.amount < best.money.amount
        and one.money.currency == best.money.currency
        and abs(one.text.index - best.text.index) <= NEAR // 2
        and one.level <= best.level
        and one.region == best.region
        and len(one.run.text) - len(one.reading.text) <= LINE
        and not payers.only_some(one, document)
    ]
    return next((one for one in lower if _says_so(best, one, document, BADGE) or _is_a_pair(best, one, view)), best)


def _is_a_pair(first: Amount, second: Amount, view: View) -> bool:
    """Whether nothing but two amounts stand in one box, the higher first, on lines of their own: a price was reduced.

    Not where the higher could be the lower with tax, nor where a third follows: a price by quantity.
    """
    one, other = first.text.owner, second.text.owner
    box = next(
        (around for around in islice(one.iterancestors(), 2) if around in set(islice(other.iterancestors(), 3))), None
    )
    alone = all(len(each.run.text) - len(each.reading.text) <= 1 for each in (first, second))
    if not alone or box is None or second.run.first != first.run.last + 1 or _may_be_taxed(first, second):
        return False
    after = (one.text.owner.getparent() for one in view.amounts if one.run.first == second.run.last + 1)
    return other.getparent() not in after


def _is_a_line(higher: Amount, best: Amount) -> bool:
    """Whether a line holds nothing but the price and a higher amount behind it, in elements of other names."""
    one, other = best.text.owner, higher.text.owner
    beside = higher.run.first == best.run.first and one.getparent() is other.getparent() and one is not other
    rest = len(best.run.text) - len(best.reading.text) - len(higher.reading.text)
    named = one.get("class") != other.get("class") and one.tag == other.tag
    return beside and named and rest <= 2 and best.begin == 0 and not _may_be_taxed(higher, best)


def _is_saved(higher: Amount, best: Amount, view: View) -> bool:
    """Whether what is saved, as the page says beside the price, is the difference of the two."""
    difference = higher.money.amount - best.money.amount
    return any(
        one.role == "saving" and one.money.amount == difference and abs(one.text.index - best.text.index) <= NEAR
        for one in view.amounts
    )


def _may_be_taxed(first: Amount, second: Amount) -> bool:
    """Whether the higher amount could be the lower with tax, or is out of proportion."""
    ratio = first.money.amount / second.money.amount if second.money.amount else Decimal(0)
    return not 1 < ratio < PAIR or any(abs(ratio - 1 - Decimal(rate) / 100) < TAX_TOLERANCE for rate in range(3, 28))


def _says_so(old: Amount, best: Amount, document: Document, limit: int = 80) -> bool:
    first, last = sorted((old.text.index, best.text.index))
    percent = (1 - best.money.amount / old.money.amount) * 100
    for text in document.texts[max(first - BESIDE, 0) : last + BESIDE + 1]:
        for found in _PERCENT.finditer(text.text) if len(text.text) <= limit else ():
            if abs(percent - int(found[1] or found[2])) < TOLERANCE:
                return True
    return False
