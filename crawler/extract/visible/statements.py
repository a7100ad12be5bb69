"""What a page says without a label: that a thing is in stock, free, or sold at a price that must be asked for."""

from __future__ import annotations

from decimal import Decimal

from crawler.extract import labels
from crawler.extract.document import Document, Text
from crawler.extract.regions import CHOICES, OUTSIDE
from crawler.extract.visible.bare import stands_in_a_price
from crawler.extract.visible.other_cards import leads_elsewhere
from crawler.extract.visible.runs import around
from crawler.extract.visible.view import GONE, View, reading
from crawler.money import Money

CARDS_LIMIT = 20  # texts that are tested for standing in a card of another product
PICTURES_LIMIT = 300
_ELSEWHERE = OUTSIDE | CHOICES


def read(document: Document, view: View) -> None:
    """Add availability and "price on request", said between the heading and other products."""
    texts: list[Text] = document.texts
    begin = max(view.headline.index, 0)
    last = view.end if view.end >= 0 else len(texts)
    looked_at = 0
    for text in texts[begin : min(last, begin + 250)]:
        says = text.says
        if says.availability and text.region not in _ELSEWHERE and not _of_one_way(text, texts):
            view.subject.add("availability", reading(says.availability, text.owner, text.text))
        elif says.free and view.best is None and _alone(document, text, view):
            view.subject.add("price", reading(_nothing(document, view), text.owner, text.text, "free"))
            view.on_request = True
        elif says.on_request and text.region not in OUTSIDE and looked_at < CARDS_LIMIT:
            looked_at += 1
            if not leads_elsewhere(text.owner, view.spine, document):
                view.on_request = True
                view.subject.add("price_problem", reading("on_request", text.owner, text.text))


def _of_one_way(text: Text, texts: list[Text]) -> bool:
    """Whether a statement stands right behind a way of getting the thing: "Pickup", "Not available"."""
    return text.says.availability in GONE and text.index > 0 and labels.is_fulfilment(texts[text.index - 1].low)


def _alone(document: Document, text: Text, view: View) -> bool:
    """A "Free" that is a line of its own, near the button or the first price, struck: not "Free delivery"."""
    near = view.cart >= 0 and abs(view.cart - text.index) < 12  # price and button are 1–8 texts apart
    if not near and view.carts == 1:  # a button without a text has no place
        before = [one for one in view.amounts if view.headline.index < one.text.index < text.index]
        near = len(before) == 1 and before[0].struck and text.index - before[0].text.index <= 2
    return near and text.region not in OUTSIDE and around(document, text.index).text == text.text


def free_picture(document: Document, view: View) -> None:
    """A picture that says "Free" where the price stands: the struck price beside it is what others pay."""
    if view.best is not None or view.on_request:
        return
    for picture in document.all("img")[:PICTURES_LIMIT]:
        own = document.attributes[picture]
        said = (own.get("alt") or own.get("title") or "").strip().casefold()
        if said and labels.is_free(said) and not document.outside(picture) and stands_in_a_price(picture, document):
            view.subject.add("price", reading(_nothing(document, view), picture, said, "free"))
            view.on_request = True
            return


def _nothing(document: Document, view: View) -> Money:
    """No money, in the currency of the page, else of the amounts on it."""
    others = next((one.money.currency for one in view.amounts if one.money.currency), None)
    return Money(amount=Decimal(0), currency=document.currency or others, reason="said to be free")
