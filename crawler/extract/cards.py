"""Lists: the repeated cards of a category, a search, or an old page that sells everything on one table.

A card is the largest element around an amount that holds no other card's amount: what repeats side by side. Its name
is its link's or heading's text; its own address tells whether a page of its own will say more.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from crawler.extract.amounts import Amount
from crawler.extract.document import Document, text_content
from crawler.extract.graph import Subject
from crawler.extract.model import Place, Reading
from crawler.urls import join

EXTRACTOR = "visible"
CARD_LIMIT = 200  # cards of one page; shops show 12–120
HEIGHT_LIMIT = 12  # levels a card may reach up from its price
_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")


@dataclass(slots=True)
class Card:
    """The element of a card and the amounts that stand in it."""

    element: etree._Element
    amounts: list[Amount]


def find(document: Document, amounts: list[Amount]) -> list[Card]:
    """The cards that the page's amounts stand in; empty when nothing repeats."""
    ancestors: dict[etree._Element, int] = {}
    chains: list[tuple[Amount, list[etree._Element]]] = []
    for amount in amounts:
        chain = []
        current: etree._Element | None = amount.text.owner
        while current is not None and current.tag not in ("body", "html") and len(chain) < HEIGHT_LIMIT:
            chain.append(current)
            current = current.getparent()
        for element in chain:
            ancestors[element] = ancestors.get(element, 0) + 1
        chains.append((amount, chain))
    cards: dict[etree._Element, Card] = {}
    for amount, chain in chains:
        element = _card(chain, ancestors)
        if element is not None and len(cards) < CARD_LIMIT:
            cards.setdefault(element, Card(element, [])).amounts.append(amount)
    return [card for card in cards.values() if len(cards) > 1]


def _card(chain: list[etree._Element], ancestors: dict[etree._Element, int]) -> etree._Element | None:
    """The highest ancestor before one that holds several named cards."""
    best = None
    for element in chain:
        if ancestors[element] > 3:  # was, now and a unit price are one card's
            break
        if _name(element) is not None:
            if best is not None and ancestors[element] > ancestors[best] and len(_links(element)) > len(_links(best)):
                break
            best = element
    return best


def _links(element: etree._Element) -> set[str]:
    return {link.get("href") or "" for link in element.iter("a") if (link.get("href") or "#")[0] != "#"}


def _name(element: etree._Element) -> tuple[str, etree._Element] | None:
    for tag in _NAMES:
        for one in element.iter(tag):
            if text := _text(one):
                return text, one
    for link in element.iter("a"):
        if text := _text(link):
            return text, link
    for picture in element.iter("img"):
        if text := (picture.get("alt") or "").strip():
            return text, picture
    return None


def _text(element: etree._Element) -> str:
    text = text_content(element)
    return text if any(map(str.isalpha, text)) and 2 < len(text) < 300 and text.lower() not in _BUTTONS else ""


_BUTTONS = frozenset(
    {"add to cart", "buy now", "details", "more", "view", "buy", "more info", "quick view", "sale", "new"}
)


def subject(card: Card, document: Document) -> Subject | None:
    """Name, address, price, list price and picture of a card."""
    named = _name(card.element)
    if named is None:
        return None
    found = Subject(EXTRACTOR, listed=True)
    found.add("title", Reading(named[0], EXTRACTOR, Place(named[1]), named[0]))
    for amount in card.amounts:
        name = {"price": "price", "from": "price", "low": "price", "was": "list_price"}.get(amount.role)
        if name and name not in found.readings:
            found.add(name, Reading(amount.money, EXTRACTOR, Place(amount.text.owner), amount.reading.text))
    _address(card, named[1], document, found)
    for picture in card.element.iter("img"):
        source = picture.get("data-src") or picture.get("src") or ""
        url = None if source.startswith("data:") else join(document.base, source)
        if url:
            found.add("images", Reading((url,), EXTRACTOR, Place(picture, "/@src"), source))
            break
    return found


def _address(card: Card, name: etree._Element, document: Document, found: Subject) -> None:
    candidates = [
        name,
        *name.iterancestors("a"),
        *name.iter("a"),
        *card.element.iter("a"),
        *card.element.iterancestors("a"),
    ]
    for link in candidates:
        href = link.get("href") if link.tag == "a" else None
        url = join(document.base, href) if href and href[0] != "#" else None
        if url:
            found.add("url", Reading(url, EXTRACTOR, Place(link, "/@href"), href or ""))
            return
