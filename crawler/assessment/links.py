"""Evidence from other storefronts: what is shared with those that are suspected on evidence of their own."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.assessment.dossier import CATALOGUE, Dossier, Shared
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules

PERSONAL = frozenset({"email", "messenger", "company_number", "vat", "iban", "wallet", "merchant_id"})
"""Values that one business has for itself."""
ACCOUNTS = PERSONAL | {"phone", "analytics", "pixel", "tag_manager"}
"""Also what an agency or a call centre has for several; templates, icons and sentences are copied and sold."""
SORTS = (
    ("links.account", ACCOUNTS),
    ("links.text", frozenset({"boilerplate"})),
    ("links.template", frozenset({"template"})),
    ("links.catalogue", frozenset({CATALOGUE})),
)
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules) -> list[Evidence]:
    """What ties a storefront that sells goods of the register to suspected ones; a tie alone is no fault."""
    if not scope.flagged:
        return []
    return list(_ties(dossier.shared, rules))


def strength(shared: Shared, rules: Rules) -> float:
    """0 to 1: how much is known of whoever shows the value, given who of them is suspected.

    An agency's or a theme's clients are mostly not suspected, and each of them speaks against the tie.
    """
    ties, bad = rules.table.ties, len(shared.suspected)
    if not bad:
        return 0.0
    others = shared.others - bad - shared.watched
    told = bad * ties.suspected + shared.watched * ties.watched + others * ties.others
    told += ties.personal if shared.kind in PERSONAL else 0.0
    return min(1.0, max(0.0, told / ties.full))


def _ties(shared: tuple[Shared, ...], rules: Rules) -> Iterator[Evidence]:
    """The strongest tie of each sort: several values of one business are one ground."""
    for code, kinds in SORTS:
        ties = [(strength(item, rules), item) for item in shared if item.kind in kinds]
        told = [(much, item) for much, item in ties if much > 0]
        if told:
            much, best = max(told, key=lambda tie: (tie[0], len(tie[1].suspected), tie[1].kind, tie[1].value))
            yield rules.evidence(
                code, much, kind=best.kind.replace("_", " "), value=best.value[:80], suspected=len(best.suspected),
                others=best.others, storefronts=", ".join(best.suspected[:SHOWN]), ties=len(told),
            )  # fmt: skip
