"""Who exists in the larger world: thousands of sellers, as many infringing as were counted, networks among them.

Shares and their sources stand in docs/lab.md. ``population(seed, count)`` is the cast of a ``World``.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

from lab.brands import BRANDS
from lab.dealings import dealing
from lab.language import LANGUAGES
from lab.manners import drawn, manners_of
from lab.model import NETWORK, Plan
from lab.names import domain

PREVALENCE = 0.054
"""27,870 of 515,452 e-shops under .se, .de, .uk and .es (EUIPO 2017)."""
HONEST_KINDS = {
    "authorised": 0.06, "authorised_outlet": 0.03, "reseller": 0.23, "discounter": 0.06, "second_hand": 0.10,
    "renewed": 0.03, "accessories": 0.09, "compatible_parts": 0.05, "repair": 0.04, "comparison": 0.03,
    "packaging": 0.02, "wholesale": 0.04, "parallel": 0.03, "namesake": 0.04, "unrelated": 0.04, "household": 0.03,
    "newcomer": 0.03, "liquidator": 0.02, "handmade": 0.03,
}  # fmt: skip
RISKY_KINDS = {"liquidator": 0.4, "newcomer": 0.4, "discounter": 0.2}
"""Honest kinds that look most like infringers, for a world that measures how often these are accused."""
INFRINGING_KINDS = {
    "admitting": 0.12, "disguised": 0.08, "deep_discount": 0.20, "coy": 0.07, "pharmacy": 0.03, "cracked_keys": 0.03,
    "mixed": 0.09, "rotating": 0.06, "adapted": 0.32,
}  # fmt: skip
PLAIN_KINDS = frozenset({"admitting", "disguised", "deep_discount", "pharmacy", "cracked_keys"})
NETWORKED = 0.7
"""Of the infringing, how many belong to somebody with several shops."""
LARGEST = 12
HOUSED = 0.06
"""Of honest shops: belong to somebody with two to four shops of one kind, all of which take money at one place. Our
number."""
HOUSE = (2, 4)
AT_HOME = 0.6
"""Of a network's shops, how many aim at its main market, with its main brands. Our number."""
Home = tuple[str, tuple[str, ...]]
"""Language and brands of a network's main market."""
LANGUAGE_SHARES = {"en": 0.3, "de": 0.25, "fr": 0.13, "it": 0.11, "es": 0.12, "pl": 0.09}
CURRENCIES = {"en": ("GBP", "USD", "EUR"), "de": ("EUR", "EUR", "CHF"), "fr": ("EUR", "EUR", "CHF"), "it": ("EUR",),
              "es": ("EUR",), "pl": ("PLN", "PLN", "EUR")}  # fmt: skip
FASHION = ("Velmora", "Orsano", "Kestrel", "H&V")
OTHERS = ("Bramholt", "Nuvix", "Solcere")
ONLY = {"pharmacy": ("Cardexa",), "cracked_keys": ("Lumen Forge",), "compatible_parts": ("Bramholt", "Nuvix"),
        "renewed": ("Nuvix",), "household": (), "unrelated": ()}  # fmt: skip
SIZES = (4, 6, 8, 8, 10, 12)  # goods that are looked at; real shops have more, and are sampled as well
THEMES = ("bare", "jsonld", "microdata", "state", "table")
TRAPS = (("net_prices", 0.06), ("server_errors", 0.03))
AUTHORISED = frozenset({"authorised", "authorised_outlet"})


def population(
    seed: str, count: int, prevalence: float = PREVALENCE, kinds: Mapping[str, float] = HONEST_KINDS
) -> list[Plan]:
    """``count`` plans: infringing ones at the prevalence that was counted, everybody else in honest ``kinds``."""
    assert set(LANGUAGE_SHARES) == set(LANGUAGES)
    rng, taken, speakers = Random(f"{seed}/population"), set[str](), Counter[str]()
    homes: dict[str, Home] = {}
    infringing = round(count * prevalence)
    numbers = itertools.count(1)
    sellers = [*_honest(count - infringing, dict(kinds), rng, numbers), *_infringers(infringing, rng, numbers)]
    plans = [_plan(style, owner, rng, taken, speakers, homes) for style, owner in sellers]
    rng.shuffle(plans)
    return dealing(plans, seed, INFRINGING_KINDS)


def _honest(count: int, kinds: dict[str, float], rng: Random, numbers: Iterator[int]) -> Iterator[tuple[str, str]]:
    """Kind and owner of each; who has several shops does the same in all of them, and says whose they are."""
    left = count
    while left:
        style, several = drawn(kinds, rng), rng.random() < HOUSED / (sum(HOUSE) / 2)
        size = min(left, rng.randint(*HOUSE) if several else 1)
        owner = f"{NETWORK}{next(numbers)}" if size > 1 else ""
        yield from ((style, owner) for _ in range(size))
        left -= size


def _infringers(count: int, rng: Random, numbers: Iterator[int]) -> Iterator[tuple[str, str]]:
    """Style and owner of each; networks mix styles: whoever has adapted shops often has plain ones too."""
    left = count
    while left:
        number = next(numbers)
        several = rng.random() < NETWORKED / 3  # a network has about six shops: as many draws give NETWORKED of shops
        size = min(left, rng.randint(2, LARGEST) if several else 1)
        for _ in range(size):
            yield drawn(INFRINGING_KINDS, rng), f"{NETWORK}{number}" if size > 1 else ""
        left -= size


def _plan(style: str, owner: str, rng: Random, taken: set[str], speakers: Counter[str], homes: dict[str, Home]) -> Plan:
    manners = manners_of(style, infringing=style in INFRINGING_KINDS)
    language = drawn(LANGUAGE_SHARES, rng)
    brands = ONLY.get(style) if style in ONLY else _brands(style, rng)
    if owner and rng.random() < AT_HOME:
        language, home = homes.setdefault(owner, (language, _brands(style, rng)))
        brands = brands if style in ONLY else home
    speakers[language] += 1
    held = drawn(manners.domain, rng)
    lure = 0.206 if style in INFRINGING_KINDS else 0.03  # shop or place words: 20.6 % of fakes, 1.1 % of popular sites
    name = domain(held == "lapsed", lure, (brands or ("",))[0].lower().replace(" ", "").replace("&", ""), rng, taken)
    return Plan(
        name, style, language, rng.choice(CURRENCIES[language]), tuple(brands or ()), rng.choice(SIZES), owner=owner,
        template=Random(f"{owner or name}/template").choice(THEMES), manners=held, number=speakers[language],
        traps=tuple(trap for trap, share in TRAPS if rng.random() < share),
    )  # fmt: skip


def _brands(style: str, rng: Random) -> tuple[str, ...]:
    """Footwear and clothing are nine of ten goods of suspected shops (EUIPO 2017); honest shops are broader."""
    fashion = 0.9 if style in INFRINGING_KINDS else 0.6
    pool = FASHION if rng.random() < fashion else OTHERS
    many = rng.randint(1, len(pool)) if style not in AUTHORISED else 1
    return tuple(rng.sample(pool, many))


def authorised(plans: list[Plan]) -> dict[str, list[str]]:
    """Brand → domains of its authorised sellers: what a rights holder writes into the register."""
    found: dict[str, list[str]] = {brand: [] for brand in BRANDS}
    for plan in plans:
        for brand in plan.brands if plan.style in AUTHORISED else ():
            found[brand].append(plan.key)
    return found
