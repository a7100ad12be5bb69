"""A card as a subject: its name, price, list price and picture, and the link that leads to its own page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract import legal
from crawler.extract.address import acts, guess, page_path
from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject
from crawler.extract.model import Place, Reading
from crawler.extract.outside import takes_orders
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.amounts import is_crossed
from crawler.extract.visible.cards import Card
from crawler.extract.visible.cart_button import is_open
from crawler.extract.visible.view import EXTRACTOR, GONE
from crawler.prices.mention import speaks_of_money

ELEMENTS_LIMIT = 200  # of a card that are asked for its stock
NO_CARDS = frozenset({"nav", "header", "footer", "filter", "choice", "cart"})  # regions whose amounts price no card


def subject(card: Card, document: Document) -> Subject:
    """Name, address, price, list price and picture of a card."""
    found = Subject(EXTRACTOR, listed=True)
    text, element = card.name
    found.add("title", Reading(_without_amounts(text, card), EXTRACTOR, Place(element), text))
    for name, amount in _priced(card):
        if name not in found.readings:
            found.add(name, Reading(amount.money, EXTRACTOR, Place(amount.text.owner), amount.reading.text))
    link = _link(card, element, document)
    if link is not None:
        found.add("url", Reading(link[0], EXTRACTOR, Place(link[1], "/@href"), link[2]))
    stock = _availability(card, document) or (_orderable(card, document) if link is None else None)
    if stock is not None:
        found.add("availability", stock)
    for picture in card.element.iter("img"):
        source = picture.get("data-src") or picture.get("src") or ""
        url = None if source.startswith("data:") else document.resolve(source)
        if url:
            found.add("images", Reading((url,), EXTRACTOR, Place(picture, "/@src"), source))
            break
    return found


def leave_shared_links(cards: list[Subject]) -> None:
    """Take the links from cards of which most lead to one address: an order form or the page itself is no thing's."""
    names: dict[str, set[str]] = {}
    for card in cards:
        names.setdefault(card.first("url") or "", set()).add(card.first("title") or "")
    for url, called in names.items():
        if url and len(called) >= SHARED and len(called) > len(cards) / 2:
            for card in cards:
                if card.first("url") == url:
                    del card.readings["url"]


SHARED = 3  # things under one link; two may be choices of one


def _without_amounts(text: str, card: Card) -> str:
    """The name of a card without the amounts that a link around all of it ends with."""
    for amount in reversed(card.amounts):
        text = text.removesuffix(amount.reading.text).rstrip(" -–—:|,") or text
    return text


def _availability(card: Card, document: Document) -> Reading | None:
    """What the texts of a card say of its stock, unless they contradict each other or an open cart button."""
    said: dict[str, Reading] = {}
    sold = False
    for element in islice(card.element.iter(), ELEMENTS_LIMIT):
        index = document.first_text.get(element)
        if index is None:
            continue
        says = document.texts[index].says
        sold = sold or (says.cart and is_open(element))
        if says.availability is not None:
            said.setdefault(
                says.availability, Reading(says.availability, EXTRACTOR, Place(element), document.texts[index].text)
            )
    only = next(iter(said.values())) if len(said) == 1 else None
    return None if only is not None and sold and only.value in GONE else only


def _orderable(card: Card, document: Document) -> Reading | None:
    """That a card without a page of its own can be had, by an open cart button or a field for how many in it."""
    for element in islice(card.element.iter(), ELEMENTS_LIMIT):
        own = document.attributes[element]
        counts = element.tag == "input" and own.get("type", "").lower() == "number" and "name" in own
        index = document.first_text.get(element)
        if (counts or (index is not None and document.texts[index].says.cart)) and is_open(element):
            return Reading(
                "InStock", EXTRACTOR, Place(element), own.get("name", "") if counts else "", "can be ordered"
            )
    return None


_PRICED = {"price": "price", "from": "price", "low": "price", "was": "list_price"}


def _priced(card: Card) -> Iterator[tuple[str, Amount]]:
    """The amounts of a card as price and list price; where all are called former ones, the lowest is the price.

    Templates call what is asked a "regular-price" or its column a "list-price"; what is struck by a tag is no price.
    """
    everybody = [one for one in card.amounts if not one.limited] or card.amounts
    named = [(_PRICED[one.role], one) for one in everybody if one.role in _PRICED]
    if named and all(name == "list_price" for name, _ in named):
        asked = [one for _, one in named if not is_crossed(one.text.owner)]
        lowest = min(asked, key=lambda one: one.money.amount, default=None)
        named = [("price" if one is lowest else "list_price", one) for _, one in named]
    yield from named


def addresses(found: list[Card], document: Document) -> frozenset[str]:
    """Where the cards lead: the link that is the name, or the first of the card. Price filters look like cards."""
    here = page_path(document.url)
    links = [
        (card.amounts[0].region, link[0])
        for card in found
        if card.amounts[0].region not in NO_CARDS and (link := _link(card, card.name[1], document))
    ]
    return frozenset(url for region, url in links if region != "aside" or page_path(url) != here)


def leads_to_a_list(card: Card, document: Document) -> bool:
    """Whether the link of a card leads to a category."""
    link = _link(card, card.name[1], document)
    return link is not None and guess(link[0][:500])[0] == "list"


def is_a_banner(card: Card, document: Document) -> bool:
    """Whether a card is called by its amounts and leads to a category, "Coats from $99", or a range: "$10 to $20"."""
    name = card.name[0]
    return speaks_of_money(name) and (leads_to_a_list(card, document) or _is_a_range(name, card))


def _is_a_range(name: str, card: Card) -> bool:
    """Whether nothing but a lower and an upper amount is in a name, with how many there are: an entry of a filter."""
    if not any(one.role == "high" for one in card.amounts):
        return False
    for amount in card.amounts:
        name = name.replace(amount.reading.text, " ", 1)
    return not _NAMING.search(name)


_NAMING = re.compile(r"[^\W\d_]{4,}")  # "to", "bis", "à", "(7)" are in a range, too


def _link(card: Card, name: etree._Element, document: Document) -> tuple[str, etree._Element, str] | None:
    """Address, element and href of the link that a card is about; a button that orders the thing is none."""
    candidates = [
        name,
        *name.iterancestors("a"),
        *name.iter("a"),
        *card.element.iter("a"),
        *card.element.iterancestors("a"),
    ]
    for link in candidates:
        href = link.get("href") if link.tag == "a" else None
        url = document.resolve(href) if href and href[0] != "#" else None
        if url and _may_be_its_page(url):
            return url, link, href or ""
    return None


@lru_cache(maxsize=8192)
def _may_be_its_page(url: str) -> bool:
    """Whether a card's link may lead to the thing's own page: no cart, no picture, no contact, no messenger."""
    no_page = acts(url[:500]) or legal.by_path(url[:500]) or _PICTURE.search(url) or takes_orders(url)
    return not no_page


_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|bmp|pdf)(?:$|[?#])", re.IGNORECASE)
