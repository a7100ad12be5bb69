"""Lists without cards: a linked name and, in a row of its own right behind it, its price, all on one level.

``<dt><a>name</a></dt><dd>price</dd>``, ``<h3><a>name</a></h3><p>price</p>``: nothing is around the two.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from lxml import etree

from crawler.extract.visible.amount import Amount
from crawler.extract.visible.card_name import Blocks

NAMED = frozenset({"dt", "h2", "h3", "h4", "h5", "h6"})  # what names the rows that follow it, and nothing else does so
ROWS = 3  # names with a price from which they are a list
LEVELS = 4  # from a price up to its row
BEHIND = 3  # rows behind a name in which its price may stand: a line of description, a picture


def find(amounts: list[Amount], blocks: Blocks) -> list[tuple[etree._Element, Amount]]:
    """The names, each with its amounts in the order of the page; none where fewer than ``ROWS`` stand in a row."""
    found = [(name, amount) for amount in amounts if (name := _name_before(amount, blocks)) is not None]
    rows = Counter((name.getparent(), name.tag) for name in {name: None for name, _ in found})
    listed = [(name, amount) for name, amount in found if rows[name.getparent(), name.tag] >= ROWS]
    return listed if len({frozenset(blocks.addresses(name)) for name, _ in listed}) >= ROWS else []


def _name_before(amount: Amount, blocks: Blocks) -> etree._Element | None:
    """The element that names the row in which an amount stands: the nearest one before it, with a link in it."""
    for row in islice((amount.text.owner, *amount.text.owner.iterancestors()), LEVELS):
        for before in islice(row.itersiblings(preceding=True), BEHIND):
            if before.tag in NAMED:
                is_one = len(blocks.addresses(before)) == 1 and blocks.name(before) is not None
                return before if is_one else None
    return None
