"""Lists: the repeated cards of a category, a search, or an old page that sells everything on one table.

A card is the largest element around an amount that holds no other card's amount: what repeats side by side. Its name
is its link's or heading's text; its own address tells whether a page of its own will say more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract import labels, links
from crawler.extract.amount import Amount, speaks_of_money
from crawler.extract.document import Document, text_content
from crawler.extract.graph import Subject
from crawler.extract.headline import Headline
from crawler.extract.model import Place, Reading
from crawler.urls import join

EXTRACTOR = "visible"
CARD_LIMIT = 200  # cards of one page; shops show 12–120
CLIMB = 9  # levels from a price or a button to the card around it: Magento 2 wraps a price six times
LINKS_LIMIT = 8  # different addresses in one card: its page, cart, wish list, comparison, maker, tags
HEIGHT_LIMIT = 12  # levels a card may reach up from its price
_BOLD = frozenset({"strong", "b"})  # a price set in bold is no name
_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")


_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)  # a gallery's link is no card's
Name = tuple[str, etree._Element]


@dataclass(slots=True)
class Card:
    """The element of a card, what it names, and the amounts that stand in it."""

    element: etree._Element
    name: Name
    amounts: list[Amount]


def find(amounts: list[Amount]) -> list[Card]:
    """The cards that the page's amounts stand in; empty when nothing repeats."""
    chains = [(amount, _chain(amount.text.owner)) for amount in amounts]
    held = Counter(element for _, chain in chains for element in chain)
    named: dict[etree._Element, Name | None] = {}
    cards: dict[etree._Element, Card] = {}
    for amount, chain in chains:
        around = _card(chain, held, named)
        name = named[around] if around is not None else None
        if around is not None and name is not None and len(cards) < CARD_LIMIT:
            cards.setdefault(around, Card(around, name, [])).amounts.append(amount)
    return [card for card in cards.values() if len(cards) > 1]


def _chain(element: etree._Element) -> list[etree._Element]:
    """An element and its ancestors, as far as a card reaches."""
    chain: list[etree._Element] = []
    current: etree._Element | None = element
    while current is not None and current.tag not in ("body", "html") and len(chain) < HEIGHT_LIMIT:
        chain.append(current)
        current = current.getparent()
    return chain


def _card(
    chain: list[etree._Element], held: Counter[etree._Element], named: dict[etree._Element, Name | None]
) -> etree._Element | None:
    """The highest ancestor before one that holds several named cards; ``held`` counts the amounts in each element."""
    best = None
    for element in chain:
        if held[element] > 3:  # was, now and a unit price are one card's
            break
        if element not in named:
            named[element] = _name(element)
        if named[element] is not None:
            more = best is not None and held[element] > held[best] and _names(element) > _names(best)
            if more or (best is not None and len(_links(element)) > LINKS_LIMIT):
                break
            best = element
    return best


def _names(element: etree._Element) -> int:
    """How many things an element names: by links to different addresses, or by headings and bold text."""
    marks = sum(1 for one in islice(element.iter(*_NAMES), 20) if _text(one))
    return max(len(_links(element)), marks)


def _links(element: etree._Element) -> set[str]:
    links = (link.get("href") or "#" for link in islice(element.iter("a"), 50))
    return {href for href in links if href[0] != "#"}


def _name(element: etree._Element) -> Name | None:
    """What a card calls its thing: its highest heading, else bold text, else a link, else a picture's text."""
    best, rank = None, len(_RANKS)
    for one in element.iter(*_RANKS):
        own = _RANKS[str(one.tag)]
        if (
            own < rank
            and not (one.tag in _BOLD and speaks_of_money(text_content(one)))
            and (text := (one.get("alt") or "").strip() if one.tag == "img" else _text(one))
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
    named = next((one for one in inner if _CALLED_NAME.search(one.get("class") or "") and _is_name(_text(one))), None)
    if named is not None:
        return _text(named), named
    said = next(((one.get("alt") or "").strip() for one in islice(element.iter("img"), 1)), "")
    return (said if _is_name(said) else text), element


def _is_name(text: str) -> bool:
    return len(text) > 2 and not speaks_of_money(text)


_CALLED_NAME = re.compile(r"(?:name|title|nombre|titulo|naam|nazwa|heading)(?=$|[\s_-])", re.IGNORECASE)


def _text(element: etree._Element) -> str:
    text = text_content(element)
    return text if 2 < len(text) < 300 and any(map(str.isalpha, text)) and text.lower() not in _BUTTONS else ""


_NO_PAGES = ("javascript:", "mailto:", "tel:")
_BUTTONS = frozenset(
    {"add to cart", "buy now", "details", "more", "view", "buy", "more info", "quick view", "sale", "new"}
)
_RANKS = {tag: rank for rank, tag in enumerate((*_NAMES, "a", "img"))}


def addresses(found: list[Card], document: Document) -> frozenset[str]:
    """Where the cards lead: the link that is the name, or the first of the card. Price filters look like cards."""
    here = page_path(document.url)
    links = [
        (card.amounts[0].region, link[0])
        for card in found
        if card.amounts[0].region not in NO_CARDS and (link := _link(card, card.name[1], document))
    ]
    return frozenset(url for region, url in links if region != "aside" or page_path(url) != here)


NO_CARDS = frozenset({"nav", "header", "footer", "filter", "choice", "cart"})  # regions whose amounts price no card


def subject(card: Card, document: Document) -> Subject:
    """Name, address, price, list price and picture of a card."""
    found = Subject(EXTRACTOR, listed=True)
    text, element = card.name
    found.add("title", Reading(text, EXTRACTOR, Place(element), text))
    for amount in card.amounts:
        name = {"price": "price", "from": "price", "low": "price", "was": "list_price"}.get(amount.role)
        if name and name not in found.readings:
            found.add(name, Reading(amount.money, EXTRACTOR, Place(amount.text.owner), amount.reading.text))
    link = _link(card, element, document)
    if link is not None:
        found.add("url", Reading(link[0], EXTRACTOR, Place(link[1], "/@href"), link[2]))
    for picture in card.element.iter("img"):
        source = picture.get("data-src") or picture.get("src") or ""
        url = None if source.startswith("data:") else join(document.base, source)
        if url:
            found.add("images", Reading((url,), EXTRACTOR, Place(picture, "/@src"), source))
            break
    return found


def _link(card: Card, name: etree._Element, document: Document) -> tuple[str, etree._Element, str] | None:
    """Address, element and href of the link that a card is about."""
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
            return url, link, href or ""
    return None


def holds(amount: Amount, headline: Headline, whole: Collection[etree._Element], document: Document) -> bool:
    """Whether an amount stands in a card of something else: beside another name, or a pictured link to another page.

    ``whole`` are elements too large for a card: those around the heading of the page.
    """
    here = page_path(document.url)
    current: etree._Element | None = amount.text.owner
    for _ in range(CLIMB):
        if current is None or current.tag in ("body", "main") or current in whole:
            return False
        if current.tag == "a" and _is_card_link(current, here, document):
            return True
        inside = list(islice(current.iter("a"), 6))
        if any(_is_card_link(link, here, document) for link in inside) or _twice(inside, here, document):
            return True
        if amount.alike > 1 and (
            _names_another(current, headline.text) or _links_another(current, here, headline.text, document)
        ):
            return True
        current = current.getparent()
    return False


def _twice(inside: list[etree._Element], here: str, document: Document) -> bool:
    """Whether two links lead to one other page and one of them names it: a card's picture and its name."""
    names: dict[str, list[str]] = {}
    for link in inside:
        href = link.get("href") or "#"
        if href[0] != "#" and "?" not in href and not href.startswith(_NO_PAGES):
            names.setdefault(href, []).append(_text(link))
    for href, texts in names.items():
        if len(texts) > 1 and any(texts) and not all(texts):
            url = join(document.base, href)
            return url is not None and page_path(url) != here and links.guess(url[:500])[0] != "legal"
    return False


def leads_elsewhere(element: etree._Element, spine: dict[etree._Element, int], document: Document) -> bool:
    """Whether an element stands beside a pictured or headed link to another page, apart from the heading."""
    here = page_path(document.url)
    current: etree._Element | None = element
    for _ in range(CLIMB):
        if current is None or current.tag in ("body", "main") or current in spine:
            return False
        if any(_is_card_link(link, here, document) for link in islice(current.iter("a"), 6)):
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


def _links_another(element: etree._Element, here: str, subject_name: str, document: Document) -> bool:
    """Whether a link in a repeated block names another page's thing: plain lists have neither pictures nor headings."""
    for link in islice(element.iter("a"), 3):
        text = _text(link)
        url = join(document.base, link.get("href") or "#") if text else None
        if url is None or page_path(url) == here:
            continue
        below = bool(here) and page_path(url).startswith(f"{here}/")  # /catalog/rugs/alpaca, seen on /catalog/rugs
        if not below and links.guess(url[:500])[0] in ("legal", "list"):
            continue
        if text.casefold() != subject_name.casefold() and not speaks_of_money(text) and not _is_label(text):
            return True
    return False


def _is_label(text: str) -> bool:
    low = text.casefold()
    return labels.meaning(low) is not None or labels.is_cart(low)


def _is_card_link(link: etree._Element, here: str, document: Document) -> bool:
    href = link.get("href") or "#"
    if href[0] == "#" or href.startswith(_NO_PAGES) or _PICTURE.search(href):
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
