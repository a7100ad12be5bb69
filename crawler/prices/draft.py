"""A price as read from a text, before it becomes money."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from crawler.prices.choice import Choice


class Draft(NamedTuple):
    """A price as read, before it becomes money; positions in the text that was given."""

    role: str
    value: Decimal | None
    choice: Choice | None
    start: int
    end: int
    note: str = ""
    alternative: Decimal | None = None
    tax: str | None = None
