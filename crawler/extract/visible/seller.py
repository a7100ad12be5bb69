"""Who sells a thing on a marketplace, where no label says it: the one link to a seller's page beside the product.

Told by the link's address (``/user/anna``, ``?seller=A2X9``) and by words of standing next to the name ("99 %
positive", "member since"). Reviewers link to pages of their own, too: several such links name nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree

from crawler import tabular
from crawler.extract.document import Document
from crawler.extract.model import Place, Reading
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible.view import EXTRACTOR, View
from crawler.urls import host

ELSEWHERE = OUTSIDE - {"aside"}  # a seller's card may stand in a column of its own
IDENTITY = re.compile(r"[\w.@~+-]{1,80}")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")  # /en is a home page
NAME_LIMIT = 80  # characters; marketplaces cut names shorter
AROUND_LIMIT = 240  # characters of the block that speaks of a seller
TEXTS_LIMIT = 60  # pieces of text in such a block
LEVELS = 3  # from a name to the block with its standing
LINKS_LIMIT = 400  # links of a page that are looked at
BEFORE, BEHIND = 8, 14  # texts from the heading in which an address that means nobody but a seller is enough
_PAGES = (".html", ".htm", ".php", ".asp", ".aspx", ".jsp")
_HANDLE = re.compile(r"[\d_.-]")
_COUNTED = re.compile(r"\(\d[\d.,]{0,6}k?\)|\d ?%|\d[.,]\d ?(?:/ ?5|★)|★")


@dataclass(frozen=True, slots=True)
class _Words:
    plain: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    parameters: frozenset[str]
    standing: re.Pattern[str]
    calls: frozenset[str]
    nobody: frozenset[str]


@cache
def _words() -> _Words:
    table: dict[str, Any] = tabular.words(resources.files("crawler.data").joinpath("sellers.yaml").read_text("utf-8"))
    spoken = sorted({word for words in table["standing"].values() for word in words}, key=len, reverse=True)
    standing = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spoken))})(?!\w)|[評评][价價価]|판매자|出品者")
    sets = {name: frozenset(table[name]) for name in ("plain", "people", "places", "parameters", "calls", "nobody")}
    return _Words(standing=standing, **sets)


def identity(url: str) -> str | None:
    """What names a seller in the address of its page: a parameter's value, else the last piece of the path.

    None for a home page, and for pages that are nobody's.
    """
    parts = urlsplit(url)
    given = parse_qsl(parts.query)
    named = [value for name, value in given if name.lower() in _words().parameters]
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    leaf = next(iter([*named, *(value for _, value in reversed(given)), *reversed(segments)]), "").lower()
    is_nobody = leaf.partition(".")[0] in _words().nobody or _LANGUAGE.fullmatch(leaf)
    return leaf if IDENTITY.fullmatch(leaf) and not is_nobody else None


def read(document: Document, view: View) -> tuple[Reading, Reading] | None:
    """Name and address of the one seller that the page links to beside its product; None for none or several."""
    found: dict[str, tuple[Reading, Reading]] = {}
    blocks: dict[etree._Element, str] = {}
    for element in document.all("a")[:LINKS_LIMIT]:
        href = document.attributes[element].get("href", "")
        if len(href) < 2 or href[0] == "#" or document.regions[element] in ELSEWHERE or element in document.private:
            continue
        url = document.resolve(href)
        who = identity(url) if url and host(url) == document.host else None
        if not url or not who or who in found or not (meant := _meaning(url, who)):
            continue
        name = _name(element)
        if meant == "handle" and name.casefold() != who:
            continue
        near = meant == "plain" and _is_near(element, document, view)
        if name and (near or _has_standing(element, blocks, counts=meant != "places")):
            found[who] = (_reading(name, element, name), _reading(url, element, href, "/@href"))
    return next(iter(found.values())) if len(found) == 1 else None


def _meaning(url: str, who: str) -> str:
    """What an address says: ``plain`` of a seller alone, of ``people`` or ``places`` too, a ``handle``, or ""."""
    words, parts = _words(), urlsplit(url)
    above = [piece for piece in unquote(parts.path).casefold().split("/") if piece][:-1]
    given = {key.casefold() for key, _ in parse_qsl(parts.query)}
    if not words.plain.isdisjoint(above) or not words.parameters.isdisjoint(given):
        return "plain"
    if who.endswith(_PAGES):
        return ""
    if not words.people.isdisjoint(above[-2:]):  # /u/jan-de-vries/1234567
        return "people"
    if not words.places.isdisjoint(above[-2:]):
        return "places"
    return "handle" if not above and _HANDLE.search(who) else ""  # /anna_closet/, called anna_closet


def is_call(low: str) -> bool:
    """Whether words ask to do something: "Follow", "Visit the store"."""
    return low.split(" ")[0] in _words().calls


def speaks_of_standing(low: str) -> bool:
    """Whether words tell how long, how good or how known a seller is."""
    return _COUNTED.search(low) is not None or _words().standing.search(low) is not None


def _reading(value: str, element: etree._Element, text: str, suffix: str = "") -> Reading:
    return Reading(value, EXTRACTOR, Place(element, suffix), text, "the one link to a seller")


def _name(element: etree._Element) -> str:
    """The first text of a link that can be a name."""
    first = next((" ".join(str(text).split()) for text in element.itertext() if text.strip()), "")
    words = first.casefold().split()
    is_name = words and len(first) <= NAME_LIMIT and any(map(str.isalpha, first)) and words[0] not in _words().calls
    return first.lstrip("@") if is_name else ""


def _is_near(element: etree._Element, document: Document, view: View) -> bool:
    """Whether a link stands beside the heading of the product."""
    index = next((document.first_text[one] for one in element.iter() if one in document.first_text), None)
    head = view.headline.index
    return index is not None and head >= 0 and head - BEFORE <= index <= head + BEHIND


def _has_standing(element: etree._Element, blocks: dict[etree._Element, str], *, counts: bool) -> bool:
    """Whether words of standing are near a name; ``counts`` of stars, sales and reviews are enough.

    ``blocks`` keeps the texts of blocks: many links stand in one, and its text may be long.
    """
    current: etree._Element | None = element
    for _ in range(LEVELS + 1):
        if current is None or current.tag in ("body", "main"):
            return False
        if current not in blocks:
            blocks[current] = " ".join(" ".join(map(str, islice(current.itertext(), TEXTS_LIMIT))).split())
        text = blocks[current]
        if len(text) > AROUND_LIMIT:
            return False
        if (counts and _COUNTED.search(text)) or _words().standing.search(text.casefold()):
            return True
        current = current.getparent()
    return False
