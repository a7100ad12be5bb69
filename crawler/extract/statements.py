"""What a page says without a label: that a thing is in stock, free, or sold at a price that must be asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from crawler.extract import labels
from crawler.extract.amounts import stands_in_a_price
from crawler.extract.document import Document, Text
from crawler.extract.regions import CHOICES, OUTSIDE
from crawler.extract.runs import around
from crawler.extract.view import View, reading
from crawler.items import Availability
from crawler.money import Money

PICTURES_LIMIT = 300


def read(document: Document, view: View) -> None:
    """Add availability and "price on request", said between the heading and other products."""
    texts: list[Text] = document.texts
    begin = max(view.headline.index, 0)
    last = view.end if view.end >= 0 else len(texts)
    for text in texts[begin : min(last, begin + 250)]:
        if len(text.text) > labels.LABEL_LIMIT:
            continue
        if text.region not in OUTSIDE | CHOICES and (found := _told_of(text.text)):
            view.subject.add("availability", reading(found, text.owner, text.text))
        elif labels.is_free(text.low) and view.best is None and _alone(document, text, view):
            money = Money(amount=Decimal(0), currency=document.currency, reason="said to be free")
            view.subject.add("price", reading(money, text.owner, text.text, "free"))
            view.on_request = True
        elif labels.is_on_request(text.low) and text.region not in OUTSIDE:
            view.on_request = True
            view.subject.add("price_problem", reading("on_request", text.owner, text.text))


def _told_of(text: str) -> Availability | None:
    """The availability that a text states, alone or behind a label in whatever language."""
    found = labels.availability(text)
    if found is None and (colon := text.find(":")) > 0:
        found = labels.availability(text[colon + 1 :].strip())
    return cast("Availability | None", found)


def _alone(document: Document, text: Text, view: View) -> bool:
    """A "Free" that is a line of its own, near a cart button: not the beginning of "Free delivery"."""
    near = view.cart >= 0 and abs(view.cart - text.index) < 12  # price and button are 1–8 texts apart
    return near and text.region not in OUTSIDE and around(document, text.index).text == text.text


def free_picture(document: Document, view: View) -> None:
    """A picture that says "Free" where the price stands: the struck price beside it is what others pay."""
    if view.best is not None or view.on_request:
        return
    for picture in document.all("img")[:PICTURES_LIMIT]:
        own = document.attributes[picture]
        said = (own.get("alt") or own.get("title") or "").strip().casefold()
        if said and labels.is_free(said) and not document.outside(picture) and stands_in_a_price(picture, document):
            others = next((one.money.currency for one in view.amounts if one.money.currency), None)
            money = Money(amount=Decimal(0), currency=document.currency or others, reason="said to be free")
            view.subject.add("price", reading(money, picture, said, "free"))
            view.on_request = True
            return
