"""Scraped text for a terminal: readable, on one line, and without power over it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from bson.decimal128 import Decimal128

SHOWN = 160  # characters of one scraped value in a table
MARKS = 3  # combining marks in a row; no living language needs more, "zalgo" text uses dozens to cover other lines
DIGITS = 30  # a price with more is a mistake or an attack, and is shown with its exponent
_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that move the cursor, turn the direction round, hide, or have no picture."""
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic words and emoji are written with them; they are harmless


def plain(value: object, limit: int = SHOWN) -> str:
    """One line without escape sequences, direction changes or invisible signs; those become U+FFFD.

    The result goes into ``rich.text.Text``, never into a markup string: brackets are text.
    """
    text = _SPACES.sub(" ", str(value)[: limit * 4]).strip()
    shown: list[str] = []
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MARKS:
            shown.append("\N{REPLACEMENT CHARACTER}" if category in _UNSEEN and sign not in _JOINERS else sign)
    return _shortened("".join(shown), limit)


def price(money: dict[str, Any] | None) -> str:
    """``129.00 EUR``, or an empty string; ``?`` where the page named no currency."""
    if not money or money.get("amount") is None:
        return ""
    amount = money["amount"]
    number = amount.to_decimal() if isinstance(amount, Decimal128) else amount
    digits = f"{number:f}" if abs(number.adjusted()) < DIGITS else str(number)
    return f"{plain(digits, 40)} {plain(money.get('currency') or '?', 3)}"


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
