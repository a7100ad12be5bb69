"""What the heading of a table's column says of the cells below: the price, the net price, the name of the thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import text_content

_CELLS = frozenset({"td", "th"})
AMOUNTS = frozenset({"price", "list_price", "excluded", "other"})
"""Meanings of headings above amounts."""
CODES = frozenset({"sku", "mpn", "gtin"})
"""Meanings of headings above what may look like one."""
_DEPTH = 4  # levels from a text up to its cell
_COLUMNS = 30  # of one table
_UNIT = re.compile(
    r"[\s.,:]{0,3}(?:[(\[/]|\b(?:in|en|em|i|w|v|в)\b)?\s{0,2}(?:[€£$₽₴₺]|[A-Z]{3}|[Ee]uros?|Ft|Kč|zł|kr\.?|руб\.?|грн\.?|lei|лв\.?)[)\]]?$"
)
"""What a heading of prices ends with: "Price (EUR)", "Prezzo Euro"."""


def heading(element: etree._Element) -> str:
    """The text that heads the column in which an element stands; empty outside of tables, and in the first row."""
    cell = (
        element
        if element.tag in _CELLS
        else next((one for one in islice(element.iterancestors(), _DEPTH) if one.tag in _CELLS), None)
    )
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None or row.tag != "tr" or (first := _first_row(row)) is None:
        return ""
    place = next((at for at, one in _placed(row) if one is cell), -1)
    return next((_text(one) for at, one in _placed(first) if at == place), "")


def meaning(text: str) -> str | None:
    """The kind of amount that a column's heading announces, with or without a currency at its end."""
    return labels.meaning(text.casefold()) or labels.meaning(_UNIT.sub("", text).casefold())


def amount(element: etree._Element) -> str:
    """What an amount is by the heading of its column, else ""; a price only in a row with a name: not of a tier."""
    found = meaning(above) if (above := heading(element)) else None
    if found == "price":
        row = next((one for one in islice(element.iterancestors("tr"), 1)), None)
        return found if row is not None and name(row) else ""
    return found if found in AMOUNTS or found in CODES else ""


def name(row: etree._Element) -> tuple[str, etree._Element] | None:
    """What a row calls its thing: the longest text under a heading that says so, and its cell."""
    first = _first_row(row) if row.tag == "tr" else None
    known = labels.tables().names
    columns = {at for at, one in _placed(first) if labels.fold(_text(one)) in known} if first is not None else set()
    found = [(text, one) for at, one in _placed(row) if at in columns and any(map(str.isalpha, text := _text(one)))]
    return max(found, key=lambda one: len(one[0]), default=None)


def _first_row(row: etree._Element) -> etree._Element | None:
    """The first row of the table of another row; None for the first row itself."""
    table = next(row.iterancestors("table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    return None if first is row else first


def _placed(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with the column at which each begins."""
    at = 0
    for cell in islice((one for one in row if one.tag in _CELLS), _COLUMNS):
        yield at, cell
        span = cell.get("colspan", "1")
        at += int(span) if span.isdigit() and len(span) < 3 else 1


def _text(cell: etree._Element) -> str:
    text = text_content(cell)
    return text if len(text) <= labels.LABEL_LIMIT * 2 else ""
