"""How settled a shop is: what speaks for it is what an infringer who will soon be gone mostly does not have."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.assessment.dossier import Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules
from crawler.assessment.whole import NUMBERS

YEAR = 365.25  # days
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules) -> list[Evidence]:
    """Of shops in which anything was flagged: elsewhere there is nothing to speak against."""
    if dossier.storefront.get("kind") != "shop" or not scope.flagged:
        return []
    return [*_held(dossier, rules), *_business(dossier, rules), *_accounts(dossier, rules)]


def long_held(dossier: Dossier, rules: Rules) -> bool:
    """Whether a registry says that the domain has been in the same hands for years."""
    return (_days(dossier) or 0) >= YEAR * rules.number("standing.long_held", "years")


def recent(dossier: Dossier, rules: Rules) -> bool:
    """Whether a registry says that the domain came into present hands lately."""
    days = _days(dossier)
    return days is not None and days < rules.number("domain.recent", "to_days")


def _days(dossier: Dossier) -> int | None:
    """How long the domain has been in present hands, where a registry says so."""
    known, seen = dossier.registration, dossier.storefront.get("last_seen")
    return (seen.date() - known.begun).days if known and known.begun and seen else None


def _held(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    known, days = dossier.registration, _days(dossier)
    if known is None or known.begun is None or days is None:
        return
    begun = known.begun
    if long_held(dossier, rules):
        yield rules.evidence("standing.long_held", since=begun.isoformat())
    recent = rules.number("domain.recent", "from_days") <= days < rules.number("domain.recent", "to_days")
    if recent and begun != known.registered_again:
        yield rules.evidence("domain.recent", since=begun.isoformat(), months=round(days / 30))


def _business(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    """The reader takes only numbers whose check digits are right."""
    numbers = sorted({item["value"] for item in dossier.identifiers if item["kind"] in NUMBERS})
    if numbers:
        yield rules.evidence("standing.business", numbers=", ".join(numbers[:SHOWN]))


def _accounts(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    accounts = (dossier.storefront.get("facts") or {}).get("social_accounts")
    if accounts:
        yield rules.evidence("standing.accounts", accounts=", ".join(map(str, accounts[:SHOWN])))
