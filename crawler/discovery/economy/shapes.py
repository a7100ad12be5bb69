"""The shape of an address: what is left of it when everything that counts things is taken out.

Pages of one shape are made by one template of the shop, so what a few of them turned out to be tells what the rest
will be, before they are fetched. ``/catalogue/snow-crash_12/`` and ``/catalogue/daemon_18/`` share the shape
``/catalogue/*``; that of ``index.php?route=product/product&product_id=28`` is
``/index.php?product_id=#&route=product/product``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from crawler import tabular

PARAMETERS_LIMIT = 20  # parameters of an address that are looked at; shops use a handful, traps use hundreds
SEGMENTS_LIMIT = 12  # path segments of a shape
SHAPE_LIMIT = 300  # characters of a shape: it is a key in Redis, and a shop can make up any number of parameters
WORD = re.compile(r"[a-z]{2,24}")
NUMBER = re.compile(r"[0-9]{1,20}(?:[_,.-][0-9]{1,20}){0,8}")
ROUTE = re.compile(r"[a-zA-Z_]{2,30}/[a-zA-Z_./]{2,40}")
LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)


class Address(NamedTuple):
    """An address taken apart once: lower-cased path segments, and the query's pairs in their order."""

    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


def parse(url: str) -> Address:
    """Take an absolute http(s) address apart; a broken one gives empty parts."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=PARAMETERS_LIMIT * 5)
    except ValueError:
        return Address("", (), ())
    segments = tuple(segment for segment in parts.path.lower().split("/") if segment)
    return Address(parts.netloc.lower(), segments[: SEGMENTS_LIMIT + 1], tuple(query[:PARAMETERS_LIMIT]))


def shape(address: Address) -> str:
    """The template behind an address: slugs and numbers become ``*`` and ``#``; words of the first segments stay."""
    last = len(address.segments) - 1
    path = "/".join(
        _segment(segment, position == last and position > 0) for position, segment in enumerate(address.segments)
    )
    query = "&".join(sorted({f"{name.lower()[:40]}={_value(name, value)}" for name, value in address.query}))
    return (f"/{path}?{query}" if query else f"/{path}")[:SHAPE_LIMIT]


def _segment(segment: str, is_leaf: bool) -> str:
    """A path segment of a shape. The last one is what counts things, unless it is a script."""
    stem, dot, extension = segment.rpartition(".")
    if dot and extension in ("php", "asp", "aspx", "jsp", "cgi", "pl", "do", "cfm"):
        return segment
    if NUMBER.fullmatch(segment):
        return "#"
    if is_leaf:
        return "*" + (dot + extension if dot and WORD.fullmatch(extension) else "")
    return segment if WORD.fullmatch(stem or segment) or LANGUAGE.fullmatch(segment) else "*"


def _value(name: str, value: str) -> str:
    """A parameter's value in a shape: routes of the shop's software stay, everything else is counted."""
    if not value or NUMBER.fullmatch(value):
        return "#"
    return value.lower() if is_structure(name, value) else "*"


def is_structure(name: str, value: str) -> bool:
    """Whether a parameter names the kind of page: a route (``route=product/category``), or a word under such a name."""
    if ROUTE.fullmatch(value):
        return True
    return name.lower() in structure_names() and re.fullmatch(r"[a-zA-Z_.-]{2,40}", value) is not None


@cache
def structure_names() -> frozenset[str]:
    """The parameters of ``data/links.yaml`` whose value names the kind of page."""
    text = resources.files("crawler.data").joinpath("links.yaml").read_text("utf-8")
    lines: list[str] = tabular.parsed(text)["structure"]["parameter"]
    return frozenset(word.strip() for line in lines for word in line.split(","))


def without(address: Address, names: frozenset[str]) -> Address:
    """The address without the parameters of these (lower-case) names."""
    return address._replace(query=tuple(pair for pair in address.query if pair[0].lower() not in names))


def is_telling(form: str) -> bool:
    """Whether a shape says more than that there is a slug: pages of every kind hang on ``/*`` and ``/*.html``."""
    return re.search(r"[a-z]{2}", re.sub(r"\*\.\w{1,8}$", "*", form)) is not None


def is_growing(address: Address) -> bool:
    """Whether a path grows out of itself: too deep, or the same segment three times (relative links gone wrong)."""
    return len(address.segments) > SEGMENTS_LIMIT or any(
        address.segments.count(segment) >= 3 for segment in set(address.segments)
    )
