"""Cases of ``bench/cases``, by batch, and offers made of them. They are read by nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crawler.indicators.context import Context
from crawler.indicators.flags import flag_offer
from crawler.items import Flag, Offer, Provenance
from crawler.money import Money
from crawler.register.loading import Register, load

CASES = Path(__file__).resolve().parents[1] / "cases"
SHOP = "corner-shop.test"
BATCHES = {
    "first": "",
    "more": "_more",
    "third": "_third",
    "sealed": "_sealed",
    "blind": "_blind",
    "late": "_late",
    "last": "_last",
    "round1": "_round1",
    "round2": "_round2",
    "round3": "_round3",
    "round4": "_round4",
    "round5": "_round5",
    "round6": "_round6",
    "round7": "_round7",
    "round8": "_round8",
    "round9": "_round9",
    "round10": "_round10",
    "round11": "_round11",
    "round12": "_round12",
    "round13": "_round13",
    "round14": "_round14",
    "round15": "_round15",
    "round16": "_round16",
    "round17": "_round17",
    "round18": "_round18",
    "round19": "_round19",
    "round20": "_round20",
    "round21": "_round21",
    "round22": "_round22",
    "round23": "_round23",
    "round24": "_round24",
    "round25": "_round25",
    "round26": "_round26",
    "round27": "_round27",
    "round28": "_round28",
    "round29": "_round29",
    "round30": "_round30",
    "round31": "_round31",
    "round32": "_round32",
}
"""Batch → ending of its files. Nobody mended on ``sealed``, but its author wrote lists after it. ``round24``,
``round30`` and ``round32`` are every other case of the batch before, written before the lists were read. ``round25``
and ``round28`` were written before and after the clauses were mended on what ``round22`` says, whose claims nobody
mended on: they stand with ``round28``. All others have been used to mend lists and rules since their first look,
which ``docs/indicators.md`` tells in order."""
HARD = ("sealed", "round19", "round28", "round32")
"""Held out; together they give the figures: the hardest that were written."""
ORDINARY = ("round24", "round25", "round30")
"""Held out as well, of ordinary titles and sentences: figures of their own, which do not flatter the hard ones."""
FITTED = frozenset(BATCHES) - {*HARD, *ORDINARY}
KINDS = {"parts": "accessory", "name": "namesake"}
"""Kind of lawful use as some batches call it → as all others do."""
REGISTERS = dict.fromkeys(
    ("round23", "round24", "round26", "round27", "round29", "round30", "round31", "round32"), "register_round23"
)
"""Batch → folder of the register that its cases speak of; the sample register for all others."""


def register(batch: str) -> Register:
    """Return the register that the cases of ``batch`` speak of."""
    return load(CASES / REGISTERS[batch] if batch in REGISTERS else None)


def of(kind: str, batch: str) -> Any:
    """Return the cases of one file, None if the batch has none of this kind."""
    path = CASES / f"{kind}{BATCHES[batch]}.yaml"
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
