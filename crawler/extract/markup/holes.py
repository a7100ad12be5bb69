"""Places for data in what people see, ``¥ {{ sku.price }}``, filled from the data that the page carries beside them.

Templates in the page itself (Vue, Angular, Alpine, Knockout's kin) are filled by a script; where the data stand in a
script of the page, no script has to run for that. The page's own place tells which of several prices is asked for and
which is struck through; it is read with the sign of money that stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document, Text
from crawler.extract.markup.graph import Subject, text_of
from crawler.extract.markup.javascript_state import is_elsewhere
from crawler.extract.markup.state_object import NAME_KEYS
from crawler.extract.markup.states import states
from crawler.extract.model import Place, Reading
from crawler.extract.visible.amounts import is_crossed
from crawler.money import Money, read_prices

EXTRACTOR = "javascript_state"
NODE_LIMIT = 5_000  # objects of a page's data that are looked at
ROWS_LIMIT = 250  # choices of one product
TEXT_LIMIT = 200  # characters of a text with a place for data; longer ones are prose about templates
HOLE = re.compile(
    r"(?:\{[{$%]|\[\[|<%=|\$\{)\s{0,5}(?:\w{1,40}\.){0,5}(\w{1,40})\s{0,5}(?:\|[^{}\[\]%$]{0,60})?(?:[}$%]\}|\]\]|%>|\})"
)
"""A place for data with the last name of its path; a filter may follow: ``{{ item.price | currency }}``."""
_STOCK = ("stock", "quantity", "qty", "inventory", "available", "in_stock", "inStock")
_CODES = ("sku", "SKU", "code", "barcode")


def of_prices(document: Document) -> list[tuple[Text, str]]:
    """The texts with a place for a price, or for what is struck through, each with the name of its value; apart from
    carts and neighbours."""
    return [
        (text, found[1])
        for text in document.texts
        if ("{" in text.text or "[[" in text.text or "<%" in text.text)
        and (found := HOLE.search(text.text[:TEXT_LIMIT])) is not None
        and ("price" in found[1].lower() or is_crossed(text.owner))
        and not document.outside(text.owner)
    ]


def read(document: Document, name: str) -> Subject:
    """What the page's data put into its places for prices; ``name`` is the heading. Empty without such places."""
    found = Subject(EXTRACTOR)
    holes = of_prices(document)
    asked = next((one for one in holes if not is_crossed(one[0].owner)), None)
    if asked is None:
        return found
    former = next((one for one in holes if is_crossed(one[0].owner)), None)
    for script, value, offset in states(document):
        for rows, where in _choices(value, asked[1], name):
            index = next((i for i, row in enumerate(rows) if _in_stock(row)), 0)
            at = f"#{offset}{where}" + (f"/{index}" if len(rows) > 1 else "")
            _fill(found, rows[index], asked, "price", script, at, document)
            if former is not None:
                _fill(found, rows[index], former, "list_price", script, at, document)
            if "price" in found.readings:
                _rest(found, rows[index], script, at)
                return found
    return Subject(EXTRACTOR)


def _choices(value: Any, key: str, name: str) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """Objects, and lists of them, that hold a value of this name and are called as the heading.

    What has no name is the heading's, unless it lies in what has another, or is told to be another's.
    """
    stack: list[tuple[Any, str, bool]] = [(value, "", False)]
    for _ in range(NODE_LIMIT):
        if not stack:
            return
        node, where, is_of_another = stack.pop()
        rows = [row for row in (node[:ROWS_LIMIT] if isinstance(node, list) else [node]) if isinstance(row, dict)]
        called = [_is_called(row, name) for row in rows]
        if (
            rows
            and all(row.get(key) not in (None, "") for row in rows)
            and set(called) <= ({True} if is_of_another else {True, None})
        ):
            yield rows, where
        if isinstance(node, dict):
            is_of_another = is_of_another or called == [False]
            inner: Iterable[tuple[Any, Any]] = ((at, one) for at, one in node.items() if not is_elsewhere(at[:60]))
        else:
            inner = enumerate(node[:ROWS_LIMIT]) if isinstance(node, list) else ()
        stack += [(one, f"{where}/{at}", is_of_another) for at, one in inner if isinstance(one, (dict, list))]


def _is_called(row: dict[str, Any], name: str) -> bool | None:
    """Whether an object is called as the heading; None where it has no name."""
    called = [text_of(row[one]).casefold() for one in NAME_KEYS if isinstance(row.get(one), str)]
    return name.casefold() in called if called else None


def _in_stock(row: dict[str, Any]) -> bool | None:
    """Whether a choice can be had; None where it does not say."""
    known = next((row[key] for key in _STOCK if isinstance(row.get(key), (bool, int, float))), None)
    return None if known is None else known > 0


def _fill(
    found: Subject, row: dict[str, Any], hole: tuple[Text, str], field: str, script: etree._Element, at: str,
    document: Document,
) -> None:  # fmt: skip
    """Add the amount that people see when a place is filled, unless the price is not below the former one."""
    text, key = hole
    raw = row.get(key)
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return
    shown = HOLE.sub(str(raw)[:40], text.text[:TEXT_LIMIT], count=1)
    money = next((one.money for one in read_prices(shown, document.hints()) if one.money is not None), None)
    price = found.first("price")
    if money is None or (isinstance(price, Money) and money.amount <= price.amount):
        return
    found.add(field, Reading(money, EXTRACTOR, Place(script, f"{at}/{key}"), shown))


def _rest(found: Subject, row: dict[str, Any], script: etree._Element, at: str) -> None:
    for key in _CODES:
        if isinstance(row.get(key), str) and row[key]:
            found.add("sku", Reading(values.code(row[key]), EXTRACTOR, Place(script, f"{at}/{key}"), row[key]))
            break
    stock = _in_stock(row)
    if stock is not None:
        said = "InStock" if stock else "OutOfStock"
        key = next(one for one in _STOCK if isinstance(row.get(one), (bool, int, float)))
        found.add("availability", Reading(said, EXTRACTOR, Place(script, f"{at}/{key}"), str(row[key])))
