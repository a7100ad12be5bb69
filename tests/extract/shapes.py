"""The page shapes of ``tests/pages``: what each is expected to say, and which ones a change of the extractor moved.

Every shape is two files: ``NAME.html``, a page written by us after the habits of a platform or of the old web, and
``NAME.json`` with its address, the *truth* that a person wrote down, and the whole *reading* as it was last accepted.

    python -m tests.extract.shapes            prints which shapes moved since, field by field
    python -m tests.extract.shapes --accept   writes the new readings; the truth is never written by a program
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from crawler.extract.model import Field, Page, Product
from crawler.extract.page import read
from crawler.items import Money, Variant

PAGES = Path(__file__).parent.parent / "pages"
OWN_WORDS = {"id": "shop_product_id"}  # short names of the truth → fields


def names() -> list[str]:
    """All shapes, by name."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


def expected(name: str) -> dict[str, Any]:
    """What was written down about a shape; a missing file is an error of the tests."""
    data: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return data


def page(name: str) -> Page:
    """Read a shape now. Reading is pure: there is no clock to freeze, and a test sees to it that none comes in."""
    return read(
        (PAGES / f"{name}.html").read_bytes(),
        expected(name)["url"],
        content_type=expected(name).get("content_type", ""),
    )


def money(value: Money | None) -> str | None:
    """``"19.99 EUR"``; an ambiguous currency is marked."""
    if value is None:
        return None
    return f"{value.amount:f} {value.currency}" + (" ambiguous" if value.candidates else "")


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return money(value) + (f" tax {value.tax}" if value.tax else "")
    if isinstance(value, Variant):
        return f"{value.id}|{value.title}|{money(value.price)}|{value.sku}|{value.availability}"
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _product(product: Product) -> dict[str, Any]:
    return {name: _field(field) for name, field in sorted(product.fields.items())}


def _field(field: Field) -> dict[str, Any]:
    return {"value": _plain(field.value), "by": field.reading.extractor, "why": field.reason}


def reading(page: Page) -> dict[str, Any]:
    """The whole of a page as plain values, for comparing."""
    return {
        "kind": f"{page.kind} {page.detail}".strip(),
        "platform": page.platform,
        "language": page.language,
        "products": [_product(product) for product in page.products],
        "legal_pages": page.legal_pages,
        "problems": page.problems,
    }


def said(page: Page, key: str) -> Any:
    """What the page was read to say about one key of the truth."""
    first = page.products[0] if page.products else Product()
    price = first.value("price")
    special = {
        "kind": page.kind,
        "detail": page.detail,
        "n": len(page.products),
        "tax": price and price.tax,
        "titles": [one.value("title") for one in page.products],
        "prices": [_number(one.value("price")) for one in page.products],
        "currency_sure": bool(price) and not price.candidates,
        "variants": len(first.value("variants") or ()),
        "category": list(first.value("category") or ()),
    }
    if key in special:
        return special[key]
    value = first.value(OWN_WORDS.get(key, key))
    return _number(value) if isinstance(value, Money) else value


def _number(value: Money | None) -> str | None:
    return f"{value.amount.normalize():f} {value.currency}" if value is not None else None


def moved(old: Any, new: Any, where: str = "") -> list[str]:
    """The places where two readings differ, one line each."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [line for key in sorted({*old, *new}) for line in moved(old.get(key), new.get(key), f"{where}/{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            line
            for i, (one, other) in enumerate(zip(old, new, strict=True))
            for line in moved(one, other, f"{where}/{i}")
        ]
    return [] if old == new else [f"{where}: {old!r} → {new!r}"]


def main(arguments: list[str]) -> int:
    """Print what moved; with ``--accept`` write it down."""
    count = 0
    for name in names():
        known, now = expected(name), reading(page(name))
        lines = moved(known.get("reading"), now)
        if lines:
            count += 1
            print(name, *lines, sep="\n    ")
        if lines and "--accept" in arguments:
            known["reading"] = now
            text = json.dumps(known, ensure_ascii=False, indent=1)
            (PAGES / f"{name}.json").write_text(text + "\n", "utf-8")
    print(f"{count} of {len(names())} shapes moved")
    return 1 if count and "--accept" not in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
