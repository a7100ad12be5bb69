"""What data say about the piece of a list behind them: its address, its number, its place, or that there is none.

Data are hostile: nothing but names and plain values is looked at, and only the outermost few levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.extract.further.addresses import NUMBER, at, next_number, plain, table
from crawler.urls import join

LEVELS = 4  # {"data": {"collection": {"products": {"pageInfo": …}}}} is the deepest that is usual
NODES = 300  # objects that are looked at
PAGES = 10_000
END = ""
"""The data say that nothing follows."""
_CURSOR_NAMES = {"endcursor": "after", "nextpagetoken": "pageToken"}
Node = Mapping[str, Any]


def following(value: Any, url: str, *, counts_on: bool = True) -> str | None:
    """The address behind data that came from ``url``; None where nothing follows, or nothing says so.

    ``counts_on``: where nothing is said either way, the number in the address goes on for as long as there are entries.
    """
    has_more = False
    for node in nodes(value):
        keys = {plain(key): one for key, one in node.items() if isinstance(key, str)}
        said = _said(keys, url, names=counts_on)
        if said is not None:
            return said or None
        has_more = has_more or _is_true(keys, "more")
    count = _entries(value)
    return next_number(url, count) if (counts_on and count) or has_more else None


def _said(keys: Node, url: str, *, names: bool) -> str | None:
    """``names``: whether a word under ``next`` is the place of the next piece; in a page's state it is a button's."""
    if _is_false(keys, "more") or _is_true(keys, "last"):
        return END
    found = _address(keys, url, names=names)
    for read in (_number, _cursor, _counted):
        found = read(keys, url) if found is None else found
    return found


def _address(keys: Node, url: str, *, names: bool) -> str | None:
    """``next`` with an address, a number or nothing in it; links of which one is the next."""
    links: list[Any] = next((keys[name] for name in ("links", "link") if isinstance(keys.get(name), list)), [])
    named = {str(link["rel"]): link for link in links[:20] if isinstance(link, dict) and link.get("rel")}
    if named:
        found = named.get("next", {})
        return _joined(url, found.get("href") or found.get("url"))
    for name in sorted(table("keys")["next"] & keys.keys()):
        said = keys[name]
        said = (said.get("href") or said.get("url")) if isinstance(said, dict) else said
        if said in (None, False, ""):
            return END
        if isinstance(said, str) and ("/" in said or said.startswith("?")):
            return _joined(url, said)
        if isinstance(said, bool) or not isinstance(said, str | int):
            continue
        if NUMBER.fullmatch(str(said)):
            return _numbered(url, "page", said)
        if names:
            return at(url, "cursor", said)
    return None


def _number(keys: Node, url: str) -> str | None:
    for group, kind in (("next_number", "page"), ("next_offset", "offset")):
        for name in table("keys")[group] & keys.keys():
            return _numbered(url, kind, keys[name])
    return None


def _cursor(keys: Node, url: str) -> str | None:
    for name in sorted(table("keys")["cursor"] & keys.keys(), key=lambda name: (name == "cursor", name)):
        said = keys[name]
        if said in (None, False, ""):
            return END
        if isinstance(said, str | int) and not isinstance(said, bool):
            return at(url, "cursor", said, _CURSOR_NAMES.get(name, ""))
    return None


def _counted(keys: Node, url: str) -> str | None:
    """The number of this piece and of how many; or how many things were left out, are shown, and are there."""
    page, pages = _whole(keys, "at"), _whole(keys, "of")
    if page is not None and pages is not None and page <= pages < PAGES:
        return at(url, "page", page + 1) if page < pages else END
    offset, size, total = (_whole(keys, name) for name in ("offset", "size", "total"))
    if offset is not None and size and total is not None:
        return at(url, "offset", offset + size) if offset + size < total else END
    if page is not None and size and total is not None and page >= 1:
        return at(url, "page", page + 1) if page * size < total else END
    return None


def _numbered(url: str, kind: str, said: Any) -> str:
    whole = not isinstance(said, bool) and isinstance(said, str | int) and NUMBER.fullmatch(str(said))
    return at(url, kind, said) if whole and int(said) > 0 else END


def _joined(url: str, said: Any) -> str:
    return (join(url, said) or END) if isinstance(said, str) else END


def _whole(keys: Node, group: str) -> int | None:
    for name in sorted(table("keys")[group] & keys.keys()):
        said = keys[name]
        if not isinstance(said, bool) and isinstance(said, str | int) and NUMBER.fullmatch(str(said)):
            return int(said)
    return None


def _is_true(keys: Node, group: str) -> bool:
    return any(keys[name] is True for name in table("keys")[group] & keys.keys())


def _is_false(keys: Node, group: str) -> bool:
    return any(keys[name] is False for name in table("keys")[group] & keys.keys())


def nodes(value: Any) -> Iterator[Node]:
    """Objects from the outside in, none of them entries of an array."""
    level = [value]
    for _ in range(LEVELS + 1):
        objects = [one for one in level if isinstance(one, dict)][:NODES]
        yield from objects
        level = [inner for one in objects for inner in one.values()]


def _entries(value: Any) -> int:
    """How many objects the longest array among the outermost levels has."""
    arrays = [value, *(inner for node in nodes(value) for inner in node.values())]
    return max((sum(isinstance(one, dict) for one in inner) for inner in arrays if isinstance(inner, list)), default=0)
