"""What stands at the places that a profile names: one reader for HTML, one for JSON; both say where a value stood."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, Protocol

import orjson
from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.errors import ConfigurationError
from crawler.extract.document import parse as parse_html
from crawler.extract.model import storable

VALUES_LIMIT = 40  # values at one place of one row; the longest picture galleries of marketplaces have 24
TEXT_LIMIT = 5_000  # characters of one value
ROWS_LIMIT = 1_000  # of one answer; the largest documented page is 200


class Found(NamedTuple):
    """A value as text, and its XPath or JSON pointer."""

    text: str
    path: str


class Node(Protocol):
    """A page, or a part of one."""

    def all(self, place: str) -> list[Found]:
        """The values at a place."""
        ...

    def rows(self, place: str, leave_out: tuple[str, ...]) -> list[Node]:
        """The parts at a place, without those that are to be left out."""
        ...


@cache
def xpath(place: str) -> etree.XPath:
    """A selector compiled; ``ConfigurationError`` when it is none."""
    try:
        said = (
            place
            if place.startswith(("/", ".", "(")) and not _is_class(place)
            else HTMLTranslator().css_to_xpath(place)
        )
        return etree.XPath(said)
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise ConfigurationError(f"no selector: {place}: {error}") from None


def _is_class(place: str) -> bool:
    return place.startswith(".") and not place.startswith(("./", "..")) and place != "."


class HtmlNode:
    """An element."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def all(self, place: str) -> list[Found]:
        """Texts of elements and values of attributes."""
        hits: Any = xpath(place)(self.element)
        return [_found(hit) for hit in (hits if isinstance(hits, list) else [hits])[:VALUES_LIMIT]]

    def rows(self, place: str, leave_out: tuple[str, ...]) -> list[Node]:
        """Elements."""
        apart = {one for wanted in leave_out for one in self._elements(wanted)}
        return [HtmlNode(row) for row in self._elements(place)[:ROWS_LIMIT] if not _belongs(row, apart)]

    def _elements(self, place: str) -> list[etree._Element]:
        hits: Any = xpath(place)(self.element)
        return [hit for hit in hits if isinstance(hit, etree._Element)] if isinstance(hits, list) else []


def _belongs(row: etree._Element, apart: set[etree._Element]) -> bool:
    if not apart:
        return False
    return row in apart or any(up in apart for up in row.iterancestors()) or any(one in apart for one in row.iter())


def _found(hit: Any) -> Found:
    if isinstance(hit, etree._Element):
        return Found(_plain(" ".join(map(str, hit.itertext()))), str(hit.getroottree().getpath(hit)))
    parent = hit.getparent() if hasattr(hit, "getparent") else None
    path = str(parent.getroottree().getpath(parent)) if parent is not None else ""
    attribute = getattr(hit, "attrname", None)
    return Found(_plain(str(hit)), f"{path}/@{attribute}" if attribute else f"{path}/text()")


class JsonNode:
    """A value of a JSON answer, and its pointer."""

    def __init__(self, value: Any, pointer: str = "") -> None:
        self.value, self.pointer = value, pointer

    def all(self, place: str) -> list[Found]:
        """Strings, numbers and truth values; what is nothing, or more than a value, is none."""
        hits = [one for one in _walk(self.value, self.pointer, _parts(place)) if isinstance(one[0], str | int | float)]
        return [Found(_plain(_said(value)), pointer) for value, pointer in hits[:VALUES_LIMIT]]

    def rows(self, place: str, leave_out: tuple[str, ...]) -> list[Node]:
        """The elements of a list."""
        hits = [one for one in _walk(self.value, self.pointer, _parts(place)) if isinstance(one[0], list)]
        rows = [JsonNode(row, f"{pointer}/{n}") for value, pointer in hits for n, row in enumerate(value)]
        return [row for row in rows[:ROWS_LIMIT] if isinstance(row.value, dict) and not row.is_one_of(leave_out)]

    def is_one_of(self, conditions: tuple[str, ...]) -> bool:
        """Whether one of ``pointer=value`` holds; without a value: whether anything but false stands there."""
        for condition in conditions:
            place, sign, wanted = condition.partition("=")
            said = [one.text for one in self.all(place)]
            if (wanted in said) if sign else any(one not in ("false", "", "0") for one in said):
                return True
        return False


def _parts(place: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in place.strip().split("/")[1:]]


def _walk(value: Any, pointer: str, parts: list[str]) -> list[tuple[Any, str]]:
    if not parts:
        return [(value, pointer)]
    part, rest = parts[0], parts[1:]
    if isinstance(value, list):
        wanted = range(len(value)) if part == "*" else [int(part)] if part.isdecimal() and len(part) < 6 else []
        return [hit for n in wanted if n < len(value) for hit in _walk(value[n], f"{pointer}/{n}", rest)]
    if isinstance(value, dict) and part in value:
        escaped = part.replace("~", "~0").replace("/", "~1")
        return _walk(value[part], f"{pointer}/{escaped}", rest)
    return []


def _said(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _plain(text: str) -> str:
    return " ".join(storable(text[: 2 * TEXT_LIMIT]).split())[:TEXT_LIMIT]


def open_page(body: bytes, url: str, form: str, content_type: str = "") -> Node | None:
    """The page as a node; None when it is not of the profile's form."""
    if form == "html":
        return HtmlNode(parse_html(body, url, content_type).root) if body.strip() else None
    try:
        return JsonNode(orjson.loads(body))
    except orjson.JSONDecodeError:
        return None
