"""What registries answer about the domains of the larger world: RDAP (RFC 9083), as an operator would collect it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from lab.model import Plan

TODAY = date(2026, 11, 1)
KNOWN = 0.8
"""Of the domains an answer could be had; some registries give no dates."""


def answer(plan: Plan, seed: str) -> dict[str, Any] | None:
    """The answer about one domain; None where there is none."""
    rng = Random(f"{seed}/registry/{plan.key}")
    if not plan.manners or rng.random() > KNOWN:
        return None
    first = TODAY - timedelta(days=rng.randrange(700, 7000))
    events = [("registration", first)]
    if plan.manners == "young":
        events = [("registration", TODAY - timedelta(days=rng.randrange(10, 400)))]
    elif plan.manners == "lapsed":
        again = TODAY - timedelta(days=rng.randrange(20, 600))
        # Half of the registries count a name that lapsed and was bought as new: its past does not show.
        events = [*events, ("reregistration", again)] if rng.random() < 0.5 else [("registration", again)]
    return {
        "objectClassName": "domain",
        "ldhName": plan.key.upper() if rng.random() < 0.3 else plan.key,
        "events": [{"eventAction": action, "eventDate": f"{day}T00:00:00Z"} for action, day in events],
        "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "Lab Registrar"]]]}],
    }
