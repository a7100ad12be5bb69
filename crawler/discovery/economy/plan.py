"""Which links of a shop are worth a request, and in which order.

Two moments: ``plan`` when a link is seen, ``worth`` again when its turn has come, because what was learned in between
may have shown that the rest of its kind gives nothing. Every refusal has a name, and is counted under it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.discovery.economy import words
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import (
    LANGUAGE,
    SHAPE_LIMIT,
    Address,
    is_growing,
    is_structure,
    parse,
    shape,
    without,
)

BAND = {"product": 1, "legal": 1, "list": 0, "paging": 0, "unknown": 0, "facet": -1, "other": -1}
"""Products first, because a run may end early; then what leads to products. The frontier knows three bands: above 0, 0,
below 0, and is first in, first out within each."""
RANK = ("product", "legal", "list", "paging", "unknown", "facet", "other")
"""The order in which the links of one page are handed on."""

# Pages of one shape in a row that showed no new product, before the rest of the shape is left alone. Lists get the
# most: category trees have empty branches between full ones.
PATIENCE = {"list": 8, "paging": 2, "unknown": 4, "facet": 2, "other": 2}
SHOP_PATIENCE = 15  # the same over all pages of the shop that are no products …
SHOP_PATIENCE_SHARE = 0.05  # … plus this share of the products known: a large shop's tree is larger
SURE = 3  # pages of one shape and one kind before the shape outweighs the words of an address
SCORE_SURE = 0.6  # guess of the page reader (0–1) from which its kind is taken over the words of the address


class Step(NamedTuple):
    """A request worth making."""

    url: str
    kind: str
    """``product``, ``legal``, ``list``, ``paging``, ``unknown`` or ``other``: a guess, as good as the shop is known."""
    shape: str
    priority: int
    rank: tuple[int, int]
    """Sorts the steps of one page: the more promising kind first, then what stands higher in the shop's tree."""


class Refusal(NamedTuple):
    """A link that is not worth a request, and why."""

    reason: str


def plan(url: str, guess: str, score: float, known: Knowledge, seen: Callable[[str], bool] = bool) -> Step | Refusal:
    """Judge a link when it is seen.

    ``guess`` and ``score`` are the page reader's, "" and 0 for a sitemap's entry; ``seen`` tells whether an address was
    handed on before.
    """
    address = parse(url)
    if is_growing(address):
        return Refusal("growing_path")
    if words.prior(address) == "never":
        return Refusal("no_catalogue")
    if _is_other_language(address, known):
        return Refusal("other_language")
    url, address = _undressed(url, address, known, seen)
    form = shape(address)
    kind = _kind(address, form, guess, score, known)
    if kind in ("list", "unknown", "other") and _is_facet(url, address, seen):
        kind = "facet"
    form = run_of(kind, address, form)
    if kind == "product" and known.leaf_tells() and leaf(address) in known.leaves:
        return Refusal("known_product")
    return step(url, kind, address, form)


def step(url: str, kind: str, address: Address, form: str) -> Step:
    """A request of a kind, with its place in the order."""
    return Step(url, kind, form, BAND[kind], (RANK.index(kind), _depth(address)))


def _undressed(url: str, address: Address, known: Knowledge, seen: Callable[[str], bool]) -> tuple[str, Address]:
    """The address without sessions, orders and the like; without what may be dress only if the rest is known."""
    names = frozenset(name.lower() for name, _ in address.query)
    needless = (known.dropped() & names) | words.variants(address)
    if needless:
        url, address = strip(url, needless), without(address, needless)
    perhaps = words.perhaps_variants(address)
    if perhaps and seen(strip(url, perhaps)):
        return strip(url, perhaps), without(address, perhaps)
    return url, address


def _depth(address: Address) -> int:
    """How far down a tree the address stands: segments, parameters, and steps of a path of ids (``cPath=20_27``)."""
    return len(address.segments) + len(address.query) + sum(value.count("_") for _, value in address.query)


def run_of(kind: str, address: Address, form: str) -> str:
    """What a run of barren pages is counted for: the shape; of paging the one list; of filters the whole shop."""
    if kind == "facet":
        return "facets"
    if kind == "paging":
        return f"pages of {address.segments} {without(address, words.tables()['paging']['parameter']).query}"[
            :SHAPE_LIMIT
        ]
    return form


def _is_facet(url: str, address: Address, seen: Callable[[str], bool]) -> bool:
    """Whether an address is a known list with a filter: parameters that name neither a page nor a thing."""
    names = frozenset(name.lower() for name, _ in address.query)
    if not names or any(is_structure(name, value) for name, value in address.query):
        return False
    if names & (words.tables()["product"]["parameter"] | words.tables()["list"]["parameter"]):
        return False
    return seen(strip(url, names))


def worth(kind: str, form: str, known: Knowledge) -> bool:
    """Judge a queued request when its turn has come; ``form`` as ``run_of`` gives it."""
    if kind in ("product", "legal", "home"):
        return not _barren_product(kind, form, known)
    shop = SHOP_PATIENCE + SHOP_PATIENCE_SHARE * len(known.products)
    return known.barren.get(form, 0) < PATIENCE.get(kind, 2) and known.barren.get("", 0) < shop


def strip(url: str, names: frozenset[str]) -> str:
    """The address without these (lower-case) parameters, the others in their order."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse(url).query if name.lower() not in names]
    return urlunsplit(parts._replace(query=urlencode(kept, safe="/,:"), fragment=""))


def leaf(address: Address) -> str:
    """What names the thing behind a product's address: the parameter that carries its id, else the last segment."""
    named = words.tables()["product"]["parameter"]
    for name, value in address.query:
        if name.lower() in named:
            page = [pair for pair in address.query if is_structure(*pair)]
            return f"{address.segments}{page}{name.lower()}={value}"
    return address.segments[-1] if address.segments else ""


def _kind(address: Address, form: str, guess: str, score: float, known: Knowledge) -> str:
    """The most likely kind: what the shape turned out to be, else the reader's sure guess, else the words."""
    found = known.kinds(form)
    if found and sum(found.values()) >= SURE:
        kind, count = max(found.items(), key=lambda item: item[1])
        if count == sum(found.values()) and kind in ("product", "list", "other"):
            return "paging" if kind == "list" and words.is_paging(address) else kind
    if guess == "legal" and score >= SCORE_SURE:
        return "legal"
    if words.is_paging(address):
        return "paging"
    said = words.prior(address)
    if guess in BAND and score >= SCORE_SURE and said != "other":  # the review of a product hangs on its card too
        return guess
    return said or (guess if guess in BAND and guess != "other" else "unknown")


def _barren_product(kind: str, form: str, known: Knowledge) -> bool:
    """A shape taken for products that never gave one."""
    found = known.kinds(form)
    return kind == "product" and "product" not in found and sum(found.values()) >= PATIENCE["list"]


def _is_other_language(address: Address, known: Knowledge) -> bool:
    """Whether the address is the shop in another language than its own menu's."""
    own = known.language()
    first = address.segments[0] if address.segments else ""
    return bool(own and first != own and LANGUAGE.fullmatch(first) and len(first) in (2, len(own)))
