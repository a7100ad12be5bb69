"""What a card calls its thing: the text of its highest heading, of bold letters, of a link, of a picture."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice

from lxml import etree

from crawler.extract.document import text_content
from crawler.prices.mention import speaks_of_money

NAMES = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")
"""The elements that name a thing, the surest first."""
Name = tuple[str, etree._Element]
_BOLD = frozenset({"strong", "b"})  # a price set in bold is no name
_CALLED_NAME = re.compile(r"(?:name|title|nombre|titulo|naam|nazwa|heading)(?=$|[\s_-])", re.IGNORECASE)
_BUTTONS = frozenset(
    {"add to cart", "buy now", "details", "more", "view", "buy", "more info", "quick view", "sale", "new"}
)
_RANKS = {tag: rank for rank, tag in enumerate((*NAMES, "a", "img"))}


def find_name(element: etree._Element) -> Name | None:
    """What a card calls its thing: its highest heading, else bold text, else a link, else a picture's text."""
    best, rank = None, len(_RANKS)
    for one in element.iter(*_RANKS):
        own = _RANKS[str(one.tag)]
        if (
            own < rank
            and not (one.tag in _BOLD and speaks_of_money(text_content(one)))
            and (text := (one.get("alt") or "").strip() if one.tag == "img" else text_of(one))
        ):
            best, rank = _without_money(text, one), own
            if rank == 0:
                break
    return best


def _without_money(text: str, element: etree._Element) -> Name:
    """The name in a link that is a whole card: what is called a name in it, else its picture's words."""
    if element.tag != "a" or not any(speaks_of_money(piece) for piece in islice(element.itertext(), 40)):
        return text, element
    inner = islice(element.iter("div", "span", "p"), 12)
    named = next((one for one in inner if _CALLED_NAME.search(one.get("class") or "") and _is_name(text_of(one))), None)
    if named is not None:
        return text_of(named), named
    said = next(((one.get("alt") or "").strip() for one in islice(element.iter("img"), 1)), "")
    return (said if _is_name(said) else text), element


def _is_name(text: str) -> bool:
    return len(text) > 2 and not speaks_of_money(text)


def text_of(element: etree._Element) -> str:
    """The text of an element where it can be a name, else empty: no sentence, no number, no button."""
    text = text_content(element)
    return text if 2 < len(text) < 300 and any(map(str.isalpha, text)) and text.lower() not in _BUTTONS else ""


class Block:
    """An element that may be a card; what it names is looked for once, however many amounts it is tried for."""

    def __init__(self, element: etree._Element):
        self.element = element

    @cached_property
    def name(self) -> Name | None:
        """What it calls its thing."""
        return find_name(self.element)

    @cached_property
    def addresses(self) -> set[str]:
        """The different addresses that the links of an element lead to, as they are written."""
        links = (link.get("href") or "#" for link in islice(self.element.iter("a"), 50))
        return {href for href in links if href[0] != "#"}

    @cached_property
    def count(self) -> int:
        """How many things an element names: by links to different addresses, or by headings and bold text."""
        marks = sum(1 for one in islice(self.element.iter(*NAMES), 20) if text_of(one))
        return max(len(self.addresses), marks)
