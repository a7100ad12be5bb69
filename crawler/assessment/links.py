"""Evidence from other storefronts: what is shared with those that are suspected on evidence of their own.

Whoever saves an honest shop's pages and puts them up again takes its theme, texts, icon, counter and imprint along:
then the victim shares all of that with a suspected storefront, and did nothing. What does not come with pages is where
the money goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.assessment.dossier import CATALOGUE, GROUNDED, LEADS_TO, NAME_SERVERS, REGISTRATION, Dossier, Shared
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import OTHERS, Assessment, Scope, own_verdict
from crawler.assessment.rules import Rules
from crawler.assessment.standing import long_held, recent
from crawler.assessment.taken import COUNTERS, PAID, at_home, pages_taken
from crawler.assessment.whole import NUMBERS
from crawler.items import storefront_key_of

OWN_DOING = PAID | {LEADS_TO}
"""What comes with nobody's pages: where the money goes, and where visitors are sent."""
PERSONAL = PAID | {"email", "messenger", "company_number", "vat"}
"""Values that one business has for itself."""
ADDRESSES = (PERSONAL - PAID) | {"phone"}
"""What stands on all shops of one owner, and on the pages of whoever has taken those of one of them."""
ACCOUNTS = PERSONAL | COUNTERS | {"phone"}
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
LOOKS = frozenset({"template", "favicon", "boilerplate", CATALOGUE})
"""What comes with pages comes together: who shares a counter and none of these has not taken it with pages."""
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
    found = [*_ties(dossier, shared, rules, later=later), *_leads(shared, rules), *_beyond(shared, rules)]
    if own_verdict(alone, scope, rules) == GROUNDED:
        found += _together(dossier, shared, rules)
    return [*found, *(pages_taken(dossier, rules) if later else ())]


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
    copies = frozenset(who for one in home for who in (*one.suspected, *one.tied))
    return tuple(one if one.kind in PAID else _without(one, copies) for one in shared if one not in home)


def _without(shared: Shared, copies: frozenset[str]) -> Shared:
    """What is shared with anybody else than the ``copies``."""
    left, tied = (tuple(who for who in found if who not in copies) for found in (shared.suspected, shared.tied))
    return replace(shared, others=shared.others - len(shared.suspected) + len(left), suspected=left, tied=tied)


def strength(shared: Shared, rules: Rules) -> float:
    """0 to 1: how much is known of whoever shows the value, given who of them is suspected.

    An agency's or a theme's clients are mostly not suspected, and each of them speaks against the tie. Of two that
    share what comes with pages nobody knows who copied the other, and an address comes with several shops of one owner.
    """
    ties, bad = rules.table.ties, len(shared.suspected)
    told_by = bad + (0 if shared.kind in ADDRESSES else shared.watched)
    if not bad or (shared.kind not in OWN_DOING and told_by < ties.copied_from):
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
    dressed = frozenset(who for one in dossier.shared if one.kind in LOOKS for who in one.holders)
    for code, kinds in SORTS:
        owned = [item for item in shared if item.kind in kinds]
        ties = [(strength(item, rules) * (1.0 if item.kind in PAID else copied), item) for item in owned]
        apart = [_without(item, dressed) for item in owned if item.kind in COUNTERS]
        ties += [(strength(item, rules), item) for item in apart]
        found = [(much, item) for much, item in ties if much > 0]
        if found:
            much, best = max(found, key=lambda tie: (tie[0], len(tie[1].suspected), tie[1].kind, tie[1].value))
            yield rules.evidence(
                LATER if code == "links.icon" and later and len(best.suspected) >= least else code,
                much, kind=best.kind.replace("_", " "), value=best.value[:80], suspected=len(best.suspected),
                others=best.others, storefronts=", ".join(best.suspected[:SHOWN]), ties=len(found),
            )  # fmt: skip


def _leads(shared: Sequence[Shared], rules: Rules) -> Iterator[Evidence]:
    """Posts, listings or redirects that lead to suspected storefronts; each other one to which they lead speaks against
    it: who writes of many shops meets a bad one.
    """
    known = [one for one in shared if one.kind == LEADS_TO]
    bad = tuple(who for one in known for who in one.suspected)
    watched = sum(one.watched for one in known)
    much = strength(Shared(LEADS_TO, "", sum(one.others for one in known), bad, watched), rules)
    if much > 0:
        shops = ", ".join(map(storefront_key_of, bad[:SHOWN]))
        yield rules.evidence("links.leads", much, suspected=len(bad), others=len(known), storefronts=shops)


def _beyond(shared: Sequence[Shared], rules: Rules) -> Iterator[Evidence]:
    """What one business has for itself, shared with several that are suspected for their ties to third ones."""
    least = rules.number("links.beyond", "least")
    owned = [one for one in shared if one.kind in PERSONAL and 2 * (len(one.tied) + len(one.suspected)) > one.others]
    best = max(owned, key=lambda one: (len(one.tied), one.kind, one.value), default=None)
    if best and len(best.tied) >= least:
        yield rules.evidence(
            "links.beyond", kind=best.kind.replace("_", " "), value=best.value[:80], tied=len(best.tied),
            others=best.others, storefronts=", ".join(best.tied[:SHOWN]),
        )  # fmt: skip


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
