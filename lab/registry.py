"""What registries answer about the domains of the larger world: RDAP (RFC 9083), as an operator would collect it.

With whom domains are registered and who serves their names: docs/lab.md gives the studies behind the shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from lab.manners import drawn, manners_of
from lab.model import Plan
from lab.styles import STYLES

TODAY = date(2026, 11, 1)
KNOWN = 0.8
"""Of the domains an answer could be had; some registries give no dates."""
REGISTRARS = {"Nordnames": 0.27, "Hallo Domains": 0.19, "Registria": 0.14, "Dotlane": 0.11, "Webkiste": 0.10,
              "Namery": 0.08, "Tinyreg": 0.06, "Penny Domains": 0.05}  # fmt: skip
FAVOURED, FAVOUR = "Penny Domains", 0.41
"""Where infringers register most, and how many of them."""
SERVERS = {"registrar": 0.42, "pair": 0.21, "hoster": 0.37}
"""Who serves the names of honest domains: the registrar's own servers; a large service that deals every account two of
its hundred servers; a hoster, one of hundreds, most of them small."""
BAD_SERVERS = {"registrar": 0.25, "pair": 0.30, "hoster": 0.24, "favoured": 0.21}
PAIRS = (50, 51)  # of such a service, as Cloudflare told of its own: 2,550 accounts until two meet
HOSTERS = 500
ZIPF = tuple(accumulate(1 / (rank + 3) for rank in range(HOSTERS)))
HOSTED = 0.5
"""Of an agency's clients: have their names on the agency's servers, too. Our number."""
BATCHED = 0.5
"""Of a network's domains that were taken through its one account: on the days on which it took several."""


@dataclass(frozen=True, slots=True)
class Account:
    """With whom somebody registers domains, who serves their names, and the days when several were taken at once."""

    registrar: str
    servers: tuple[str, str]
    days: tuple[date, date]


def account(holder: str, seed: str, *, infringing: bool) -> Account:
    """The account of a seller, a network or an agency."""
    rng = Random(f"{seed}/registrar/{holder}")
    registrar = FAVOURED if infringing and rng.random() < FAVOUR else drawn(REGISTRARS, rng)
    servers = _servers(drawn(BAD_SERVERS if infringing else SERVERS, rng), registrar, rng)
    return Account(registrar, servers, (_ago(rng, 20, 400), _ago(rng, 20, 400)))


def _servers(whose: str, registrar: str, rng: Random) -> tuple[str, str]:
    if whose == "pair":
        return f"a{rng.randrange(PAIRS[0])}.pairdns.test", f"b{rng.randrange(PAIRS[1])}.pairdns.test"
    name = registrar.lower().replace(" ", "-")
    if whose == "hoster":
        name = f"hoster{rng.choices(range(HOSTERS), cum_weights=ZIPF)[0]}"
    elif whose == "favoured":
        name = "cheap-racks"
    return f"ns1.{name}.test", f"ns2.{name}.test"


def _ago(rng: Random, least: int, most: int) -> date:
    return TODAY - timedelta(days=rng.randrange(least, most))


def held_by(plan: Plan, seed: str) -> tuple[Account, bool]:
    """The account through which a domain is held, and whether it was taken together with others."""
    rng, infringing = Random(f"{seed}/held/{plan.key}"), STYLES[plan.style].label == "infringing"
    shared = bool(plan.owner) and rng.random() < manners_of(plan.style, infringing=infringing).slip
    own = account(plan.owner if shared else plan.key, seed, infringing=infringing)
    if plan.agency and rng.random() < HOSTED:
        own = Account(own.registrar, account(plan.agency, seed, infringing=False).servers, own.days)
    return own, shared and rng.random() < BATCHED


def answer(plan: Plan, seed: str) -> dict[str, Any] | None:
    """The answer about one domain; None where there is none."""
    rng = Random(f"{seed}/registry/{plan.key}")
    if not plan.manners or rng.random() > KNOWN:
        return None
    held, batched = held_by(plan, seed)
    first = TODAY - timedelta(days=rng.randrange(700, 7000))
    events = [("registration", first)]
    if plan.manners == "young":
        events = [("registration", rng.choice(held.days) if batched else _ago(rng, 10, 400))]
    elif plan.manners == "lapsed":
        again = rng.choice(held.days) if batched else _ago(rng, 20, 600)
        # Half of the registries count a name that lapsed and was bought as new: its past does not show.
        events = [*events, ("reregistration", again)] if rng.random() < 0.5 else [("registration", again)]
    return {
        "objectClassName": "domain",
        "ldhName": plan.key.upper() if rng.random() < 0.3 else plan.key,
        "events": [{"eventAction": action, "eventDate": f"{day}T00:00:00Z"} for action, day in events],
        "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", held.registrar]]]}],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": name} for name in held.servers],
    }
