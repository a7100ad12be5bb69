"""What a test of this room asks of a text."""

from __future__ import annotations

from crawler.money import Hints, read_prices


def roles(text: str, **hints: str) -> list[tuple[str, str]]:
    """Read a text and give role and amount of each price."""
    return [(r.role, str(r.money.amount) if r.money else "") for r in read_prices(text, Hints(**hints))]
