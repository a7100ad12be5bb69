"""Evidence of how a shop presents itself: thin pages, dead social links, payment marks, visitors sent elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.assessment.dossier import Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules
from crawler.assessment.whole import read_enough
from crawler.store.database import Document

SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules) -> list[Evidence]:
    """Weak evidence, of shops only: a seller's pages are made by the marketplace."""
    if dossier.storefront.get("kind") != "shop":
        return []
    facts = dossier.storefront.get("facts") or {}
    found = [*_social(facts, scope, rules), _thin(facts, scope, rules), _unpaid(dossier, facts, scope, rules)]
    return [item for item in [*found, _sends_away(facts, rules), _walls(facts, rules)] if item]


def _social(facts: Document, scope: Scope, rules: Rules) -> Iterator[Evidence | None]:
    """Links to networks that lead to no account; or no link at all."""
    accounts, nowhere = facts.get("social_accounts"), facts.get("social_nowhere")
    if accounts or not read_enough(scope, "social.none", rules):
        return
    if nowhere:
        yield rules.evidence("social.dead", platforms=", ".join(sorted(nowhere)[:SHOWN]))
    elif nowhere is not None:  # an older crawl did not look
        yield rules.evidence("social.none", pages=scope.pages - scope.unreadable)


def _thin(facts: Document, scope: Scope, rules: Rules) -> Evidence | None:
    places = facts.get("skeleton_places")
    if not places or places > rules.number("pages.thin", "at_most") or not read_enough(scope, "pages.thin", rules):
        return None
    return rules.evidence("pages.thin", places=places)


def _unpaid(dossier: Dossier, facts: Document, scope: Scope, rules: Rules) -> Evidence | None:
    """Marks of payment services, and no trace of any service on any page: checkouts mostly leave one."""
    marks = facts.get("payment_marks")
    traced = any(item["kind"] in ("merchant_id", "iban", "wallet") for item in dossier.identifiers)
    if not marks or traced or not read_enough(scope, "payment.marks_only", rules):
        return None
    return rules.evidence("payment.marks_only", marks=", ".join(sorted(marks)[:SHOWN]))


def _sends_away(facts: Document, rules: Rules) -> Evidence | None:
    targets = facts.get("redirects_out")
    return rules.evidence("visitors.sent_away", targets=", ".join(map(str, targets[:SHOWN]))) if targets else None


def _walls(facts: Document, rules: Rules) -> Evidence | None:
    walls = facts.get("walls")
    return rules.evidence("visitors.turned_away", walls=", ".join(map(str, walls[:SHOWN]))) if walls else None
