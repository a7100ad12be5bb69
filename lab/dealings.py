"""With whom sellers of the larger world deal: catalogues that several sell from, agencies that make several shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from lab.model import Plan
from lab.styles import BRANDED, STYLES

FED = 0.6
"""Of a network's shops that could: sell from the network's one catalogue. Our number; that storefronts of one programme
share templates and goods: Der et al., KDD 2014."""
SUPPLIED = 0.15
"""Of honest resellers: take titles and numbers from a wholesaler's data. Our number."""
SCRAPED = 0.15
"""Of infringers on their own: have copied the catalogue of an honest shop, which did nothing. Our number."""
CLONED = 0.10
"""Of infringers with an honest shop like theirs: have taken its pages whole. Our number; that fake shops show the name
and address of real ones is what consumer centres warn of most."""
CLIENTS = 0.12
"""Of honest shops: made and measured by an agency that does so for others. Our number."""
CAUGHT = 0.04
"""Of infringers on their own: clients of such an agency, too. Our number."""
AGAIN = 0.4
"""Of the shops of a network that does so at all, of the same shop while they sell the same: a way that works.
Our number; how many of all do stays ``CLONED``."""
DESKED = 0.5
"""Of honest owners of several shops: name the address of the first one on all of them. Our number."""
SUPPLIED_KINDS = frozenset({"reseller", "discounter", "wholesale", "parallel"})
MOST = 9  # clients of one wholesaler or agency


def dealing(plans: list[Plan], seed: str, bad: Iterable[str]) -> list[Plan]:
    """The same plans, some of them with a catalogue or an agency; ``bad``: styles of infringers."""
    styles, rng, found = frozenset(bad), Random(f"{seed}/dealings"), {plan.key: plan for plan in plans}
    honest = [plan for plan in plans if plan.style not in styles]
    alone = [plan for plan in plans if plan.style in styles and not plan.owner]
    for plan in plans:
        if plan.owner and _branded(plan) and rng.random() < FED:
            found[plan.key] = replace(plan, feed=plan.owner)
    for house in _houses(honest):
        if rng.random() < DESKED:
            found |= {plan.key: replace(found[plan.key], desk=house[0].key) for plan in house}
    resellers = [plan for plan in honest if plan.style in SUPPLIED_KINDS and rng.random() < SUPPLIED]
    for feed, group in _groups(resellers, "wholesaler", rng):
        found |= {plan.key: replace(plan, feed=feed) for plan in group}
    for plan in alone:
        if _branded(plan) and rng.random() < SCRAPED:
            found |= _scraped(plan, honest, found, rng)
    clients = [plan for plan in honest if rng.random() < CLIENTS] + [plan for plan in alone if rng.random() < CAUGHT]
    rng.shuffle(clients)
    for agency, group in _groups(clients, "agency", rng, alike=False):
        found |= {plan.key: replace(found[plan.key], agency=agency) for plan in group}
    victims: dict[object, str] = {}
    for plan in plans:
        if plan.style in styles and not plan.agency and _branded(plan) and _clones(plan, seed, rng):
            found |= _cloned(plan, honest, found, rng, victims)
    return [found[plan.key] for plan in plans]


def _houses(honest: list[Plan]) -> Iterable[list[Plan]]:
    """The shops of each honest owner of several."""
    owners: dict[str, list[Plan]] = defaultdict(list)
    for plan in honest:
        owners[plan.owner].append(plan)
    return [plans for owner, plans in owners.items() if owner]


def _clones(plan: Plan, seed: str, rng: Random) -> bool:
    """Whether an infringer has taken an honest shop's pages: of networks few do, and those again and again."""
    if not plan.owner:
        return rng.random() < CLONED
    return Random(f"{seed}/clones/{plan.owner}").random() < CLONED / AGAIN and rng.random() < AGAIN


def _branded(plan: Plan) -> bool:
    return STYLES[plan.style].goods == BRANDED and bool(plan.brands)


def _alike(thief: Plan, honest: list[Plan]) -> list[Plan]:
    """Shops of its language that sell the same brands."""
    return [
        plan
        for plan in honest
        if _branded(plan) and not plan.owner and (plan.language, plan.brands) == (thief.language, thief.brands)
    ]


def _scraped(thief: Plan, honest: list[Plan], found: dict[str, Plan], rng: Random, victim: str = "") -> dict[str, Plan]:
    """A thief and whoever it copied from: ``victim``, or any shop like it."""
    alike = [] if victim else _alike(thief, honest)
    if not victim and not alike:
        return {}
    origin = found[victim or rng.choice(alike).key]
    feed = origin.feed or origin.key
    return {origin.key: replace(origin, feed=feed), thief.key: replace(found[thief.key], feed=feed)}


def _cloned(
    thief: Plan, honest: list[Plan], found: dict[str, Plan], rng: Random, victims: dict[object, str]
) -> dict[str, Plan]:
    """A thief that sells from its victim's pages: what hangs on them comes with them.

    ``victims``: whose pages each owner has taken for its shops of one language and the same brands.
    """
    market = (thief.owner or thief.key, thief.language, thief.brands)
    changed = _scraped(thief, honest, found, rng, victims.get(market, ""))
    origins = [plan for key, plan in changed.items() if key != thief.key]
    if not origins:
        return {}
    victims[market] = origins[0].key
    origin, own = origins[0], changed[thief.key]
    taken = replace(own, clone=origin.key, clone_style=origin.style, agency=origin.agency, template=origin.template)
    return changed | {thief.key: taken}


def _groups(plans: list[Plan], name: str, rng: Random, *, alike: bool = True) -> Iterable[tuple[str, list[Plan]]]:
    """Groups of two and more; ``alike``: of one language and the same brands, as goods of one catalogue are."""
    sorts: dict[object, list[Plan]] = defaultdict(list)
    for plan in plans:
        sorts[(plan.language, plan.brands) if alike else ""].append(plan)
    number = 0
    for some in sorts.values():
        while len(some) > 1:
            number += 1
            size = rng.randint(2, MOST)
            yield f"{name}{number}", some[:size]
            del some[:size]
