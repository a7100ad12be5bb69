"""One product of a catalogue feed, field by field, each with the JSON pointer of the place it was read from."""

from __future__ import annotations

import html
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree
from lxml import html as parser

from crawler.extract import vote
from crawler.extract.model import Place, Product, Reading
from crawler.money import Money

DIGITS = 12  # of an amount; prices have fewer
TEXT_LIMIT = 20_000  # characters of a description that are parsed; the store keeps fewer


def loads(body: bytes) -> Any:
    """The JSON of a body, ``None`` when it is none: a shop may answer with its home page."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


class Entry:
    """Collects the fields of one product; what is empty or of another type than expected is left out."""

    def __init__(self, data: dict[str, Any], pointer: str, extractor: str) -> None:
        self.data = data
        self.product = Product()
        self._pointer = pointer
        self._extractor = extractor

    def add(self, field: str, value: Any, path: str, text: object = None) -> None:
        """A value that was read at ``path`` below the product."""
        if value in (None, "", ()):
            return
        place = Place(None, f"{self._pointer}{path}")
        said = str(value if text is None else text)
        self.product.fields[field] = vote.alone(Reading(value, self._extractor, place, said))

    def text(self, field: str, path: str, value: object) -> None:
        """A name or code, with entities resolved."""
        if isinstance(value, str | int) and not isinstance(value, bool):
            self.add(field, " ".join(html.unescape(str(value)).split()), path, value)

    def prose(self, field: str, path: str, value: object) -> None:
        """The text of a piece of HTML."""
        if not isinstance(value, str) or not value.strip():
            return
        try:
            root = parser.fragment_fromstring(value[:TEXT_LIMIT], create_parent="div")
        except (etree.ParserError, ValueError):
            return
        self.add(field, " ".join(" ".join(root.itertext()).split()), path, value)

    def money(self, field: str, path: str, amount: Decimal | None, currency: str | None) -> None:
        """An amount in the currency that the feed or the shop's page states.

        A feed's 0.00 is none: shops enter it for what is free and for what one has to ask for, and do not say which.
        """
        if amount:
            reason = "declared by the feed" if currency else ""
            self.add(field, Money(amount=amount, currency=currency, reason=reason), path, amount)


def decimal(value: object, minor: int = 0) -> Decimal | None:
    """An amount from ``"19.99"``, or from ``"1999"`` with two digits of minor unit; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > DIGITS + 4:
        return None
    try:
        found = Decimal(str(value)).scaleb(-minor)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < 10**DIGITS else None


def objects(value: object) -> list[dict[str, Any]]:
    """The JSON objects of an array."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
