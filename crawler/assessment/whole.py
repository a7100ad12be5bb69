"""Evidence that no single offer shows: what is missing, copied or uniform over a whole shop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import quantiles
from typing import Any

from bson.decimal128 import Decimal128
from pymongo.database import Database

from crawler.assessment.judge import Evidence, Scope
from crawler.assessment.rules import EvidenceRule, Rules
from crawler.store.database import Document

IDENTIFIED = ("email", "phone", "company_number", "vat", "messenger")
"""The kinds of identifier by which a buyer reaches a seller, or a register knows it."""
SAMPLE = 5_000  # offers read for the reductions of a shop; the quarters of a larger one do not move any more
ADDRESSES_SHOWN = 3


def whole_shop(
    database: Database[Document], storefront: Document, scope: Scope, brands: list[str], rules: Rules
) -> list[Evidence]:
    """All evidence about a storefront as a whole. Only shops own their pages; a seller's are the marketplace's."""
    found: list[Evidence | None] = [_many_brands(scope, brands, rules), _uniform_discount(database, storefront, rules)]
    if storefront.get("kind") == "shop":
        identifiers = list(
            database["identifiers"].find(
                {"storefront": storefront["_id"], "kind": {"$in": list(IDENTIFIED)}}, {"kind": 1, "value": 1}
            )
        )
        found += [
            _no_legal_pages(storefront, scope, rules),
            _no_contact(storefront, identifiers, scope, rules),
            _free_mail(identifiers, rules),
        ]
    return [item for item in found if item] + list(_facts(storefront, rules))


def _make(code: str, rule: EvidenceRule, **values: Any) -> Evidence:
    return Evidence(
        code=code,
        family=rule.family,
        points=rule.weight,
        sentence=rule.sentence.format_map(values),
        allegation=rule.allegation,
        values=values,
    )


def _no_legal_pages(storefront: Document, scope: Scope, rules: Rules) -> Evidence | None:
    code = "legal.missing"
    telling = {"imprint", "terms", "returns", "privacy"} & (storefront.get("legal_pages") or {}).keys()
    readable = scope.pages - scope.unreadable
    if telling or readable < rules.number(code, "enough_pages"):
        return None
    return _make(code, rules.table.evidence[code], pages=readable)


def _no_contact(storefront: Document, identifiers: list[Document], scope: Scope, rules: Rules) -> Evidence | None:
    code = "contact.none"
    pages = storefront.get("legal_pages") or {}
    readable = scope.pages - scope.unreadable
    if identifiers or "contact" in pages or "imprint" in pages or readable < rules.number(code, "enough_pages"):
        return None
    return _make(code, rules.table.evidence[code], pages=readable)


def _free_mail(identifiers: list[Document], rules: Rules) -> Evidence | None:
    addresses = sorted(item["value"] for item in identifiers if item["kind"] == "email")
    if not addresses or any(item["kind"] in ("company_number", "vat") for item in identifiers):
        return None
    if any(address.rpartition("@")[2] not in rules.table.free_mail for address in addresses):
        return None
    code = "contact.free_mail"
    return _make(code, rules.table.evidence[code], addresses=", ".join(addresses[:ADDRESSES_SHOWN]))


def _many_brands(scope: Scope, brands: list[str], rules: Rules) -> Evidence | None:
    code = "range.many_brands"
    if not scope.flagged or len(brands) < rules.number(code, "enough_brands"):
        return None
    return _make(code, rules.table.evidence[code], brands=len(brands))


def _uniform_discount(database: Database[Document], storefront: Document, rules: Rules) -> Evidence | None:
    code = "discount.uniform"
    fields = {"price": 1, "list_price": 1, "_id": 0}
    offers = list(database["offers"].find({"storefront": storefront["_id"]}, fields).limit(SAMPLE))
    reductions = sorted(_reductions(offers))
    if len(offers) < rules.number(code, "enough_offers") or len(reductions) < 2:
        return None
    first, middle, third = quantiles(reductions, n=4)
    told = len(reductions) >= rules.number(code, "reduced_share") * len(offers)
    if not told or middle < rules.number(code, "discount_from") or third - first > rules.number(code, "spread_to"):
        return None
    rule = rules.table.evidence[code]
    return _make(code, rule, reduced=len(reductions), offers=len(offers), discount=round(middle * 100))


def _reductions(offers: Iterable[Document]) -> Iterator[float]:
    for offer in offers:
        price, before = offer.get("price") or {}, offer.get("list_price") or {}
        now, then = _amount(price), _amount(before)
        if now is not None and then and price.get("currency") == before.get("currency") and now < then:
            yield float(1 - now / then)


def _amount(money: Document) -> Decimal | None:
    amount = money.get("amount")
    return amount.to_decimal() if isinstance(amount, Decimal128) else None


def _facts(storefront: Document, rules: Rules) -> Iterator[Evidence]:
    """Facts that spiders stated, as far as the table gives them a meaning."""
    for name, value in sorted((storefront.get("facts") or {}).items()):
        rule = rules.table.facts.get(name)
        if rule and value:
            yield _make(f"fact.{name}", rule, value=value)
