"""A web of shops that link to each other: the world in which a discovery loop is measured.

Out-degrees follow a power law with exponent 2.7 and targets are chosen by preferential attachment, as measured for the
web (Broder et al. 2000: out-degree 2.7, in-degree 2.1). Links of fraudulent sites lead to their kind, and honest sites
seldom link to them (Gyöngyi et al. 2004; Krishnan and Raj 2006). Those papers measure web spam: for shops no figure was
found, so the shares are stated here and not fitted: HOMOPHILY of a fraudulent shop's links lead to another, STRAY of an
honest shop's do. INFRINGING is far above the 5 % of shops that the EUIPO's study suspects: near shops that sell a
register's brands more are.
"""

from __future__ import annotations

from html import escape
from random import Random

from lab.cast import LUXURY
from lab.fair import CURRENCIES
from lab.model import Plan
from lab.sites.site import Page, Request, Site

SHOPS = 240
INFRINGING = 0.2
EXPONENT, MOST = 2.7, 14  # of out-degrees, and their bound
HOMOPHILY, STRAY = 0.7, 0.05
SEEDS = 5
BAD = ("admitting", "deep_discount", "disguised", "mixed", "pharmacy")
GOOD = ("reseller", "second_hand", "unrelated", "household", "accessories", "compatible_parts", "authorised")
WORDS = (
    "luna",
    "porto",
    "nord",
    "velo",
    "casa",
    "linden",
    "mira",
    "orbis",
    "tilda",
    "fenn",
    "garda",
    "ivo",
    "kasta",
    "ruben",
    "sol",
)
ENDS = (
    "shop",
    "store",
    "haus",
    "market",
    "line",
    "place",
    "house",
    "corner",
    "outlet",
    "boutique",
    "room",
    "works",
    "24",
    "world",
)


def shops(seed: str, count: int = SHOPS) -> list[Plan]:
    """The shops. A name says nothing of what its shop does: good and bad draw from the same words."""
    rng = Random(f"{seed}/web")
    names = rng.sample([f"{a}-{b}{c}.test" for a in WORDS for b in ENDS for c in ("", "s", "-eu")], count)
    plans = []
    for name in names:
        style = rng.choice(BAD if rng.random() < INFRINGING else GOOD)
        language = rng.choice(tuple(CURRENCIES))
        brands = {"pharmacy": ("Cardexa",), "unrelated": (), "household": ()}.get(style) or rng.choice(
            (LUXURY, ("Nuvix", "Kestrel"))
        )
        brands = () if style in ("unrelated", "household") else ("Bramholt",) if style == "compatible_parts" else brands
        plans.append(Plan(name, style, language, rng.choice(CURRENCIES[language]), brands, rng.randint(4, 8)))
    return plans


def links(plans: list[Plan], seed: str) -> dict[str, list[str]]:
    """Host → the hosts that its pages link to."""
    rng = Random(f"{seed}/links")
    sides: dict[bool, list[str]] = {True: [], False: []}
    for plan in plans:
        sides[plan.style in BAD].append(plan.host)
    drawn = {side: list(hosts) for side, hosts in sides.items()}  # a host stands there once more for each link to it
    found: dict[str, list[str]] = {}
    for plan in plans:
        own = plan.style in BAD
        targets: dict[str, None] = {}
        for _ in range(_degree(rng)):
            side = rng.random() < (HOMOPHILY if own else STRAY)
            target = rng.choice(drawn[side])
            if target != plan.host:
                targets[target] = None
                drawn[side].append(target)
        found[plan.host] = list(targets)
    return found


def seeds(plans: list[Plan], linked: dict[str, list[str]], seed: str) -> list[str]:
    """Five shops from which a crawl begins: two infringing and three honest ones, as a first list has both."""
    rng = Random(f"{seed}/seeds")
    bad = [plan.host for plan in plans if plan.style in BAD and len(linked[plan.host]) > 1]
    good = [plan.host for plan in plans if plan.style not in BAD and len(linked[plan.host]) > 1]
    return [f"http://{host}/" for host in (*rng.sample(bad, 2), *rng.sample(good, SEEDS - 2))]


class Linked:
    """A shop with the links of its owner's friends at the foot of every page."""

    def __init__(self, site: Site, targets: list[str]) -> None:
        self.site, self.front, self.targets = site, site.front, targets

    def answer(self, request: Request) -> Page:
        """The shop's answer, with the links."""
        page = self.site.answer(request)
        if not page.content_type.startswith("text/html") or page.status != 200:
            return page
        row = " ".join(f'<a href="http://{host}/">{escape(host.removesuffix(".test"))}</a>' for host in self.targets)
        return page.with_text(page.text.replace("</footer>", f"<p>{row}</p></footer>", 1))


def _degree(rng: Random) -> int:
    """A number of links from the power law, at least 1: two thirds of what links at all links to few."""
    shares = [n**-EXPONENT for n in range(1, MOST + 1)]
    return rng.choices(range(2, MOST + 2), shares)[0]
