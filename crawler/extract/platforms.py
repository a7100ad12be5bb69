"""Platform knowledge: which software runs a shop, and where its stock templates keep values; all of it data.

The table is ``data/platforms.yaml``. What it names is one more voice in the vote, never the last word: shops change
their templates and keep the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, NamedTuple, cast

import ahocorasick
from cssselect import HTMLTranslator
from lxml import etree

from crawler import tabular
from crawler.extract import stated, values
from crawler.extract.document import Document, text_content
from crawler.extract.markup.graph import Subject
from crawler.extract.model import Place, Reading
from crawler.extract.visible.other_cards import leads_elsewhere
from crawler.extract.visible.view import View
from crawler.money import Money, read_amount, read_prices

EXTRACTOR = "platform"
NAMED_FROM = 2.0  # sum of sign weights from which a platform is named
_ID = re.compile(r"[\w-]{1,64}")


class Query(NamedTuple):
    """A compiled selector: the names that a page must use for it to match at all, the XPath, and the attribute."""

    needs: frozenset[str]
    find: etree.XPath
    attribute: str
    css: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform of the table."""

    name: str
    signs: dict[str, float]
    fields: dict[str, tuple[Query, ...]]
    url: tuple[str, ...]


@cache
def table() -> dict[str, Platform]:
    """The platforms by name, selectors compiled."""
    text = resources.files("crawler.data").joinpath("platforms.yaml").read_text("utf-8")
    data: dict[str, Any] = tabular.parsed(text)
    return {
        name: Platform(
            name,
            {str(sign): float(weight) for sign, weight in entry["signs"].items()},
            {field: tuple(map(_query, css)) for field, css in entry.get("fields", {}).items()},
            tuple(entry.get("url", ())),
        )
        for name, entry in data.items()
    }


def _query(written: str) -> Query:
    css, _, attribute = written.partition(" @")
    names = re.findall(r"[#.]([\w-]+)|\[([\w-]+)", re.sub(r'"[^"]*"', "", css))
    return Query(
        frozenset(name or attribute for name, attribute in names),
        etree.XPath(HTMLTranslator().css_to_xpath(css)),
        attribute,
        written,
    )


def detect(document: Document) -> str | None:
    """The platform whose signs weigh most, if they weigh enough."""
    pieces = "\n".join([piece[:PIECE_LIMIT] for piece in _fingerprint(document)])
    found = {id(signs): signs for _, signs in _signs().iter(pieces)}
    return _heaviest(found.values(), document.meta("generator").lower())


PIECE_LIMIT = 120  # characters of one address, attribute or script's beginning: names of software stand early


def _fingerprint(document: Document) -> set[str]:
    """The parts of a page that a template writes itself: addresses of its files, first links, scripts' beginnings.

    A tenth of the source, and it leaves out what shop owners and visitors write.
    """
    pieces = {document.url}
    own = document.attributes
    pieces.update(own[element].get("href", "") for element in document.all("link")[:60])
    for script in document.scripts[:60]:
        pieces.update((script.attributes.get("src") or script.text[:PIECE_LIMIT], script.kind))
    pieces.update(own[element].get("src", "") for element in document.all("img")[:20])
    pieces.update(own[element].get("href", "") for element in document.all("a")[:30])
    for element in document.all("body", "main", "form", "header", "h1", "button")[:40]:
        pieces.update(f'{name}="{value}"' for name, value in own[element].items())
    for element in document.all("div")[:80]:
        pieces.update(own[element].values())
    return pieces


@cache
def _signs() -> ahocorasick.Automaton:
    """All signs of all platforms, found in one pass; each leads to the platforms it speaks for, with its weight."""
    automaton = ahocorasick.Automaton()
    for platform in table().values():
        for sign, weight in platform.signs.items():
            automaton.add_word(sign, [*automaton.get(sign, []), (platform.name, weight)])
    automaton.make_automaton()
    return automaton


def _heaviest(signs: Iterable[list[tuple[str, float]]], generator: str) -> str | None:
    best, name = NAMED_FROM - 0.01, None
    weights: dict[str, float] = {}
    for owner, weight in chain.from_iterable(signs):
        weights[owner] = weights.get(owner, 0.0) + weight
    for platform in table():
        if generator and (platform in generator.replace(" ", "") or _ALIASES.get(platform, "\0") in generator):
            return platform
        weight = weights.get(platform, 0.0)
        if weight > best:
            best, name = weight, platform
    return name


_ALIASES = {"squarespace": "squarespace", "wix": "wix.com", "zencart": "zen-cart", "oscommerce": "oscommerce"}


def read(document: Document, name: str | None, view: View) -> Subject:
    """What the platform's template says; the shop's own product id is looked for on every platform."""
    found = Subject(EXTRACTOR)
    platform = table().get(name or "")
    if platform:
        for field, queries in platform.fields.items():
            for query in queries:
                reading = _reading(field, query, document, view)
                if reading:
                    found.add(field, reading)
                    break
    return found


_PRICES = frozenset({"price", "list_price"})
_STRUCK = ("s", "del", "strike")
_ELSEWHERE = frozenset({"related", "cart", "filter", "review", "footer", "nav"})  # a sold-out label may be hidden


def _reading(field: str, query: Query, document: Document, view: View) -> Reading | None:
    if not query.needs <= document.names:
        return None
    for element in cast("list[etree._Element]", query.find(document.root))[:6]:
        if document.regions[element] in _ELSEWHERE or (field in _PRICES and _is_anothers(element, document, view)):
            continue
        if field == "price" and any(above.tag in _STRUCK for above in element.iterancestors()):
            continue
        raw = element.get(query.attribute) if query.attribute else _text(element, struck=field != "price")
        if not raw:
            continue
        value = _value(field, raw, document)
        if value:
            suffix = f"/@{query.attribute}" if query.attribute else ""
            return Reading(value, EXTRACTOR, Place(element, suffix), raw, query.css)
    return None


def _is_anothers(element: etree._Element, document: Document, view: View) -> bool:
    """Whether a price stands where other products do: behind their heading, or in a card that leads elsewhere."""
    if document.regions[element] == "grouped":
        return True
    index = document.first_text.get(element, -1)
    return 0 <= view.headline.index < view.end <= index or leads_elsewhere(element, view.spine, document)


def _text(element: etree._Element, *, struck: bool) -> str:
    """The text of an element; of a price's, without what is struck through in it."""
    crossed = [] if struck else list(element.iter(*_STRUCK))
    if not crossed:
        return text_content(element)
    gone = {inner for one in crossed for inner in one.iter()}
    pieces = [(one.text if one not in gone else "", one.tail if one is not element else "") for one in element.iter()]
    return " ".join(" ".join(piece or "" for pair in pieces for piece in pair).split())


def _value(field: str, raw: str, document: Document) -> Any:
    if field in ("price", "list_price"):
        return _money(raw, document)
    if field == "availability":
        return stated.availability(raw)
    if field == "condition":
        return stated.condition(raw)
    if field in ("sku", "mpn"):
        text = raw.rpartition(":")[2] if ":" in raw else raw
        return values.code(text)
    if field == "gtin":
        return values.gtin(raw)
    if field == "category":
        return (raw,)
    if field == "shop_product_id":
        return raw if _ID.fullmatch(raw) else None
    return raw


def _money(raw: str, document: Document) -> Money | None:
    """A number of a data attribute, or the one price of a text; several prices are not one."""
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", raw):
        amount = read_amount(raw, document.hints(document.currency))
        return (
            Money(amount=amount, currency=document.currency, reason="declared by the page")
            if amount is not None
            else None
        )
    found = [
        one for one in read_prices(raw[:200], document.hints()) if one.money and one.role in ("price", "was", "from")
    ]
    return found[0].money if len(found) == 1 and found[0].money else None
