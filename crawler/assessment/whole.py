"""Evidence that no single offer shows: legal pages, contacts, brands and reductions over a whole shop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import geometric_mean, quantiles

from bson.decimal128 import Decimal128

from crawler.assessment.dossier import Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules
from crawler.store.database import Document
from crawler.urls import storefront_key

IDENTIFIED = ("email", "phone", "company_number", "vat", "messenger")
"""The kinds of identifier by which a buyer reaches a seller, or a register knows it."""
NUMBERS = frozenset({"company_number", "vat"})
TELLING = frozenset({"imprint", "terms", "returns", "privacy"})
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, brands: list[str], rules: Rules) -> list[Evidence]:
    """All evidence about a storefront as a whole. Only shops own their pages; a seller's are the marketplace's."""
    found = [_many_brands(scope, brands, rules), _uniform_discount(dossier, rules), _under_usual(dossier, rules)]
    if dossier.storefront.get("kind") == "shop":
        found += [_no_legal_pages(dossier, scope, rules), _no_number(dossier, scope, rules)]
        found += _contacts(dossier, scope, rules)
    return [item for item in found if item] + list(_facts(dossier.storefront, rules))


def read_enough(scope: Scope, code: str, rules: Rules) -> bool:
    """Whether so many pages were read that an absence means something."""
    return scope.pages - scope.unreadable >= rules.number(code, "enough_pages")


def _no_legal_pages(dossier: Dossier, scope: Scope, rules: Rules) -> Evidence | None:
    code = "legal.missing"
    if TELLING & (dossier.storefront.get("legal_pages") or {}).keys() or not read_enough(scope, code, rules):
        return None
    return rules.evidence(code, pages=scope.pages - scope.unreadable)


def _no_number(dossier: Dossier, scope: Scope, rules: Rules) -> Evidence | None:
    """A shop that sells goods of the register names its number in the company register or for taxes, as most must."""
    code = "legal.no_number"
    named = any(item["kind"] in NUMBERS for item in dossier.identifiers)
    if named or not scope.flagged or not read_enough(scope, code, rules):
        return None
    return rules.evidence(code, pages=scope.pages - scope.unreadable)


def _contacts(dossier: Dossier, scope: Scope, rules: Rules) -> Iterator[Evidence | None]:
    named = [item for item in dossier.identifiers if item["kind"] in IDENTIFIED]
    pages = dossier.storefront.get("legal_pages") or {}
    if not named:
        if not {"contact", "imprint"} & pages.keys() and read_enough(scope, "contact.none", rules):
            yield rules.evidence("contact.none", pages=scope.pages - scope.unreadable)
        return
    if any(item["kind"] in NUMBERS for item in named):
        return
    yield _mail(dossier, sorted(item["value"] for item in named if item["kind"] == "email"), rules)


def _mail(dossier: Dossier, addresses: list[str], rules: Rules) -> Evidence | None:
    """Addresses none of which is at the shop's own domain: at free services, or at somebody else's and free ones."""
    own = dossier.storefront["key"]
    places = {address: address.rpartition("@")[2] for address in addresses}
    if not addresses or any(storefront_key(f"http://{place}/") == own for place in places.values()):
        return None
    free = [address for address in addresses if places[address] in rules.table.free_mail]
    others = [address for address in addresses if address not in free]
    if not others:
        return rules.evidence("contact.free_mail", addresses=", ".join(free[:SHOWN]))
    if len({storefront_key(f"http://{places[address]}/") for address in others}) + bool(free) > 1:
        return rules.evidence("legal.contradictory", addresses=", ".join(addresses[:SHOWN]))
    return rules.evidence("contact.elsewhere", addresses=", ".join(addresses[:SHOWN]))


def _many_brands(scope: Scope, brands: list[str], rules: Rules) -> Evidence | None:
    code = "range.many_brands"
    if not scope.flagged or len(brands) < rules.number(code, "enough_brands"):
        return None
    return rules.evidence(code, brands=len(brands))


def _uniform_discount(dossier: Dossier, rules: Rules) -> Evidence | None:
    code = "discount.uniform"
    reductions, offers = sorted(_reductions(dossier.offers)), len(dossier.offers)
    if offers < rules.number(code, "enough_offers") or len(reductions) < 2:
        return None
    first, middle, third = quantiles(reductions, n=4)
    told = len(reductions) >= rules.number(code, "reduced_share") * offers
    if not told or middle < rules.number(code, "discount_from") or third - first > rules.number(code, "spread_to"):
        return None
    return rules.evidence(code, reduced=len(reductions), offers=offers, discount=round(middle * 100))


def _under_usual(dossier: Dossier, rules: Rules) -> Evidence | None:
    """What comparable offers cost on the whole: one may be its line's cheapest article, not all of them.

    The geometric mean without the cheapest and the dearest, so that neither a misreading nor a decoy moves it far.
    """
    code = "price.under_usual"
    claimed = (row for row in dossier.flags if row["_id"]["state"] == "raised" and row.get("of_middle"))
    shares = sorted(max(row["of_middle"]) for row in claimed)
    if len(shares) < rules.number(code, "enough_offers"):
        return None
    usual = geometric_mean(shares[1:-1])
    if usual >= rules.number(code, "below"):
        return None
    return rules.evidence(code, offers=len(shares), percent=round(usual * 100))


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
        if name in rules.table.facts and value:
            yield rules.fact(name, value=value)
