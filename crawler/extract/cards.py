"""Lists: the repeated cards of a category, a search, or an old page that sells everything on one table.

A card is the largest element around an amount that holds no other card's amount: what repeats side by side. Its name
is its link's or heading's text; its own address tells whether a page of its own will say more.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from crawler.extract import labels, links
from crawler.extract.amounts import Amount, speaks_of_money
from crawler.extract.document import Document, text_content
from crawler.extract.graph import Subject
from crawler.extract.headline import Headline
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


def find(amounts: list[Amount]) -> list[Card]:
    """The cards that the page's amounts stand in; empty when nothing repeats."""
    ancestors: dict[etree._Element, int] = {}
    chains: list[tuple[Amount, list[etree._Element]]] = []
    for amount in amounts:
        chain: list[etree._Element] = []
        current: etree._Element | None = amount.text.owner
        while current is not None and current.tag not in ("body", "html") and len(chain) < HEIGHT_LIMIT:
            chain.append(current)
            current = current.getparent()
        for element in chain:
            ancestors[element] = ancestors.get(element, 0) + 1
        chains.append((amount, chain))
    cards: dict[etree._Element, Card] = {}
    for amount, chain in chains:
        around = _card(chain, ancestors)
        if around is not None and len(cards) < CARD_LIMIT:
            cards.setdefault(around, Card(around, [])).amounts.append(amount)
    return [card for card in cards.values() if len(cards) > 1]


def _card(chain: list[etree._Element], ancestors: dict[etree._Element, int]) -> etree._Element | None:
    """The highest ancestor before one that holds several named cards."""
    best = None
    for element in chain:
        if ancestors[element] > 3:  # was, now and a unit price are one card's
            break
        if _name(element) is not None:
            if best is not None and ancestors[element] > ancestors[best] and _names(element) > _names(best):
                break
            best = element
    return best


def _names(element: etree._Element) -> int:
    """How many things an element names: by links to different addresses, or by headings and bold text."""
    marks = sum(1 for one, _ in zip(element.iter(*_NAMES), range(20), strict=False) if _text(one))
    return max(len(_links(element)), marks)


def _links(element: etree._Element) -> set[str]:
    links = (link.get("href") or "#" for link, _ in zip(element.iter("a"), range(50), strict=False))
    return {href for href in links if href[0] != "#"}


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


def holds(amount: Amount, headline: Headline, spine: dict[etree._Element, int], document: Document) -> bool:
    """Whether an amount stands in a card of something else: beside another name, or a pictured link to another page."""
    here = page_path(document.url)
    current: etree._Element | None = amount.text.owner
    for _ in range(6):  # a card is 2–5 levels around its price
        if current is None or current.tag in ("body", "main") or current in spine:
            return False
        if current.tag == "a" and _is_card_link(current, here, document):
            return True
        if any(_is_card_link(link, here, document) for link in list(current.iter("a"))[:6]):
            return True
        if amount.alike > 1 and _names_another(current, headline.text):
            return True
        current = current.getparent()
    return False


def _names_another(element: etree._Element, subject_name: str) -> bool:
    """Whether a heading or bold text in a repeated block is the name of something that is not the page's subject."""
    for one in list(element.iter("h2", "h3", "h4", "h5", "b", "strong"))[:4]:
        text = _text(one)
        if (
            text
            and text.casefold() != subject_name.casefold()
            and not speaks_of_money(text)
            and labels.meaning(text.casefold()) is None
        ):
            return True
    return False


def _is_card_link(link: etree._Element, here: str, document: Document) -> bool:
    href = link.get("href") or "#"
    if href[0] == "#" or href.startswith(("javascript:", "mailto:", "tel:")):
        return False
    url = join(document.base, href)
    if url is None or (page_path(url) == here and "?" not in url):
        return False
    kind, _ = links.guess(url[:500])
    if kind == "product" and url != document.url:
        return True
    pictured = next(link.iter("img"), None) is not None
    return kind != "legal" and (pictured or _is_heading(link))


def _is_heading(link: etree._Element) -> bool:
    around = (one.tag for one, _ in zip(link.iterancestors(), range(3), strict=False))
    return any(tag in _NAMES[1:6] for tag in around) or next(link.iter(*_NAMES[1:6]), None) is not None


def page_path(url: str) -> str:
    """Path of an address, without what varies between visits."""
    return url.split("?")[0].split("#")[0].partition("//")[2].partition("/")[2].rstrip("/")
