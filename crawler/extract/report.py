"""A page that was read, as plain data for scripts and as lines for people: each value with its place and the losers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from crawler.extract.model import Field, Page, Product
from crawler.items import Money

SHOWN = 100  # characters of a value on a line for people; --json has all of it


def as_data(page: Page) -> dict[str, Any]:
    """Everything of a page as JSON-ready values; provenance spelled out."""
    return {
        "url": page.url,
        "canonical": page.canonical,
        "kind": page.kind,
        "detail": page.detail,
        "confidence": round(page.confidence, 3),
        "title": page.title,
        "language": page.language,
        "platform": page.platform,
        "products": [{name: _field(field) for name, field in product.fields.items()} for product in page.products],
        "facts": page.facts,
        "identifiers": [identifier.model_dump(mode="json") for identifier in page.identifiers],
        "legal_pages": page.legal_pages,
        "links": [link._asdict() for link in page.links],
        "problems": page.problems,
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": _plain(field.value),
        "reason": field.reason,
        "provenance": field.provenance.model_dump(mode="json", exclude_none=True),
        "losers": [
            {"value": _plain(loser.value), "reason": loser.reason,
             "provenance": loser.provenance.model_dump(mode="json", exclude_none=True)}
            for loser in field.losers
        ],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def spoken(value: Any) -> str:
    """A value as a person reads it, on one printable line."""
    if isinstance(value, Money):
        text = f"{value.amount:f} {value.currency or 'in an unknown currency'}"
        text += f", or {'/'.join(value.candidates[:3])}…" if value.candidates else ""
        text += f", tax {value.tax}" if value.tax else ""
    elif isinstance(value, tuple):
        text = f"{len(value)}: " + "; ".join(spoken(one) for one in value[:4]) if value else ""
    else:
        text = str(value)
    text = "".join(sign if sign.isprintable() else " " for sign in text)  # a page must not drive the terminal
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def rows(product: Product) -> Iterator[tuple[str, str, str, str]]:
    """Field, value, where and why; the losers under their field, marked with ``✗``."""
    for name, field in sorted(product.fields.items()):
        place = field.provenance
        yield name, spoken(field.value), f"{place.extractor} {spoken(place.path)}", field.reason
        for loser in field.losers:
            where = f"{loser.provenance.extractor} {spoken(loser.provenance.path)}"
            yield f"✗ {name}", spoken(loser.value), where, loser.reason
