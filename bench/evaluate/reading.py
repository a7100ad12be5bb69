"""Generated pages → cases, in processes: HTML, the reader, the pipelines' pure steps, indicators, evidence."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.evaluate.baselines import half_price, keyword
from bench.evaluate.cases import Case
from bench.evaluate.sheets import sheet_of
from crawler.assessment import rebuild, rules, written
from crawler.assessment.gather import gather
from crawler.assessment.means import Means
from crawler.assessment.rebuild import Sheet
from crawler.indicators import market
from crawler.indicators.domains import rdap
from crawler.indicators.reading.context import Context
from crawler.indicators.reading.offer import Reading
from crawler.indicators.references import Product, Reference, reference
from crawler.items import StorefrontKind
from crawler.money import Rates
from crawler.register.loading import Entry, Register, load
from crawler.register.schema import Brand
from crawler.store.values import digest
from lab.model import Plan
from lab.population import HONEST_KINDS, PREVALENCE, RISKY_KINDS, authorised, population
from lab.registry import answer
from lab.tenants import ROOFS, tenants, with_roofs
from lab.world import World

SLICE = 250  # storefronts read together: they are each other's market
ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".touchstone" / "evaluate"
SAMPLE = 0.3
"""Share of infringing storefronts in a sample that is crawled; at the prevalence that was counted it has a dozen."""


@dataclass(frozen=True)
class Part:
    """A slice of a population."""

    seed: str
    count: int
    start: int
    prevalence: float = PREVALENCE
    slice: int = SLICE
    kind: StorefrontKind = "shop"
    risky: bool = False
    """Its honest shops are of the kinds that look most like infringers."""
    shops: int = 0
    """Of accounts: size of the population of shops to which these may lead."""

    def at(self, start: int) -> Part:
        """Another slice of the same population."""
        return replace(self, start=start)


def read_all(parts: Sequence[Part], workers: int) -> Iterator[list[Case]]:
    """The cases of these slices as they are done; those of an earlier run are not read again."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(kept, parts)


def parts_of(
    seed: str, count: int, prevalence: float = PREVALENCE, kind: StorefrontKind = "shop", **more: Any
) -> list[Part]:
    """A whole population in slices; ``more``: further fields of its parts."""
    return [Part(seed, count, start, prevalence, kind=kind, **more) for start in range(0, count, SLICE)]


def kept(part: Part) -> list[Case]:
    """A slice from an earlier run of the same code that was cut short, else read now and kept."""
    file = KEPT / f"{code()[:16]}-{digest(repr(part))}.pickle"
    if file.exists():
        cases: list[Case] = pickle.loads(file.read_bytes())  # noqa: S301 - written by ourselves, below the checkout
        return cases
    cases = read_part(part)
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(pickle.dumps(cases))
    fresh.rename(file)  # whole, or not there
    return cases


def forget() -> None:
    """Remove what earlier runs kept."""
    shutil.rmtree(KEPT, ignore_errors=True)


@cache
def code() -> str:
    """Hash of everything that a case rests on: a slice that other code has read is read again."""
    total = hashlib.sha256()
    for folder in ("crawler", "lab", "bench/evaluate"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()


def read_part(part: Part) -> list[Case]:
    """Read one slice: all its pages first, because prices are compared with the others'."""
    means, rates = means_of(part), _rates()
    mine = plans_of(part)[part.start : part.start + part.slice]
    world = World(part.seed, lambda _: with_roofs(mine))
    sheets = {plan.key: sheet_of(world, plan, rates) for plan in mine}
    readings = {key: rebuild.readings(sheet, means.context) for key, sheet in sheets.items()}
    votes = _votes(readings)
    return [
        _case(
            world, plan, sheets[plan.key], readings[plan.key], _references(votes, plan.key, readings[plan.key]), means
        )
        for plan in mine
    ]


def _votes(readings: dict[str, list[Reading]]) -> dict[Product, dict[str, int]]:
    """Product → storefront → its highest price step, as the shared market keeps them."""
    votes: dict[Product, dict[str, int]] = defaultdict(dict)
    for key, own in readings.items():
        for reading in own:
            for product, step in market.votes(reading).items():
                votes[product][key] = max(step, votes[product].get(key, step))
    return votes


def _references(votes: dict[Product, dict[str, int]], key: str, readings: list[Reading]) -> dict[Product, Reference]:
    asked = {product for reading in readings for product in market.products(reading)}
    return {
        product: reference(product, [step for other, step in votes.get(product, {}).items() if other != key])
        for product in asked
    }


def _case(
    world: World, plan: Plan, sheet: Sheet, readings: list[Reading], references: dict[Product, Reference], means: Means
) -> Case:
    flags = rebuild.flags_of(readings, references)
    found = answer(plan, world.seed)
    registration = rdap.registration_of(found, "lab") if found else None
    dossier = rebuild.dossier(sheet, flags, registration=registration)
    gathered = gather(dossier, means)
    return Case(
        key=plan.key,
        style=plan.style,
        infringing=world.storefronts[plan.key].style.label == "infringing",
        owner=plan.owner,
        language=plan.language,
        evidence=tuple(gathered.evidence),
        scope=gathered.scope,
        values=(*sorted(sheet.identifiers), *written.values(dossier)),
        leads=tuple(sorted(sheet.leads)),
        keyword=keyword(sheet.offers.values()),
        half_price=half_price(sheet.offers.values(), means.context.register),
        registration=registration,
    )


def plans_of(part: Part) -> list[Plan]:
    """The whole population that a slice belongs to."""
    return _plans(part.at(0))


def means_of(part: Part) -> Means:
    """The sample register, in which rights holders of this world have named their sellers."""
    return _means(part.at(0))


@lru_cache(maxsize=4)
def _plans(part: Part) -> list[Plan]:
    if part.kind in ROOFS:
        shops = _plans(Part(part.seed, part.shops, 0, part.prevalence)) if part.shops else ()
        return tenants(part.seed, part.count, part.kind, part.prevalence, shops)
    return population(part.seed, part.count, part.prevalence, RISKY_KINDS if part.risky else HONEST_KINDS)


@lru_cache(maxsize=4)
def _means(part: Part) -> Means:
    register = load(None)
    sellers = authorised(_plans(part))
    entries = {name: _with(entry, sellers.get(name, ())) for name, entry in register.entries.items()}
    return Means(rules.load(), Context.build(Register(register.holders, register.version, entries)))


def _with(entry: Entry, sellers: Iterable[str]) -> Entry:
    named = [*entry.brand.model_dump()["authorised_sellers"], *({"domain": key} for key in sellers)]
    return Entry(Brand.model_validate(entry.brand.model_dump() | {"authorised_sellers": named}), entry.holder)


@lru_cache(maxsize=1)
def _rates() -> Rates:
    return Rates()
