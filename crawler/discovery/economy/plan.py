"""Which links of a shop are worth a request, what each most likely is, and in which order they are asked for.

``patience`` judges again when a request's turn has come, because what was learned in between may have shown that the
rest of its kind gives nothing. Every refusal has a name, and is counted under it.
"""

from __future__ import annotations

from typing import NamedTuple

from crawler.discovery.economy import words
from crawler.discovery.economy.dress import Seen, is_facet, leaf, of_product, undressed, without_first_segment
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import LANGUAGE, Address, is_growing, is_telling, parse, shape

BAND = {"home": 1, "product": 1, "legal": 1, "menu": 0, "list": 0, "paging": 0, "more": 0, "unknown": 0}
BAND |= {"facet": -1, "other": -1}
"""Products first, because a run may end early; then what leads to products. The frontier knows three bands: above 0, 0,
below 0, and is first in, first out within each."""
RANK = ("home", "product", "legal", "menu", "list", "paging", "more", "unknown", "facet", "other")
"""The order in which the links of one page are handed on."""

SURE = 3  # pages of one shape and one kind before the shape outweighs the words of an address
SCORE_SURE = 0.6  # guess of the page reader (0–1) from which its kind is taken over the words of the address
SCORE_SEEN = 0.85  # from here on the reader saw a name and a price at the link: no word outweighs that
MENU = frozenset({"nav", "header"})
MORE = "more"
"""Where a further piece of a list stands, which the page itself says is asked for: its address is taken as it is."""


class Candidate(NamedTuple):
    """A link before it is judged: the address, and what the page that shows it makes of it ("" and 0: nothing)."""

    url: str
    guess: str = ""
    score: float = 0.0
    where: str = ""
    """The part of the page it stands in, as the reader names them; ``sitemap`` for an entry of one."""


class Step(NamedTuple):
    """A request worth making."""

    url: str
    kind: str
    """``home`` (the first page once more), ``product``, ``legal``, ``menu`` (a list, or what the shop's menu names),
    ``list``, ``paging``, ``more`` (a piece of one), ``facet``, ``unknown`` or ``other``: a guess, as good as the shop
    is known."""
    priority: int
    rank: tuple[int, int]
    """Sorts the steps of one page: the more promising kind first, then what stands higher in the shop's tree."""
    again: bool = False
    """Whether the address was handed on before, for less, and dropped."""


class Refusal(NamedTuple):
    """A link that is not worth a request, and why."""

    reason: str


def plan(link: Candidate, known: Knowledge, seen: Seen = bool) -> Step | Refusal:
    """Judge a link when it is seen; ``seen`` tells whether an address was handed on before."""
    address = parse(link.url)
    if is_growing(address):
        return Refusal("growing_path")
    if link.where == MORE:
        return step(link.url, "more")
    if words.prior(address) == "never":
        return Refusal("no_catalogue")
    if _is_other_language(address, link.url, known, seen):
        return Refusal("other_language")
    is_seen = link.guess == "product" and link.score >= SCORE_SEEN
    url = undressed(link.url, known, seen, may_be_page=not is_seen)
    address = parse(url)
    kind = _kind(address, url, link, known, seen)
    if kind == "product":
        url = of_product(url, address)
        if known.leaf_tells(leaf(address)):
            return Refusal("known_product")
    return step(url, kind)


def step(url: str, kind: str) -> Step:
    """A request of a kind, with its place in the order."""
    return Step(url, kind, BAND[kind], (RANK.index(kind), _depth(parse(url))))


def _depth(address: Address) -> int:
    """How far down a tree the address stands: segments, parameters, and steps of a path of ids (``cPath=20_27``)."""
    return len(address.segments) + len(address.query) + sum(value.count("_") for _, value in address.query)


def _kind(address: Address, url: str, link: Candidate, known: Knowledge, seen: Seen) -> str:
    kind = _likely(address, link, known)
    if kind in ("list", "paging", "unknown", "other") and is_facet(url, address, seen):
        return "facet"
    if kind in ("list", "unknown") and link.where in MENU:
        return "menu"
    return "other" if kind == "unknown" and link.where == "footer" else kind


def _likely(address: Address, link: Candidate, known: Knowledge) -> str:
    """The most likely kind: what a card showed, what the shape turned out to be, the reader's sure guess, the words."""
    if link.guess == "product" and link.score >= SCORE_SEEN:
        return "product"
    learned = _learned(shape(address), known)
    if learned:
        return "paging" if learned == "list" and words.is_paging(address) else learned
    if link.guess == "legal" and link.score >= SCORE_SURE:
        return "legal"
    if words.is_paging(address):
        return "paging"
    said = words.prior(address)
    if link.guess in BAND and link.score >= SCORE_SURE and said != "other":  # a product's review hangs on its card too
        return link.guess
    return said or (link.guess if link.guess in BAND and link.guess != "other" else "unknown")


def _learned(form: str, known: Knowledge) -> str:
    """What all pages of a shape turned out to be, once there were enough of them."""
    found = known.kinds(form) if is_telling(form) else {}
    kind = next(iter(found), "")
    return kind if len(found) == 1 and found[kind] >= SURE and kind in ("product", "list", "other") else ""


def _is_other_language(address: Address, url: str, known: Knowledge, seen: Seen) -> bool:
    """Whether the address is the shop in another language than its own menu's."""
    own = known.language()
    first = address.segments[0] if address.segments else ""
    if own:
        return bool(first != own and LANGUAGE.fullmatch(first) and len(first) in (2, len(own)))
    return words.is_language(first) and seen(without_first_segment(url))
