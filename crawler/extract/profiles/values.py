"""A place of a profile → a value of the right kind: money with its currency, a count, an address, a text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from crawler.extract.profiles.places import Found, Node
from crawler.extract.profiles.schema import COUNTS, MONEY, At
from crawler.money import Hints, Money, currency_of, read_amount, read_prices
from crawler.urls import join

MATCHED_LIMIT = 1_000  # characters that a profile's pattern looks at: a page's length must not decide its time
COUNT = re.compile(r"\d[\d.,'’\s\u00a0\u202f]{0,14}")


class Value(NamedTuple):
    """What was read, and where it stood."""

    value: Any
    found: Found


def read(node: Node, name: str, at: At, base: str, hints: Hints) -> Value | None:
    """The value of a field; None when nothing stands there that is one."""
    hits = [taken for hit in node.all(at.at) if (taken := _taken(hit, at))]
    if not hits:
        return None
    if name == "images":
        links = [found for hit in hits if (found := join(base, hit.text))]
        return Value(tuple(dict.fromkeys(links)), hits[0]) if links else None
    if name == "category":
        return Value(tuple(hit.text for hit in hits), hits[0])
    value = _typed(node, name, at, hits[0], base, hints)
    return None if value in (None, "") else Value(value, hits[0])


def _typed(node: Node, name: str, at: At, hit: Found, base: str, hints: Hints) -> Any:
    if name in MONEY:
        return _money(node, at, hit.text, hints)
    if name in COUNTS:
        return count(hit.text)
    if name in ("url", "seller.url"):
        return join(base, hit.text)
    return hit.text


def _taken(hit: Found, at: At) -> Found | None:
    text = hit.text
    if at.match is not None:
        match = _pattern(at.match).search(text[:MATCHED_LIMIT])
        text = match[1] or "" if match else ""
    text = at.map.get(text, text)
    if not text:
        return None
    return Found(at.form.replace("{}", text) if at.form else text, hit.path)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _money(node: Node, at: At, text: str, hints: Hints) -> Money | None:
    """An amount beside its currency's code, or a price as people write it."""
    if at.currency is None and at.divisor is None and at.exponent is None:
        return next((one.money for one in read_prices(text, hints) if one.money is not None), None)
    amount = _decimal(text) if at.divisor or at.exponent else read_amount(text, hints)
    if amount is None or amount < 0:
        return None
    by = _scale(node, at)
    if by is None:
        return None
    said = next((one.text for one in node.all(at.currency)), "") if at.currency else ""
    code, others, reason = currency_of(said, hints) if said else (hints.declared, (), "the profile's currency")
    amount = amount / by
    return Money(amount=amount.quantize(Decimal(1).scaleb(-_places(by))) if by != 1 else amount, currency=code,
                 candidates=others, reason=reason or "declared beside the amount")  # fmt: skip


def _scale(node: Node, at: At) -> Decimal | None:
    """What an amount in small units is divided by; None when the page should say it and does not."""
    if at.divisor:
        by = _decimal(next((one.text for one in node.all(at.divisor)), ""))
        return by if by is not None and 1 <= by <= 10_000 else None
    if at.exponent:
        places = _decimal(next((one.text for one in node.all(at.exponent)), ""))
        return Decimal(10) ** int(places) if places is not None and 0 <= places <= 4 else None
    return Decimal(1)


def _places(by: Decimal) -> int:
    return max(0, len(str(int(by))) - 1)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip()[:30])
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def count(text: str) -> int | None:
    """The first whole number of a text, whatever parts its thousands."""
    match = COUNT.search(text[:MATCHED_LIMIT])
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return int(digits[:12]) if digits else None
