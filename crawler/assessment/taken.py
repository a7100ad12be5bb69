"""Whose pages a storefront shows: who saves an honest shop's pages and puts them up again shows more than its goods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawler.assessment.dossier import CATALOGUE, NAME_SERVERS, Dossier
from crawler.assessment.evidence import Evidence
from crawler.assessment.rules import Rules
from crawler.assessment.whole import NUMBERS
from crawler.items import storefront_key_of
from crawler.urls import storefront_key

PAID = frozenset({"iban", "wallet", "merchant_id"})
"""Where the money goes: nobody shows another's."""
COUNTERS = frozenset({"analytics", "pixel", "tag_manager"})
ONE_COMPANY = PAID | NUMBERS | {NAME_SERVERS}
"""What the shops of one company share, and whoever takes the pages of one of them does not."""
TAKEN = COUNTERS | {"favicon", CATALOGUE}
"""What comes along with pages that are saved and put up again."""


def at_home(kind: str, value: str, key: str) -> bool:
    """Whether it is an address at the domain of the storefront ``key``."""
    return kind == "email" and storefront_key(f"http://{value.rpartition('@')[2]}/") == key


def pages_taken(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    """Pages of another shop, whose address, icon, counter or goods came along, on a domain that is held since lately.

    Several shops of one company name its numbers, take their money at one place, or have their names served together;
    or several name the address of one, and none of them is suspected.
    """
    if dossier.storefront.get("kind") != "shop":
        return
    homes = {
        who: one.value
        for one in dossier.shared
        for who in one.holders
        if at_home(one.kind, one.value, storefront_key_of(who)) and (len(one.holders) == 1 or one.suspected)
    }
    together = {who for one in dossier.shared if one.kind in ONE_COMPANY for who in one.holders}
    along = Counter(
        who for kind in TAKEN for who in {who for one in dossier.shared if one.kind == kind for who in one.holders}
    )
    least = rules.number("links.taken", "least")
    for who in sorted(homes.keys() - together, key=lambda who: (-along[who], who))[:1]:
        if along[who] >= least:
            yield rules.evidence("links.taken", origin=storefront_key_of(who), address=homes[who])
