"""Generated pages → cases, in processes: HTML, the reader, the pipelines' pure steps, indicators, evidence."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.evaluate.baselines import half_price, keyword
from bench.evaluate.cases import NOON, Case
from crawler.assessment import catalogue, rebuild, rules
from crawler.assessment.dossier import CATALOGUE
from crawler.assessment.gather import gather
from crawler.assessment.means import Means
from crawler.assessment.rebuild import Seen, Sheet
from crawler.extract import favicon
from crawler.indicators import market, rdap
from crawler.indicators.context import Context
from crawler.indicators.reading import Reading
from crawler.indicators.references import Product, Reference, reference
from crawler.money import Rates
from crawler.register.loading import Entry, Register, load
from crawler.register.schema import Brand
from crawler.store.values import digest
from crawler.urls import storefront_key
from lab.model import Plan
from lab.population import PREVALENCE, authorised, population
from lab.registry import answer
from lab.sites.site import Request
from lab.templates import frame
from lab.world import World

SLICE = 250  # storefronts read together: they are each other's market
PRODUCTS = 8  # pages of goods that are read of a storefront, and one of its lists
LISTS = 1
ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".touchstone" / "evaluate"
SAMPLE = 0.3
"""Share of infringing storefronts in a sample that is crawled; at the prevalence that was counted it has a dozen."""
ICON = "/favicon.ico"


@dataclass(frozen=True)
class Part:
    """A slice of a population."""

    seed: str
    count: int
    start: int
    prevalence: float = PREVALENCE
    slice: int = SLICE

    def at(self, start: int) -> Part:
        """Another slice of the same population."""
        return replace(self, start=start)


def read_all(seed: str, count: int, workers: int, prevalence: float = PREVALENCE) -> Iterator[list[Case]]:
    """The cases of a whole population, slice by slice as they are done; slices of an earlier run are not read again."""
    parts = [Part(seed, count, start, prevalence) for start in range(0, count, SLICE)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(kept, parts)


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
    world = World(part.seed, lambda _: mine)
    sheets = {plan.key: _sheet(world, plan, rates) for plan in mine}
    readings = {key: rebuild.readings(sheet, means.context) for key, sheet in sheets.items()}
    votes = _votes(readings)
    return [
        _case(
            world, plan, sheets[plan.key], readings[plan.key], _references(votes, plan.key, readings[plan.key]), means
        )
        for plan in mine
    ]


def _sheet(world: World, plan: Plan, rates: Rates) -> Sheet:
    answers = list(pages(world, plan))
    seen = [
        Seen(url, page.body, NOON, page.content_type, page.status) for url, page in answers if page.status not in AWAY
    ]
    made = rebuild.sheet(f"{plan.key}#1", "shop", f"http://{plan.key}/", seen, "EUR", rates)
    away = {dict(page.headers).get("Location", "") for _, page in answers if page.status in AWAY}
    out = sorted(place for place in away if place and storefront_key(place) != plan.key)
    if out:
        made.storefront["facts"]["redirects_out"] = out
    made.storefront.setdefault("last_seen", NOON)
    icon = world.sites[plan.key].answer(Request(ICON))
    if found := favicon.identifier(icon.body, icon.content_type):
        made.identifiers[found.kind, found.value] = found
    return made


AWAY = frozenset({301, 302, 303, 307, 308})


def pages(world: World, plan: Plan) -> Iterator[tuple[str, Any]]:
    """The pages of a storefront that are read, with their addresses."""
    site, front = world.sites[plan.key], world.storefronts[plan.key]
    urls = front.urls
    paths = ["/", *(urls.category(name) for name in front.categories[:LISTS])]
    paths += [path for path, _ in frame.legal_links(front)] + [urls.product(item) for item in front.items[:PRODUCTS]]
    for path in dict.fromkeys(paths):
        page = site.answer(Request(path))
        page = site.answer(Request(path)) if page.status >= 500 else page  # a crawler tries again
        yield urls.absolute(path), page


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
        values=(*sorted(sheet.identifiers), *((CATALOGUE, value) for value in catalogue.values(dossier.offers))),
        keyword=keyword(sheet.offers.values()),
        half_price=half_price(sheet.offers.values(), means.context.register),
        registration=registration,
    )


def plans_of(part: Part) -> list[Plan]:
    """The whole population that a slice belongs to."""
    return _plans(part.seed, part.count, part.prevalence)


def means_of(part: Part) -> Means:
    """The sample register, in which rights holders of this world have named their sellers."""
    return _means(part.seed, part.count, part.prevalence)


@lru_cache(maxsize=2)
def _plans(seed: str, count: int, prevalence: float) -> list[Plan]:
    return population(seed, count, prevalence)


@lru_cache(maxsize=2)
def _means(seed: str, count: int, prevalence: float) -> Means:
    register = load(None)
    sellers = authorised(_plans(seed, count, prevalence))
    entries = {name: _with(entry, sellers.get(name, ())) for name, entry in register.entries.items()}
    return Means(rules.load(), Context.build(Register(register.holders, register.version, entries)))


def _with(entry: Entry, sellers: Iterable[str]) -> Entry:
    named = [*entry.brand.model_dump()["authorised_sellers"], *({"domain": key} for key in sellers)]
    return Entry(Brand.model_validate(entry.brand.model_dump() | {"authorised_sellers": named}), entry.holder)


@lru_cache(maxsize=1)
def _rates() -> Rates:
    return Rates()
