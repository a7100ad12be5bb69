"""What an address says about itself before anything of the shop is known: the tables of ``data/links.yaml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal

from babel.core import Locale

from crawler import tabular
from crawler.discovery.economy.shapes import Address, is_structure

Prior = Literal["never", "product", "list", "other", ""]
SPLIT = re.compile(r"[^a-z0-9_-]+")
_DOES = re.compile(r"action|act|do|cmd|command|task|op|func|method|event", re.IGNORECASE)
_ACT = re.compile(
    r"(?:add|buy|put|order|del|delete|remove|compare|wish|subscribe|notify|vote|rate)(?![a-z])", re.IGNORECASE
)
"""What a parameter that names an action asks for when it changes a cart or a list: ``action=ADD2BASKET``."""
_SLUG = re.compile(r"[^\W\d_]+-(?:[^\W_]+-){0,40}[^\W_]{2}")
SCRIPTS = frozenset({"php", "asp", "aspx", "jsp", "cgi", "pl", "do", "cfm"})
Table = dict[str, dict[str, frozenset[str]]]


@cache
def tables() -> Table:
    """Group → part of the address → words."""
    text = resources.files("crawler.data").joinpath("links.yaml").read_text("utf-8")
    raw: dict[str, dict[str, list[str | list[str]]]] = tabular.parsed(text)
    return {group: {part: frozenset(_flat(lines)) for part, lines in parts.items()} for group, parts in raw.items()}


def _flat(lines: list[str | list[str]]) -> list[str]:
    """A YAML list whose entries are words or comma-separated lines of words."""
    return [word.strip() for line in lines for word in str(line).split(",")]


def prior(address: Address) -> Prior:
    """Guess the kind of page from words of the path and names of parameters; "" when they say nothing."""
    words = {word for segment in address.segments for word in _segment_words(segment)}
    routes = _routes(address)
    names = {name.lower() for name, _ in address.query}
    if _forbidden(address, words | routes, names):
        return "never"
    if (routes | words) & tables()["other"]["path"]:  # a review of a product, an article about one
        return "other"
    kinds: tuple[Prior, ...] = ("product", "other", "list")
    for kind in kinds:  # a parameter names the thing that is asked for; a path may only lead there
        if names & tables()[kind].get("parameter", frozenset()):
            return kind
    for segment in (*reversed(address.segments[:-1]), *address.segments[-1:]):
        for kind in kinds:
            if _segment_words(segment) & tables()[kind]["path"]:
                return kind
    for kind in kinds:
        if routes & tables()[kind]["path"]:
            return kind
    return ""


def _routes(address: Address) -> set[str]:
    """The words of parameters that name the kind of page."""
    values = [value.lower() for name, value in address.query if is_structure(name, value)]
    return {word for value in values for word in (value, *SPLIT.split(value), *value.split("."))}


def _segment_words(segment: str) -> frozenset[str]:
    """A segment as it stands and without its extension: never parts of a slug, ``blog-t-shirt`` is no blog.

    Zope writes the views of a page behind two signs: ``/boots/@@cart``.
    """
    plain = segment.removeprefix("@@")
    return frozenset((segment, plain, plain.partition(".")[0]))


def _forbidden(address: Address, words: set[str], names: set[str]) -> bool:
    never = tables()["never"]
    if words & never["path"] or names & never["parameter"]:
        return True
    if words & never["goods"] and not _names_goods(address, never["goods"]):
        return True
    if any(f"{name}={value}".lower() in never["parameter"] for name, value in address.query):
        return True
    if any(_DOES.fullmatch(name) and _ACT.match(value) for name, value in address.query):
        return True
    leaf = address.segments[-1] if address.segments else ""
    _, dot, extension = leaf.rpartition(".")
    return bool(dot) and extension in never["extension"]


def _names_goods(address: Address, words: frozenset[str]) -> bool:
    """Whether a product's slug follows the word: ``/bag/black-calf-tote``, neither ``/bag`` nor ``/bag/add/12``."""
    *before, leaf = address.segments or ("",)
    follows = bool(before) and bool(_segment_words(before[-1]) & words)
    return follows and not _ACT.match(leaf) and _SLUG.match(leaf) is not None


def names_product(address: Address) -> bool:
    """Whether a parameter of the address carries a product's id: then the rest of the query is how one came there."""
    return any(name.lower() in tables()["product"]["parameter"] and value for name, value in address.query)


def variants(address: Address) -> frozenset[str]:
    """The parameters of an address that order or dress what it shows; of a product's, also the list it stood in."""
    names = frozenset(name.lower() for name, _ in address.query)
    needless = tables()["variant"]["parameter"]
    if names_product(address):
        needless |= tables()["list"]["parameter"] | tables()["paging"]["parameter"]
    return (names & needless) | _containing(names, "contains")


def perhaps_variants(address: Address) -> frozenset[str]:
    """The parameters that are dress in many shops and needed in others."""
    names = frozenset(name.lower() for name, _ in address.query)
    return (names & tables()["variant"]["perhaps"]) | _containing(names, "perhaps_contains")


def _containing(names: frozenset[str], part: str) -> frozenset[str]:
    return frozenset(name for name in names if any(word in name for word in tables()["variant"][part]))


def first_pages(address: Address) -> frozenset[str]:
    """The parameters that ask for the first page of a list: ``page=1``, ``start=0``; some shops count pages from 0."""
    paging = tables()["paging"]
    return frozenset(
        name.lower()
        for name, value in address.query
        if name.lower() in paging["parameter"] and value == ("0" if name.lower() in paging["offset"] else "1")
    )


def is_first_page(address: Address) -> bool:
    """Whether the path ends by asking for the first page of a list: ``/page/1/``."""
    return (
        len(address.segments) > 1 and address.segments[-2] in tables()["paging"]["path"] and address.segments[-1] == "1"
    )


def is_paging(address: Address) -> bool:
    """Whether the address asks for a further page of a list."""
    paging = tables()["paging"]
    if any(name.lower() in paging["parameter"] and value.isdigit() for name, value in address.query):
        return True
    pairs = zip(address.segments, address.segments[1:], strict=False)
    return any(before in paging["path"] and after.isdigit() for before, after in pairs)


def is_language(code: str) -> bool:
    """Whether these two letters are a language that CLDR knows a name for."""
    return code in _languages()


@cache
def _languages() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)
