"""Whatever came from a page → what BSON can hold. The one place where scraped values meet the database.

Scraped text is only ever a value. A key that came from a page is escaped so that it can be neither a path (``a.b``)
nor an operator (``$where``); what is too long, too deep or too many is cut and counted, never an error, because
one hostile offer must not keep a page from being settled.
"""

from __future__ import annotations

import decimal
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bson.decimal128 import Decimal128

TEXT_LIMIT = 32_768  # characters of one text; the longest product descriptions seen are about 20,000
KEY_LIMIT = 200  # characters of one key, before escaping
LIST_LIMIT = 500  # members of one list or mapping: more variants or images than any real product shows
MEMBER_COST = 8  # what an empty member takes in BSON, about
DEPTH_LIMIT = 12  # levels; our models use 4, the server refuses at 100
FIELD_LIMIT = 100_000  # characters of one field with all in it: 25 fields of 4-byte characters stay under the 16 MB
ID_LIMIT = 1_000  # characters of an _id; longer ones end in a hash, and stay unique

_UNSAFE_TEXT = re.compile("[\x00\ud800-\udfff]")
_UNSAFE_KEY = re.compile("[%.$\x00\ud800-\udfff]")
_ESCAPED = re.compile("%(00|24|25|2E|D[89A-F][0-9A-F]{2})")
_INT64 = 2**63
# IEEE 754 decimal128 with its traps off for rounding: 34 digits are more than any price has.
_DECIMAL = decimal.Context(34, decimal.ROUND_HALF_EVEN, -6143, 6144, 1, 1, [], [decimal.Overflow])


def text(value: str, limit: int = TEXT_LIMIT) -> str:
    """NUL and lone surrogates become U+FFFD; at most ``limit`` characters."""
    value = value[:limit]
    return value if value.isprintable() else _UNSAFE_TEXT.sub("\ufffd", value)  # the first question is the cheaper one


def key(name: str) -> str:
    """A field name that is neither a path nor an operator; ``unkey`` gives the original back.

    >>> key("$where"), key("a.b"), key("")
    ('%24where', 'a%2Eb', '%')
    """
    if name.isidentifier() and len(name) <= KEY_LIMIT:  # nearly all: the fields of our own models
        return name
    return _UNSAFE_KEY.sub(lambda match: f"%{ord(match[0]):02X}", name[:KEY_LIMIT]) or "%"


def unkey(name: str) -> str:
    """The name that ``key`` escaped, for reading."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name) if name != "%" else ""


def identifier(value: str) -> str:
    """An ``_id``: clean text, and a hash instead of the tail where it is too long to be an index key."""
    if len(value) > ID_LIMIT:
        digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        value = f"{value[: ID_LIMIT - 65]}~{digest}"
    return text(value)


def digest(*parts: str | None) -> str:
    """A short stable hash of several texts: 128 bits, so that collisions need not be thought about."""
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def decimal128(value: Decimal) -> Decimal128 | None:
    """Rounded to 34 digits; None when it lies outside of what decimal128 can hold."""
    try:
        return Decimal128(_DECIMAL.create_decimal(value))
    except decimal.DecimalException:
        return None


def clean_fields(values: Mapping[str, Any], cut: Counter[str]) -> dict[str, Any]:
    """The fields of a document, each cleaned within its own limit: a long one takes nothing from the others."""
    return {key(name): Cleaner(cut).clean(value) for name, value in values.items()}


class Cleaner:
    """Cleans the value of one field, and counts what had to be cut under ``cut``.

    >>> Cleaner().clean({"$set": {"a.b": "x\\x00"}})
    {'%24set': {'a%2Eb': 'x\ufffd'}}
    """

    def __init__(self, cut: Counter[str] | None = None, limit: int = FIELD_LIMIT) -> None:
        self.cut: Counter[str] = Counter() if cut is None else cut
        self._left = limit

    def clean(self, value: Any, depth: int = 0) -> Any:
        """A copy of ``value`` made of BSON types only; money as Decimal128, times in UTC."""
        if isinstance(value, str):
            return self._text(value)
        if value is None or isinstance(value, bool | float | Decimal128):
            return value
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, list | tuple | set | frozenset):
            return self._list(value, depth)
        return self._scalar(value)

    def _text(self, value: str) -> str:
        size = len(value)
        if size > TEXT_LIMIT or size > self._left:
            self.cut["text"] += 1
            size = min(TEXT_LIMIT, max(self._left, 0))
        self._left -= size
        return text(value, size)

    def _scalar(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return self._decimal(value)
        if isinstance(value, int):
            return value if -_INT64 <= value < _INT64 else self._text(str(value)[:KEY_LIMIT])
        if isinstance(value, datetime):
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        if isinstance(value, date):
            return value.isoformat()
        self.cut["type"] += 1
        return self._text(str(value))

    def _decimal(self, value: Decimal) -> Decimal128 | None:
        found = decimal128(value)
        if found is None:
            self.cut["decimal"] += 1
        return found

    def _mapping(self, value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if depth >= DEPTH_LIMIT:
            self.cut["depth"] += 1
            return found
        for name, item in value.items():
            if self._is_full(len(found)):
                break
            escaped = key(name if isinstance(name, str) else str(name))
            self._left -= len(escaped) + MEMBER_COST
            found[escaped] = self.clean(item, depth + 1)
        return found

    def _list(self, value: Iterable[Any], depth: int) -> list[Any]:
        found: list[Any] = []
        if depth >= DEPTH_LIMIT:
            self.cut["depth"] += 1
            return found
        for item in sorted(value, key=repr) if isinstance(value, set | frozenset) else value:
            if self._is_full(len(found)):
                break
            self._left -= MEMBER_COST
            found.append(self.clean(item, depth + 1))
        return found

    def _is_full(self, members: int) -> bool:
        if members < LIST_LIMIT and self._left > 0:
            return False
        self.cut["members"] += 1
        return True
