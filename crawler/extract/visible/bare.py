"""Numbers without a sign of money that are prices: ``199,-``, behind a label, below a heading, in a price's element."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract import labels, values
from crawler.extract.document import Document
from crawler.extract.visible import columns
from crawler.extract.visible.price_names import is_of_price, said
from crawler.extract.visible.runs import Run, shares_row
from crawler.prices import currencies

_DASHED = re.compile(r"\d(?:[.,] ?[-–—]{1,2}|:[-–—])(?![\d-])(?!\w)")  # 199,– and 349:- are money without a sign
_NUMBER = re.compile(r"\d[\d.,' ]{0,14}")
_PARTED = re.compile(r"(?<![\d.,])\d{1,3}(?:[., ']?\d{3}){0,2}[.,]\d\d(?![\d.,])")
_CODE = re.compile(r"\b([A-Z]{3}|[Ee]uros?)\b|([€£$])")
SENTENCE_LIMIT = 200  # characters of a text that says in what currency the prices are


def currency(run: Run, document: Document) -> str | None:
    """For a number that is a price by what stands beside it: the currency that is named there, or ``""``."""
    if _DASHED.search(run.text):
        return ""
    number = _PARTED.search(run.text)
    if number and stands_in_a_price(run.at(number.start()).owner, document):
        return ""
    if run.first == 0 or not _NUMBER.fullmatch(run.text):
        return None
    heading = columns.heading(document.texts[run.first].owner)
    if heading and columns.meaning(heading) in columns.AMOUNTS:
        return _named(heading)
    before = document.texts[run.first - 1]
    if before.says.field not in ("price", "list_price") or not shares_row(
        before.owner, document.texts[run.first].owner
    ):
        return None
    return _named(before.text)


def _named(text: str) -> str:
    found = _CODE.search(text)
    return (values.currency(found[1] or found[2]) if found else None) or ""


def may_be(document: Document) -> bool:
    """Whether some element of the page is called a price: only there whole numbers are taken for prices."""
    return is_of_price(" ".join(document.names))


def in_a_price(run: Run, document: Document, *, code: str) -> str | None:
    """For a whole number alone in an element that is called a price: ``code``, the currency that the page says, or "".

    Asked only where no amount of the page says that it is money: elements called prices hold points and ranks, too.
    """
    if not _NUMBER.fullmatch(run.text) or len(run.text) < 2:
        return None
    return code if stands_in_a_price(run.at(0).owner, document) else None


def page_currency(document: Document) -> str:
    """The one currency in which the page says that its prices are: "All prices in EUR"; else ``""``."""
    found = set()
    for text in document.texts:
        if len(text.text) <= SENTENCE_LIMIT and labels.speaks_of_price(text.low):
            found |= {code for code in re.findall(r"\b[A-Z]{3}\b", text.text) if code in currencies.codes()}
    return found.pop() if len(found) == 1 else ""


def in_the_language(run: Run, document: Document) -> dict[str, object] | None:
    """The money of the page's language for a number without a sign; sure where only crowns are written ``499,-``."""
    code = currencies.of_home(document.language)
    if code is None:
        return None
    sure = _DASHED.search(run.text) and currencies.tables()["by_language"].get(document.language) == code
    others = () if sure else tuple(one for one in ("EUR", "USD") if one != code)
    return {"currency": code, "candidates": others, "reason": f"no sign, in a page in {document.language}"}


def stands_in_a_price(element: etree._Element, document: Document) -> bool:
    """Whether an element or the one around it is named for a price."""
    around = element.getparent()
    return any(one is not None and said(document.called(one)).price for one in (element, around))
