"""What a page says without a label: that a thing is in stock, free, or sold at a price that must be asked for."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

from crawler.extract import labels
from crawler.extract.document import Document, Text, text_content
from crawler.extract.model import Reading
from crawler.extract.regions import CHOICES, OUTSIDE
from crawler.extract.visible.bare import stands_in_a_price
from crawler.extract.visible.cart_button import is_idle_badge
from crawler.extract.visible.other_cards import leads_elsewhere
from crawler.extract.visible.runs import around
from crawler.extract.visible.view import GONE, View, reading
from crawler.money import Money

CARDS_LIMIT = 20  # texts that are tested for standing in a card of another product
PICTURES_LIMIT = 300
_ELSEWHERE = OUTSIDE | CHOICES
_CHOICE_TAGS = frozenset({"li", "label", "button"})
CHOICES_LIMIT = 60  # elements beside a choice that are looked at
_CHOSEN = frozenset({"a", "button", "label", "li", "th"})
SIZE_LIMIT = 16  # characters of a choice's name: "40 2/3", "XL / schwarz"


def read(document: Document, view: View) -> None:
    """Add availability and "price on request", said between the heading and other products."""
    texts: list[Text] = document.texts
    begin = max(view.headline.index, 0)
    last = view.end if view.end >= 0 else len(texts)
    looked_at = 0
    stated: Reading | None = None
    for text in texts[begin : min(last, begin + 250)]:
        says = text.says
        if says.availability and text.region not in _ELSEWHERE and looked_at < CARDS_LIMIT:
            looked_at += 1
            if not (
                _of_one_way(text, texts)
                or _of_a_choice(text)
                or is_idle_badge(says.availability, text.owner, view, document)
                or leads_elsewhere(text.owner, view.spine, document)
            ):
                view.subject.add("availability", reading(says.availability, text.owner, text.text))
        elif says.condition and text.region not in _ELSEWHERE and not _is_chosen(text):
            stated = stated or reading(says.condition, text.owner, text.text)
        elif says.free and view.best is None and _alone(document, text, view):
            view.subject.add("price", reading(_nothing(document, view), text.owner, text.text, "free"))
            view.on_request = True
        elif says.on_request and text.region not in OUTSIDE and looked_at < CARDS_LIMIT:
            looked_at += 1
            if not leads_elsewhere(text.owner, view.spine, document):
                view.on_request = True
                view.subject.add("price_problem", reading("on_request", text.owner, text.text))
    if "condition" not in view.subject.readings:
        view.subject.add("condition", stated)


def _is_chosen(text: Text) -> bool:
    """Whether words stand on something to be chosen or followed: one of the conditions in which a thing is sold."""
    return any(one.tag in _CHOSEN for one in (text.owner, *islice(text.owner.iterancestors(), 3)))


def _of_one_way(text: Text, texts: list[Text]) -> bool:
    """Whether a statement stands right behind a way of getting the thing: "Pickup", "Not available"."""
    return text.says.availability in GONE and text.index > 0 and labels.is_fulfilment(texts[text.index - 1].low)


def _of_a_choice(text: Text) -> bool:
    """Whether a statement follows a size in one of several choices: "40 sold out", unless all of them say so."""
    if text.says.availability not in GONE:
        return False
    choice = next(
        (one for one in (text.owner, *islice(text.owner.iterancestors(), 3)) if one.tag in _CHOICE_TAGS), None
    )
    around = choice.getparent() if choice is not None else None
    if choice is None or around is None:
        return False
    size = text_content(choice).casefold().replace(text.low, "", 1).strip(" ()-–,")
    others = [one for one in islice(around, CHOICES_LIMIT) if one.tag == choice.tag and one is not choice]
    if not size or len(size) > SIZE_LIMIT or labels.meaning(size) or not others:
        return False
    return any(text.low not in text_content(one).casefold() for one in others)


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
