"""Whether two texts are laid out as a label and its value: cells of a row, of a grid, children of one parent."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from crawler.extract.document import Text

CELLS = frozenset({"th", "td", "dt"})
_LABELLED = frozenset({"th", "td", "dt", "strong", "b", "label", "em", "span", "div", "p"})


def head_columns(one: Text, other: Text) -> bool:
    """Whether two texts stand in the headings of a table's columns: what is beside such a one heads the next."""
    return _heads_a_column(one.owner) and _heads_a_column(other.owner)


def _heads_a_column(element: etree._Element) -> bool:
    return element.tag == "th" or any(around.tag == "th" for around in islice(element.iterancestors(), 2))


def is_cell(element: etree._Element) -> bool:
    """Whether an element is in a cell of a table or a term of a list."""
    current: etree._Element | None = element
    for _ in range(3):
        if current is None:
            return False
        if current.tag in CELLS:
            return True
        current = current.getparent()
    return False


def are_alone(label: Text, value: Text) -> bool:
    """Two children of one parent that holds nothing else."""
    one, other = label.owner, value.owner
    parent = one.getparent()
    if one is other or parent is None or one.tag == "a":
        return False
    return _within(other, parent) and not _has_more(parent, 3) and one.tag in _LABELLED


def are_cells(label: Text, value: Text) -> bool:
    """Two elements side by side, one holds nothing but the label, the next nothing but the value: a row or a grid."""
    cell = cell_of(label.owner)
    following = cell.getnext()
    if following is None or cell.tag not in GRID or following.tag not in GRID or value.says.field:
        return False
    around = cell.getparent()
    return around is not None and _is_even(around) and cell_of(value.owner) is following


def cell_of(element: etree._Element) -> etree._Element:
    """The outermost element that holds nothing but this one."""
    for _ in range(3):
        parent = element.getparent()
        if parent is None or _has_more(parent, 1) or (parent.text or "").strip() or parent.tag in ("td", "body"):
            break
        element = parent
    return element


GRID_LIMIT = 300  # cells of a grid of labels and values
GRID = frozenset({"div", "span", "p", "li", "dd", "dt"})


def _has_more(element: etree._Element, count: int) -> bool:
    """Whether an element has more children, without counting all of them: a page may have a thousand in one."""
    return next(islice(element, count, None), None) is not None


def _is_even(element: etree._Element) -> bool:
    count = sum(1 for _ in islice(element, GRID_LIMIT + 1))
    return count <= GRID_LIMIT and count % 2 == 0


def _within(element: etree._Element, parent: etree._Element) -> bool:
    """Whether an element is the parent itself or at most two levels below it."""
    current: etree._Element | None = element
    for _ in range(3):
        if current is parent:
            return True
        current = current.getparent() if current is not None else None
    return False
