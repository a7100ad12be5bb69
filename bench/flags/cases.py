"""Cases of ``bench/cases``, by batch, and offers made of them. They are read by nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crawler.indicators.flags import flag_offer
from crawler.indicators.reading.context import Context
from crawler.items import Flag, Offer, Provenance
from crawler.money import Money
from crawler.register.loading import Register, load

CASES = Path(__file__).resolve().parents[1] / "cases"
SHOP = "corner-shop.test"
HELD = ("hard", "ordinary", "large")
"""Folders of cases on which nobody mends lists or rules; all others were used for that after their first look."""
BATCHES = tuple(
    sorted(
        path.relative_to(CASES).as_posix() for path in CASES.glob("*/*") if path.is_dir() and path.name != "register"
    )
)
"""``<register>/<use>``: a folder for each register that cases speak of, in it one for each use that is made of them."""


def held(batch: str) -> bool:
    """Whether nobody mends on ``batch``."""
    return batch.endswith(HELD)


def register(batch: str) -> Register:
    """Return the register that the cases of ``batch`` speak of: that of its folder, else the sample register."""
    own = CASES / batch.partition("/")[0] / "register"
    return load(own if own.is_dir() else None)


def of(kind: str, batch: str) -> Any:
    """Return the cases of one file, None if the batch has none of this kind."""
    path = CASES / batch / f"{kind}.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else None


def offer(title: str, price: Decimal | None = None, **fields: Any) -> Offer:
    """Return an offer as an extractor gives it."""
    values: dict[str, Any] = {"title": title, **fields}
    if price is not None:
        values["price"] = Money(amount=price.quantize(Decimal("0.01")), currency=values.pop("currency", "EUR"))
    seen = {k: Provenance(extractor="case", path="/", text=str(v)[:300]) for k, v in values.items() if k != "language"}
    return Offer(id="case", storefront=SHOP, url=f"https://{SHOP}/p/1", provenance=seen, **values)


def raised(item: Offer, context: Context) -> list[Flag]:
    """Return the raised flags of ``item``."""
    return [flag for flag in flag_offer(item, context) if flag.state == "raised"]


def told(case: str | dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return title and other fields of a case: a title alone, or fields of an offer."""
    return (case, {}) if isinstance(case, str) else (case["title"], {k: v for k, v in case.items() if k != "title"})
