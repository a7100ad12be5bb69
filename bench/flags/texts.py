"""Lawful uses, wording, piracy, claims and product identity: hand-written cases, and which of them are misjudged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.flags import cases
from bench.flags.cases import SHOP, offer, raised, told
from crawler.indicators.products import identity
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import read
from crawler.items import Flag

LOW = Decimal(19)  # euros; an accessory's price
CHEAP = Decimal(3)  # below every range of the register
MIDDLE = Decimal(450)  # of a licence's honest prices
HIGH = Decimal(2000)  # above most ranges: no flag of a price beside those of words


@dataclass(frozen=True)
class Count:
    """Cases of one kind: how many there are, and those that are misjudged."""

    total: int = 0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        return Count(self.total + other.total, self.wrong + other.wrong)

    @property
    def misjudged(self) -> float:
        """The share that is misjudged."""
        return len(self.wrong) / self.total


def judged(context: Context, batch: str) -> dict[str, Count]:
    """Return what is counted of every kind of case that ``batch`` has."""
    counts: dict[str, Count] = {}
    for kind in (lawful, wording, claims, expected, piracy, same_product):
        counts |= kind(context, batch)
    return counts


def lawful(context: Context, batch: str) -> dict[str, Count]:
    """Return which lawful uses are flagged, by kind; of parallel goods, as more than a grey market."""
    counts = {}
    for kind, languages in (cases.of("lawful", batch) or {}).items():
        wrong = []
        for language, title, fields in _listed(languages):
            flags = _flags(context, title, LOW, language, fields)
            if any(flag.allegation != "grey_market" or kind != "parallel" for flag in flags):
                wrong.append(f"{title} [{', '.join(flag.code for flag in flags)}]")
        counts[f"lawful {kind}"] = Count(_size(languages), tuple(wrong))
    return counts


def authorised(context: Context) -> Count:
    """Return which offers of authorised sellers are flagged, whatever they say."""
    wrong = []
    for seller, title in (("velmora.test", "Velmora Aurelia tote"), ("shop.velmora.test", "Velmora Corda belt"),
                          ("galerie-nord.test", "Velmora Aurelia tote outlet"), ("voltwerk.test", "Nuvix Volt charger"),
                          ("sportlager.test", "KESTREL Stride running shoe")):  # fmt: skip
        wrong += [title for price in (Decimal(5), Decimal(500)) if raised(offer(title, price), context.at(seller))]
    return Count(10, tuple(wrong))


def wording(context: Context, batch: str) -> dict[str, Count]:
    """Return which admissions are overlooked, and which denials and ordinary sentences are taken for one."""
    counts: dict[str, Count] = {}
    for kind, languages in (cases.of("wording", batch) or {}).items():
        wrong = [
            f"{language}: {fields.get('description') or title}"
            for language, title, fields in _listed(languages, of="Velmora Aurelia tote")
            if _any(_flags(context, title, HIGH, language, fields), "wording.") != (kind == "admits")
        ]
        key = "admission_recall" if kind == "admits" else "negation"
        counts[key] = counts.get(key, Count()) + Count(_size(languages), tuple(wrong))
    return counts


def claims(context: Context, batch: str) -> dict[str, Count]:
    """Return which of a stranger's claims to the brand's own goods are overlooked."""
    languages = cases.of("claims", batch)
    if languages is None:
        return {}
    missed = [
        title
        for language, title, fields in _listed(languages)
        if not _any(_flags(context, title, CHEAP, language, fields), "brand.unauthorised")
    ]
    return {"claim_recall": Count(_size(languages), tuple(missed))}


def expected(context: Context, batch: str) -> dict[str, Count]:
    """Return which cases miss a flag that is due, or raise one that is not, by kind (two brands, prices …)."""
    counts = {}
    for kind, items in (cases.of("expected", batch) or {}).items():
        wrong = []
        for case in items:
            fields = {k: v for k, v in case.items() if k not in {"raises", "silent", "price"}}
            codes = {flag.code for flag in raised(offer(price=Decimal(case.get("price", LOW)), **fields), context)}
            missed, false = {*case.get("raises", ())} - codes, {*case.get("silent", ())} & codes
            if missed or false:
                wrong.append(f"{case['title']} [missed {sorted(missed)}, false {sorted(false)}]")
        counts[f"expected {kind}"] = Count(len(items), tuple(wrong))
    return counts


def piracy(context: Context, batch: str) -> dict[str, Count]:
    """Return which offers of a work are overlooked, and which lawful ones around it are flagged."""
    counts = {}
    for kind, languages in (cases.of("piracy", batch) or {}).items():
        wrong = [
            title
            for language, title, fields in _listed(languages)
            if _any(_flags(context, title, MIDDLE, language, fields), "piracy.") != (kind == "raises")
        ]
        counts["piracy_recall" if kind == "raises" else "piracy_false"] = Count(_size(languages), tuple(wrong))
    return counts


def same_product(context: Context, batch: str) -> dict[str, Count]:
    """Return both sides of F1 of "this offer is that product": a hit counts twice, what is wrong or missed once."""
    table = cases.of("identity", batch)
    if table is None:
        return {}
    hits, wrong = 0, []
    for case in table:
        fields = {k: v for k, v in case.items() if k in {"mpn", "sku", "gtin"}}
        reading = read(offer(case["title"], **fields), context)
        found = [identity.identify(reading, entry).line for entry in reading.brands if reading.claims(entry)]
        names = {line.name for line in found if line}
        right = bool(case["product"]) and names == {case["product"]}
        hits += right
        if names and not right:
            wrong.append(f"{case['title']} → {', '.join(names)}, is {case['product'] or 'none'}")
        if case["product"] and not right:
            wrong.append(f"{case['title']} misses {case['product']}")
    return {"identity_f1": Count(2 * hits + len(wrong), tuple(wrong))}


def _listed(languages: dict[str, list[Any]], of: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield language, title and other fields of each case; a text alone describes ``of``, or else is a title."""
    for language, items in languages.items():
        for case in items:
            if of and isinstance(case, str):
                yield language, of, {"description": case}
            else:
                yield language, *told(case)


def _size(languages: dict[str, list[Any]]) -> int:
    return sum(map(len, languages.values()))


def _flags(context: Context, title: str, price: Decimal, language: str, fields: dict[str, Any]) -> list[Flag]:
    at = context.at(fields.pop("seller", SHOP))
    return raised(offer(title, price, language=language, **fields), at)


def _any(flags: list[Flag], code: str) -> bool:
    return any(flag.code.startswith(code) for flag in flags)
