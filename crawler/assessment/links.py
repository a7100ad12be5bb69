"""Evidence from other storefronts: what is shared with those that are suspected on evidence of their own."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.assessment.dossier import Dossier, Shared
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.rules import Rules

STRONG = frozenset(
    {"email", "phone", "messenger", "company_number", "vat", "iban", "wallet", "merchant_id", "analytics", "pixel",
     "tag_manager"}
)  # fmt: skip
"""Values that one business has for itself; templates, icons and sentences are copied and sold."""
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules) -> list[Evidence]:
    """What ties a storefront that sells goods of the register to suspected ones; a tie alone is no fault."""
    if not scope.flagged:
        return []
    return list(_ties(dossier.shared, rules))


def _ties(shared: tuple[Shared, ...], rules: Rules) -> Iterator[Evidence]:
    """The strongest tie of each sort: several values of one business are one ground."""
    for code, kinds in (("links.account", STRONG), ("links.text", {"boilerplate"}), ("links.template", {"template"})):
        ties = [item for item in shared if item.kind in kinds and _telling(item, rules.number(code, "share"))]
        if ties:
            best = max(ties, key=lambda item: (len(item.suspected), -item.others, item.kind, item.value))
            yield rules.evidence(
                code, kind=best.kind.replace("_", " "), value=best.value[:80], suspected=len(best.suspected),
                others=best.others, storefronts=", ".join(best.suspected[:SHOWN]), ties=len(ties),
            )  # fmt: skip


def _telling(item: Shared, share: float) -> bool:
    """Whether enough of those that show it are suspected: an agency's or a theme's clients mostly are not."""
    return bool(item.suspected) and len(item.suspected) >= share * item.others
