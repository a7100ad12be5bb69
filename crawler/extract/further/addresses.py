"""Addresses of the pieces of a list: which parameter counts, and the address with another number in its place."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from urllib.parse import quote, unquote_plus

from crawler import tabular

NUMBER = re.compile(r"\d{1,6}")
MEDIA = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|css|js|mp4|woff2?)(?:$|\?)", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"(?:\$?\{\{?|\[|__|%7[bB]|(?<=/):|(?<==):|%(?=[a-z]))\s{0,3}"
    r"(page|paged|pagenumber|pagenum|page_number|number|num|n|p|#|index|offset|start|skip)"
    r"\s{0,3}(?:\}?\}|\]|__|%7[dD]|%(?![0-9a-fA-F])|(?=[/?&]|$))",
    re.IGNORECASE,
)
"""Where an address has a place for a number: ``{page}``, ``{{#}}``, ``:page``, ``__page__``, ``[offset]``."""
_PAGE_IN_PATH = re.compile(r"/(?:page|seite|pagina|strona)[/-](\d{1,5})(?:/|$)")
_IN_PATH = re.compile(r"(https?://[^/]+/(?:[^?]*/)?)(\d{1,3})((?:/[^/\d]*)*)")
_COUNTS_THINGS = frozenset({"offset", "start", "skip"})


@cache
def table(group: str) -> dict[str, frozenset[str]]:
    """Name → words of a group of ``data/load_more.yaml``."""
    text = resources.files("crawler.data").joinpath("load_more.yaml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tabular.parsed(text)[group].items()}


@cache
def words(group: str) -> tuple[str, ...]:
    """The words of a group that is a list of comma-separated lines."""
    text = resources.files("crawler.data").joinpath("load_more.yaml").read_text("utf-8")
    return tuple(word.strip() for line in tabular.parsed(text)[group] for word in line.split(","))


def plain(name: str, limit: int = 60) -> str:
    """A name in small letters without signs: ``next_page`` and ``nextPage`` are one."""
    return re.sub(r"[^a-z]", "", name[:limit].lower())


def parameter(url: str, kind: str) -> tuple[str, str] | None:
    """The first parameter of an address that is of a kind (``page``, ``offset``, ``cursor``), with its value."""
    names = table("parameters")[kind]
    for part in _query(url).split("&"):
        name, sign, value = part.partition("=")
        if sign and unquote_plus(name).lower() in names and (kind == "cursor" or NUMBER.fullmatch(value)):
            return name, unquote_plus(value)
    return None


def counted(url: str) -> bool:
    """Whether an address asks for a further piece: a page above the first, things left out, a place in the list."""
    page, offset = parameter(url, "page"), parameter(url, "offset")
    if (page and int(page[1]) > 1) or (offset and int(offset[1]) > 0):
        return True
    cursor = parameter(url, "cursor")
    return cursor is not None and bool(cursor[1])


def own_page(url: str) -> int:
    """The number that an address has as a piece of its list; 1 where it says none."""
    page = parameter(url, "page")
    in_path = _PAGE_IN_PATH.search(_path(url))
    return int(page[1] if page else in_path[1] if in_path else 1)


def list_of(url: str) -> str:
    """The path of the list that an address is a piece of."""
    return _PAGE_IN_PATH.sub("/", _path(url)).rstrip("/")


def at(url: str, kind: str, value: str | int, name: str = "") -> str:
    """The address with a parameter of a kind set to a value: the one that it has, else ``name`` (else the kind)."""
    own = parameter(url, kind)
    given, said = (own[0] if own else name or kind), quote(str(value)[:1000], safe="", errors="replace")
    if own is None:
        bare = url.partition("#")[0]
        return f"{bare}{'&' if '?' in bare else '?'}{given}={said}"
    head, _, query = url.partition("#")[0].partition("?")
    parts = [f"{given}={said}" if part.partition("=")[0] == given else part for part in query.split("&")]
    return f"{head}?{'&'.join(parts)}"


def next_number(url: str, count: int) -> str | None:
    """The address with its number moved on: a page's by one, that of things left out by how many were shown. None for
    the first piece: its number may be any other's."""
    page, offset = parameter(url, "page"), parameter(url, "offset")
    if page is not None:
        return at(url, "page", int(page[1]) + 1) if int(page[1]) > 1 else None
    if offset is not None:
        return at(url, "offset", int(offset[1]) + count) if int(offset[1]) and count else None
    head, sign, query = url.partition("?")
    found = _IN_PATH.fullmatch(head)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}{sign}{query}" if found and int(found[2]) > 1 else None


def filled(url: str, page: int, offset: int) -> str | None:
    """The address whose place for a number is taken; None when it has none."""
    found = _TEMPLATE.search(url)
    if found is None:
        return None
    number = offset if found[1].lower() in _COUNTS_THINGS else page
    return f"{url[: found.start()]}{number}{url[found.end() :]}"


def _path(url: str) -> str:
    return "/" + url.partition("?")[0].partition("#")[0].partition("//")[2].partition("/")[2]


def _query(url: str) -> str:
    return url.partition("#")[0].partition("?")[2][:4000]
