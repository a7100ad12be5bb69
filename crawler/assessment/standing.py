"""Evidence that speaks for a storefront: what an infringer who will soon be gone mostly does not have."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.assessment.dossier import Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules

NUMBERS = frozenset({"company_number", "vat"})
YEAR = 365.25  # days
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules) -> list[Evidence]:
    """Of shops in which anything was flagged: elsewhere there is nothing to speak against."""
    if dossier.storefront.get("kind") != "shop" or not scope.flagged:
        return []
    return [*_long_held(dossier, rules), *_business(dossier, rules), *_accounts(dossier, rules)]


def _long_held(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    begun, seen = dossier.registration and dossier.registration.begun, dossier.storefront.get("last_seen")
    code = "standing.long_held"
    if begun and seen and (seen.date() - begun).days >= YEAR * rules.number(code, "years"):
        yield rules.evidence(code, since=begun.isoformat())


def _business(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    """The reader takes only numbers whose check digits are right."""
    numbers = sorted({item["value"] for item in dossier.identifiers if item["kind"] in NUMBERS})
    if numbers:
        yield rules.evidence("standing.business", numbers=", ".join(numbers[:SHOWN]))


def _accounts(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    accounts = (dossier.storefront.get("facts") or {}).get("social_accounts")
    if accounts:
        yield rules.evidence("standing.accounts", accounts=", ".join(map(str, accounts[:SHOWN])))
