"""Attributes that name the further pieces of a list: ``data-load-more-url``, ``hx-get``, ``data-url`` with a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from crawler.extract.document import Document, text_content
from crawler.extract.further import state
from crawler.extract.further.addresses import (
    MEDIA,
    NUMBER,
    at,
    counted,
    filled,
    own_page,
    parameter,
    plain,
    table,
    words,
)

AT_ONCE = 20  # pieces that are named in one go where a page says how many there are
VALUE_LIMIT = 2_000  # characters of an address
BUTTONS = 2  # different ones that ask for more of one list
NAMES_LIMIT = 300  # of classes and id
TEXT_LIMIT = 60  # of what a button says
_PLAIN = re.compile(r"(?:url|uri|href|link|src|endpoint|api|ajax|source|fetch|path|route|action|get|feed|urlvalue)$")
"""What attributes with an address of any use are called, without signs and ``data-``."""
_STATES = frozenset({"props", "state", "options", "config", "settings", "reactprops", "params"})
_TELLING = re.compile(r"next|more|infinite|scroll|paginat")
_NO_ADDRESS = re.compile(r"text|label|class|target|container|selector|total|count|title|prev|trigger|swap|threshold")
_ADDRESS = re.compile(
    r"(?:https?:/)?/[^\s<>\"]*|\?[^\s<>\"]+|[\w./-]{1,200}\.(?:php|aspx?|jsp|json|html?)(?:\?[^\s<>\"]*)?"
)
_PICTURES = frozenset({"img", "source", "iframe", "video", "picture"})
_ASKING = ("formaction", "hx-get", "ic-get-from", "up-href", "onclick")
_CALLED = re.compile(r"""\(\s{0,3}["']((?:/|\?)[^"'\s<>]{1,500})["']""")
_REVEALED = ("revealed", "intersect", "scrolled-into-view")


def addresses(document: Document, cards: int) -> Iterator[str]:
    """What the attributes of a page with this many cards name, in document order; buttons only where they are few: many
    that say "see more" are the cards' own."""
    names = {name for name in document.attribute_names if _may_name(name)}
    buttons: dict[str, None] = {}
    for element, own in document.attributes.items() if names else ():
        if not own or names.isdisjoint(own) or element.tag in _PICTURES:
            continue
        for name in (name for name in own if name in names):
            value = own[name].strip()
            if value[:1] == "{" and state.is_told(value):
                yield from state.behind(value, document.url)
            elif NUMBER.fullmatch(value):
                yield from _of_this_page(document, element, own, cards)
            elif address := _address(name, value):
                found = _put_together(address, own, own_page(document.url), cards)
                yield from found or ()
                if found is None and _is_for_more(document, element, name):
                    buttons[address] = None
    yield from buttons if len(buttons) <= BUTTONS else ()


def _address(name: str, value: str) -> str:
    """The address in an attribute, or in the call that it makes; empty where there is none."""
    called = _CALLED.search(value[:VALUE_LIMIT]) if name == "onclick" else None
    value = called[1] if called else value
    is_one = len(value) <= VALUE_LIMIT and _ADDRESS.fullmatch(value) and not MEDIA.search(value)
    return value if is_one and (called or name != "onclick") else ""


@lru_cache(maxsize=4096)  # a shop's pages share their attributes
def _may_name(name: str) -> bool:
    if name.removeprefix("data-") in _ASKING:
        return True
    bare = plain(name.removeprefix("data-"))
    told = bare in _STATES or bare in table("keys")["at"] or _TELLING.search(bare) or _PLAIN.search(bare)
    return name.startswith("data-") and bool(told)


def _of_this_page(document: Document, element: etree._Element, own: Mapping[str, str], cards: int) -> Iterator[str]:
    """This page with the number on an element that asks for more and has no address."""
    number = _next(_numbers(own), own_page(document.url), cards)
    has_address = any(_ADDRESS.fullmatch(value) for value in own.values())
    if number is not None and number > 1 and not has_address and _asks_for_more(document, element, own):
        yield at(document.url, "page", number)


def _put_together(value: str, own: Mapping[str, str], page: int, cards: int) -> list[str] | None:
    """An address with the numbers or the place in it that it has or that stand beside it: all of them where it is said
    how many there are; None where nothing is said."""
    numbers = _numbers(own)
    first = _next(numbers, page, cards)
    last = next((numbers[name] for name in sorted(table("keys")["of"] & numbers.keys())), None)
    pages = range(first or page + 1, (first or page + 1) + 1 if last is None else min(last, page + AT_ONCE) + 1)
    if filled(value, page, cards) is not None:
        return [filled(value, number, cards * (number - 1)) or value for number in pages]
    if counted(value):
        was_shown = 1 < own_page(value) <= page and not parameter(value, "offset") and not parameter(value, "cursor")
        return [value] if pages and not was_shown else []
    if first is not None or last is not None:
        return [at(value, "page", number) for number in pages]
    apart = _apart(own)
    return [at(value, *apart)] if apart is not None else None


def _is_for_more(document: Document, element: etree._Element, name: str) -> bool:
    bare = plain(name.removeprefix("data-"))
    telling = _TELLING.search(bare) and not _NO_ADDRESS.search(bare)
    return bool(telling) or _asks_for_more(document, element, document.attributes[element])


def _asks_for_more(document: Document, element: etree._Element, own: Mapping[str, str]) -> bool:
    """Whether an element is called or says "load more", or is filled when it comes into sight."""
    if any(word in own.get("hx-trigger", own.get("ic-trigger-on", "")) for word in _REVEALED):
        return True
    above = element.getparent()
    called = plain(f"{own.get('class', '')} {own.get('id', '')}", NAMES_LIMIT)
    called += plain(document.called(above), NAMES_LIMIT) if above is not None and above in document.attributes else ""
    if any(name in called for name in words("names")):
        return True
    if element.tag not in ("button", "a", "div", "span", "input"):
        return False
    said = (text_content(element) or own.get("value", "") or own.get("aria-label", ""))[: TEXT_LIMIT + 1].casefold()
    return 0 < len(said) <= TEXT_LIMIT and said.startswith(words("says"))


def _numbers(own: Mapping[str, str]) -> dict[str, int]:
    return {plain(name.removeprefix("data-")): int(value) for name, value in own.items() if NUMBER.fullmatch(value)}


def _next(numbers: Mapping[str, int], page: int, cards: int) -> int | None:
    """The number of the next piece, from the numbers that stand beside an address; None where none does."""
    keys = table("keys")
    for name in sorted((keys["next"] | keys["next_number"]) & numbers.keys()):
        return numbers[name]
    for name in sorted(keys["at"] & numbers.keys()):  # what is shown, or what is asked for next
        return numbers[name] + 1 if numbers[name] == page and cards else numbers[name] or 1
    return None


def _apart(own: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A place in the list that stands beside an address: its kind, its value, and the parameter that takes it."""
    for name, value in own.items():
        bare = plain(name.removeprefix("data-"))
        if bare in table("keys")["cursor"] | table("parameters")["cursor"] and value:
            return "cursor", value, "after" if bare in ("after", "endcursor") else "cursor"
        if bare in table("keys")["offset"] | table("keys")["next_offset"] and NUMBER.fullmatch(value) and int(value):
            return "offset", value, "offset"
    return None
