"""Evidence from other storefronts: what is shared with those that are suspected on evidence of their own.

Whoever saves an honest shop's pages and puts them up again takes its theme, texts, icon, counter and imprint along:
then the victim shares all of that with a suspected storefront, and did nothing. What does not come with pages is where
the money goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.assessment.dossier import CATALOGUE, GROUNDED, NAME_SERVERS, REGISTRATION, Dossier, Shared
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import OTHERS, Assessment, Scope, own_verdict
from crawler.assessment.rules import Rules
from crawler.assessment.standing import long_held, recent
from crawler.assessment.whole import NUMBERS
from crawler.items import storefront_key_of
from crawler.urls import storefront_key

PAID = frozenset({"iban", "wallet", "merchant_id"})
"""Where the money goes: nobody shows another's."""
PERSONAL = PAID | {"email", "messenger", "company_number", "vat"}
"""Values that one business has for itself."""
ADDRESSES = (PERSONAL - PAID) | {"phone"}
"""What stands on all shops of one owner, and on the pages of whoever has taken those of one of them."""
ACCOUNTS = PERSONAL | {"phone", "analytics", "pixel", "tag_manager"}
"""Also what an agency or a call centre has for several; templates, icons and sentences are copied and sold."""
SORTS = (
    ("links.account", ACCOUNTS),
    ("links.text", frozenset({"boilerplate"})),
    ("links.template", frozenset({"template"})),
    ("links.icon", frozenset({"favicon"})),
    ("links.catalogue", frozenset({CATALOGUE})),
    ("links.registration", frozenset({REGISTRATION})),
    ("links.servers", frozenset({NAME_SERVERS})),
)
TAKEN = frozenset({"favicon", "analytics", "pixel", "tag_manager", CATALOGUE})
"""What comes along with pages that are saved and put up again."""
LATER = "links.icon_later"
ICON = "sha256:"
"""How the value of an icon begins that was fetched; a mere address says what is served, not what it shows."""
SHOWN = 3


def evidence(dossier: Dossier, scope: Scope, rules: Rules, alone: Assessment) -> list[Evidence]:
    """What ties a storefront that sells goods of the register to suspected ones, and whose pages it has taken; a tie
    alone is no fault.

    ``alone``: what it is on evidence of its own.
    """
    if not scope.flagged:
        return []
    shared = told(dossier)
    # Who came lately has hardly been copied from; of whom that is so, too, the goods mostly say nothing.
    later = recent(dossier, rules) and any(
        alone.families.get(name, 0) > 0 for name in rules.table.goods_families - OTHERS
    )
    found = list(_ties(dossier, shared, rules, later=later))
    if own_verdict(alone, scope, rules) == GROUNDED:
        found += _together(dossier, shared, rules)
    return [*found, *(_taken(dossier, rules) if later else ())]


def told(dossier: Dossier) -> tuple[Shared, ...]:
    """What is shared, without that of which this storefront looks like the origin: those that name an address at its
    domain as their own have its pages.

    Of those who take names at a large registrar and leave them on its servers, strangers meet on any day: a day in
    common tells only where the servers are few people's.
    """
    servers = any(one.kind == NAME_SERVERS for one in dossier.shared)
    shared = [one for one in dossier.shared if one.kind != "favicon" or one.value.startswith(ICON)]
    shared = [one for one in shared if one.kind != REGISTRATION or servers]
    home = [one for one in shared if at_home(one.kind, one.value, dossier.storefront.get("key") or "")]
    copies = frozenset(who for one in home for who in one.suspected)
    return tuple(one if one.kind in PAID else _without(one, copies) for one in shared if one not in home)


def at_home(kind: str, value: str, key: str) -> bool:
    """Whether it is an address at the domain of the storefront ``key``."""
    return kind == "email" and storefront_key(f"http://{value.rpartition('@')[2]}/") == key


def _without(shared: Shared, copies: frozenset[str]) -> Shared:
    """What is shared with anybody else than the ``copies``."""
    left = tuple(who for who in shared.suspected if who not in copies)
    return replace(shared, others=shared.others - len(shared.suspected) + len(left), suspected=left)


def strength(shared: Shared, rules: Rules) -> float:
    """0 to 1: how much is known of whoever shows the value, given who of them is suspected.

    An agency's or a theme's clients are mostly not suspected, and each of them speaks against the tie. Of two that
    share what comes with pages nobody knows who copied the other, and an address comes with several shops of one owner.
    """
    ties, bad = rules.table.ties, len(shared.suspected)
    told_by = bad + (0 if shared.kind in ADDRESSES else shared.watched)
    if not bad or (shared.kind not in PAID and told_by < ties.copied_from):
        return 0.0
    others = shared.others - bad - shared.watched
    told = bad * ties.suspected + shared.watched * ties.watched + others * ties.others
    told += ties.personal if shared.kind in PERSONAL else 0.0
    return min(1.0, max(0.0, told / ties.full))


def _ties(dossier: Dossier, shared: Sequence[Shared], rules: Rules, *, later: bool) -> Iterator[Evidence]:
    """The strongest tie of each sort: several values of one business are one ground.

    ``later``: it came lately and its goods speak against it: the icon of several suspected ones was not its own.
    """
    least = rules.number(LATER, "least")
    copied = rules.table.ties.settled if long_held(dossier, rules) else 1.0  # what is left of ties that come with pages
    for code, kinds in SORTS:
        owned = [item for item in shared if item.kind in kinds]
        ties = [(strength(item, rules) * (1.0 if item.kind in PAID else copied), item) for item in owned]
        found = [(much, item) for much, item in ties if much > 0]
        if found:
            much, best = max(found, key=lambda tie: (tie[0], len(tie[1].suspected), tie[1].kind, tie[1].value))
            yield rules.evidence(
                LATER if code == "links.icon" and later and len(best.suspected) >= least else code,
                much, kind=best.kind.replace("_", " "), value=best.value[:80], suspected=len(best.suspected),
                others=best.others, storefronts=", ".join(best.suspected[:SHOWN]), ties=len(found),
            )  # fmt: skip


def _taken(dossier: Dossier, rules: Rules) -> Iterator[Evidence]:
    """Pages of another shop, whose address, icon, counter or goods came along, on a domain that is held since lately.

    Several shops of one company name its numbers, or take their money at one place.
    """
    if dossier.storefront.get("kind") != "shop":
        return
    homes = {
        who: one.value
        for one in dossier.shared
        for who in one.holders
        if at_home(one.kind, one.value, storefront_key_of(who))
    }
    together = {who for one in dossier.shared if one.kind in PAID | NUMBERS for who in one.holders}
    along = Counter(
        who for kind in TAKEN for who in {who for one in dossier.shared if one.kind == kind for who in one.holders}
    )
    least = rules.number("links.taken", "least")
    for who in sorted(homes.keys() - together, key=lambda who: (-along[who], who))[:1]:
        if along[who] >= least:
            yield rules.evidence("links.taken", origin=storefront_key_of(who), address=homes[who])


def _together(dossier: Dossier, shared: Sequence[Shared], rules: Rules) -> Iterator[Evidence]:
    """Several shops that take the money at one place, each to be watched for its own goods, none of them suspected.

    An owner of several honest shops names the company that they belong to; who names none and sells so in several
    places hides that they are one.
    """
    shop = dossier.storefront.get("kind") == "shop"
    if not shop or long_held(dossier, rules) or any(item["kind"] in NUMBERS for item in dossier.identifiers):
        return
    least = rules.number("links.together", "least")
    alike = [one for one in shared if one.kind in PAID and len(one.grounded) >= max(least, one.others - one.watched)]
    if alike:
        best = max(alike, key=lambda one: (len(one.grounded), one.kind, one.value))
        yield rules.evidence(
            "links.together", kind=best.kind.replace("_", " "), value=best.value[:80], watched=len(best.grounded),
            others=best.others, storefronts=", ".join(best.grounded[:SHOWN]),
        )  # fmt: skip
