"""What was seen of a visible page, beside its subject: what the page's kind is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from crawler.extract.markup.graph import Subject
from crawler.extract.model import Place, Reading
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.headline import Headline

EXTRACTOR = "visible"
GONE = frozenset({"OutOfStock", "SoldOut", "Discontinued"})
NEAR_ENOUGH = 6  # amounts beside a heading that one product may have: was, now, unit, instalment, net, shipping


@dataclass(slots=True)
class View:
    """The subject, and the places and counts around it; texts by their index in the document."""

    subject: Subject
    headline: Headline
    amounts: list[Amount] = field(default_factory=list)
    cart: int = -1
    """Index of the text at which the cart button stands, -1 without one."""
    cart_element: etree._Element | None = None
    carts: int = 0
    end: int = -1
    """Index of the text where related products begin, -1 when they do not."""
    rows: int = 0
    spine: dict[etree._Element, int] = field(default_factory=dict)
    """The heading and its ancestors, with their levels."""
    whole: frozenset[etree._Element] = frozenset()
    """The heading, its like, the trail and what opens other products, with what is around them: no card holds one."""
    carded: bool = False
    """Amounts that looked like the price stood in cards of other products."""
    rowed: bool = False
    """The price stands in one of several rows of one form, each with a picture: it is one thing's among many."""
    on_request: bool = False
    """The page says that the price must be asked for, or that there is none to pay."""
    best: Amount | None = None
    """The amount that was taken for the price."""
    held: int = 0
    """How many amounts, no farther from the heading than the price, stand in cards of other products."""


def reading(value: object, element: etree._Element | None, text: str, note: str = "") -> Reading:
    """A reading of the visible page."""
    return Reading(value, EXTRACTOR, Place(element), text, note)
