"""Lists: the repeated cards of a category, a search, or an old page that sells everything on one table.

A card is the largest element around an amount that holds no other card's amount: what repeats side by side. Its name
is its link's or heading's text; its own address tells whether a page of its own will say more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract.visible import flat_cards
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.card_name import Blocks, Name

CARD_LIMIT = 200  # cards of one page; shops show 12–120
LINKS_LIMIT = 8  # different addresses in one card: its page, cart, wish list, comparison, maker, tags
ROWS = 3  # built alike from which they are a list
FORM_LIMIT = 60  # elements of a card whose order is its form
ECHO_LEVELS = 5  # from an amount, or its sign, up to the box that it shares with its echo
HEIGHT_LIMIT = 12  # levels a card may reach up from its price


@dataclass(slots=True)
class Card:
    """The element of a card, what it names, and the amounts that stand in it."""

    element: etree._Element
    name: Name
    amounts: list[Amount]


def find(amounts: list[Amount]) -> list[Card]:
    """The cards that the page's amounts stand in; empty when nothing repeats."""
    blocks = Blocks()
    chains = [(amount, _chain(amount.text.owner)) for amount in amounts]
    chains = [one for i, one in enumerate(chains) if not any(_echoes(one, chains[j], blocks) for j in _before(i))]
    held = Counter(element for _, chain in chains for element in chain)
    cards: dict[etree._Element, Card] = {}
    for amount, chain in chains:
        around = _card(chain, held, blocks)
        name = blocks.name(around) if around is not None else None
        if around is not None and name is not None and len(cards) < CARD_LIMIT:
            cards.setdefault(around, Card(around, name, [])).amounts.append(amount)
    above = Counter(one for card in cards.values() for one in card.element.iterancestors() if one in cards)
    found = [
        card for card in cards.values() if len(cards) > 1 and above[card.element] < 2
    ]  # a part of the page is none
    return found or _flat([amount for amount, _ in chains], blocks)


def _flat(amounts: list[Amount], blocks: Blocks) -> list[Card]:
    cards: dict[etree._Element, Card] = {}
    for element, amount in flat_cards.find(amounts, blocks):
        name = blocks.name(element)
        if name is not None and len(cards) < CARD_LIMIT:
            cards.setdefault(element, Card(element, name, [])).amounts.append(amount)
    return list(cards.values())


_Chained = tuple[Amount, list[etree._Element]]


def _before(index: int) -> range:
    """Where what an amount may say again stands: right before it, or with the other end of a range between them."""
    return range(max(index - 2, 0), index)


def _echoes(one: _Chained, before: _Chained, blocks: Blocks) -> bool:
    """Whether an amount says again, for those who hear the page, what stands beside it: in a box that names nothing."""
    if one[0].money.amount != before[0].money.amount:
        return False
    shared = next((element for element in one[1][:ECHO_LEVELS] if element in before[1][:ECHO_LEVELS]), None)
    return shared is not None and not blocks.count(shared)


def is_a_row(amount: Amount, found: list[Card]) -> bool:
    """Whether an amount stands in one of several cards that are built alike, each with a picture: hand-made lists."""
    own = next((card for card in found if any(one is amount for one in card.amounts)), None)
    if own is None or next(own.element.iter("img"), None) is None:
        return False
    form = _form(own.element)
    return sum(_form(card.element) == form for card in found) >= ROWS


def _form(element: etree._Element) -> list[object]:
    return [one.tag for one in islice(element.iter(), FORM_LIMIT)]


def _chain(element: etree._Element) -> list[etree._Element]:
    """An element and its ancestors, as far as a card reaches."""
    chain: list[etree._Element] = []
    current: etree._Element | None = element
    while current is not None and current.tag not in ("body", "html") and len(chain) < HEIGHT_LIMIT:
        chain.append(current)
        current = current.getparent()
    return chain


def _card(chain: list[etree._Element], held: Counter[etree._Element], blocks: Blocks) -> etree._Element | None:
    """The highest ancestor before one that holds several named cards; ``held`` counts the amounts in each element."""
    best = None
    for element in chain:
        if held[element] > 3:  # was, now and a unit price are one card's
            break
        if blocks.name(element) is not None:
            more = best is not None and held[element] > held[best] and blocks.count(element) > blocks.count(best)
            if more or (best is not None and len(blocks.addresses(element)) > LINKS_LIMIT):
                break
            best = element
    return best
