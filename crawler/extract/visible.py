"""The visible page: what a careful person would read where no markup speaks.

Gives a ``Subject`` like every other source. Nothing here depends on a platform or on one class name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from lxml import etree

from crawler.extract import amounts, cards, headline, labels, named, rows, values
from crawler.extract.amount import Amount
from crawler.extract.amounts import stands_in_a_price
from crawler.extract.document import Document, Text
from crawler.extract.graph import Subject
from crawler.extract.headline import Headline
from crawler.extract.model import Place, Reading
from crawler.extract.regions import NAMES_LIMIT, OUTSIDE, TRAIL
from crawler.extract.runs import around
from crawler.items import Availability
from crawler.money import Money

EXTRACTOR = "visible"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CODE = re.compile(r"^[\w][\w./ #+-]{0,63}$")


@dataclass(slots=True)
class View:
    """What was seen, beside the subject: what the page's kind is judged by."""

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
    """The heading, the trail and what opens other products, with what is around them: no card holds one of these."""
    carded: bool = False
    """Amounts that looked like the price stood in cards of other products."""
    on_request: bool = False
    """The page says that the price must be asked for, or that there is none to pay."""
    best: Amount | None = None
    """The amount that was taken for the price."""
    held: int = 0
    """How many amounts, no farther from the heading than the price, stand in cards of other products."""


def read(document: Document) -> View:
    """Read the visible page."""
    head = headline.find(document)
    view = View(Subject(EXTRACTOR), head, spine=amounts.spine_of(head.element))
    if head.text and head.element is not None:
        view.subject.add("title", _reading(head.text, head.element, head.text))
        _bracketed(document, view)
    view.end = _end(document, head)
    view.whole = _whole(document, view)
    _cart(document, view)
    view.amounts = amounts.find(document, head, view.spine, view.cart, view.end)
    _prices(document, view)
    _without_price(view)
    _rows(document, view)
    _statements(document, view)
    _free_picture(document, view)
    _named(document, view)
    return view


def _bracketed(document: Document, view: View) -> None:
    """The article code that osCommerce and its children write in brackets after the name."""
    after = document.texts[view.headline.index + 1 : view.headline.index + 2] if view.headline.index >= 0 else []
    for text in after:
        found = re.fullmatch(r"\[([\w][\w./ #+-]{0,63})\]", text.text)
        if found:
            view.subject.add("sku", _reading(found[1], text.owner, text.text, "in brackets after the name"))


def _reading(value: object, element: etree._Element | None, text: str, note: str = "") -> Reading:
    return Reading(value, EXTRACTOR, Place(element), text, note)


def _end(document: Document, head: Headline) -> int:
    """Where a heading after the subject opens other products."""
    for text in document.texts[max(head.index + 1, 0) :]:
        if len(text.low) <= labels.LABEL_LIMIT and labels.is_related(text.low, _is_heading(text.owner)):
            return text.index
    return -1


def _whole(document: Document, view: View) -> frozenset[etree._Element]:
    trails = [element for name, element in document.named[:NAMED_LIMIT] if name == TRAIL][:2]
    marks = [*trails, document.texts[view.end].owner] if view.end >= 0 else trails
    return frozenset(view.spine).union(*(mark.iterancestors() for mark in marks))


def _in_a_card(amount: Amount, view: View, document: Document) -> bool:
    """Whether an amount is another product's; before other products begin, what holds their heading is no card."""
    whole = view.whole if not 0 <= view.end <= amount.text.index else view.spine
    return cards.holds(amount, view.headline, whole, document)


def _is_heading(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag in _HEADINGS or (parent is not None and parent.tag in _HEADINGS)


def _cart(document: Document, view: View) -> None:
    """The first button that puts the subject into a cart."""
    for text in document.texts:
        if len(text.low) <= labels.LABEL_LIMIT and text.region not in OUTSIDE and labels.is_cart(text.low):
            view.carts += not 0 <= view.end <= text.index
            if view.cart < 0 and text.index > view.headline.index:
                view.cart, view.cart_element = text.index, text.owner
    _cart_by_name(document, view)
    for element in document.all("input"):
        own = document.attributes[element]
        said = own.get("value") or own.get("alt") or own.get("title") or ""
        if own.get("type", "").lower() in ("submit", "button", "image") and labels.is_cart(said.casefold()):
            view.carts += 1
            if view.cart_element is None:
                view.cart_element = element


_CART_NAMES = re.compile(
    r"add[-_]?to[-_]?(?:cart|bag|basket|trolley)|(?:^|[\s_-])(?:btn|button)[-_]?cart(?=$|[\s_-])|buy[-_]?(?:now|button)",
    re.IGNORECASE,
)


def _cart_by_name(document: Document, view: View) -> None:
    """Buttons that their code calls so, in languages whose words for it are not known; others count nothing twice."""
    if view.carts:
        return
    for element in document.all("button", "a"):
        own = document.attributes[element]
        said = f"{own.get('class', '')} {own.get('id', '')} {own.get('name', '')}"[:NAMES_LIMIT]
        if not _CART_NAMES.search(said) or document.outside(element):
            continue
        view.carts += 1
        index = min((document.first_text[one] for one in element.iter() if one in document.first_text), default=-1)
        if view.cart_element is None and (index > view.headline.index or index < 0):
            view.cart, view.cart_element = index, element


def _prices(document: Document, view: View) -> None:
    """The price and the list price: best amount of each role, the list price near the price and above it."""
    ranked = sorted((one for one in view.amounts if one.role in ("price", "from", "low")), key=lambda one: -one.score)
    ranked = _own(ranked[:LOOKED_AT], document, view)
    net = [one for one in view.amounts if one.role == "excluded" and one.score > 0]
    best = next((one for one in ranked if one.score > 0), None)
    if best is None:  # "Regular price" alone is the price; a struck one never is
        named = [one for one in view.amounts if one.role == "was" and one.label and not one.struck and one.score > 0]
        named.sort(key=lambda one: -one.score)
        best = next(iter(_own(named[:LOOKED_AT], document, view)), None)
    if best is None and not view.carded:
        best = max(net, key=lambda one: one.score, default=None)
    if best is None:
        return
    view.best = best
    view.held = _held(view, best, document)
    money = best.money
    if best.role == "excluded":
        money = money.model_copy(update={"tax": "excluded"})
    elif net:
        money = money.model_copy(update={"tax": "included"})
    view.subject.add("price", _amount(money, best, "from" if best.role in ("from", "low") else ""))
    near = _old(view, best, document) if best.role != "was" else None
    if near is not None:
        view.subject.add("list_price", _amount(near.money, near))


def _held(view: View, best: Amount, document: Document) -> int:
    near = [one for one in view.amounts if one.level <= best.level]
    if len(near) <= NEAR_ENOUGH:
        return 0
    return sum(_in_a_card(one, view, document) for one in near[:NEAR_LIMIT])


def _old(view: View, best: Amount, document: Document) -> Amount | None:
    """The former price nearest to the price: above it, before other products begin, and in no card of another."""
    olds = [
        one for one in view.amounts if one.role == "was" and one.money.amount > best.money.amount and one.score > -2
    ]
    if 0 <= best.text.index < view.end:
        olds = [one for one in olds if one.text.index < view.end]
    olds.sort(key=lambda one: abs(one.text.index - best.text.index))
    return next((one for one in olds[:4] if not _in_a_card(one, view, document)), None)


PICTURES_LIMIT = 300
NAMED_LIMIT = 2_000  # elements called after a value among which the breadcrumbs are looked for
NEAR_ENOUGH = 6  # amounts beside a heading that one product may have: was, now, unit, instalment, net, shipping
NEAR_LIMIT = 60  # amounts that are tested for standing in a card
LOOKED_AT = 12  # best amounts that are tested for standing in a card


def _own(ranked: list[Amount], document: Document, view: View) -> list[Amount]:
    """The amounts that do not belong to a card of another product; stops at the first good one."""
    for index, one in enumerate(ranked):
        if one.score <= 0:
            break
        if _in_a_card(one, view, document):
            view.carded = True
        elif not (view.carded and one.region in OUTSIDE):  # beside a list: a price filter, best sellers
            return ranked[index:]
    return []


def _amount(money: Money, amount: Amount, note: str = "") -> Reading:
    return _reading(money, amount.text.owner, amount.reading.text, note or amount.reading.note)


def _without_price(view: View) -> None:
    """A heading that ends with the price: the name is what is left."""
    titles = view.subject.readings.get("title")
    if view.best is None or not titles:
        return
    name = titles[0].value.replace(view.best.reading.text, "").strip(" -–—:|,")
    if len(name) > 2 and name != titles[0].value:
        titles[0] = _reading(name, titles[0].place.element, titles[0].text, "without the price")
        view.headline.text = name


def _rows(document: Document, view: View) -> None:
    begin = max(0, view.headline.index - 15) if view.headline.index >= 0 else 0
    for row in rows.find(document, begin, view.end):
        view.rows += 1
        name = row.field
        value = _value(name, row.value)
        if value is None and name == "availability":  # "Estado", "État", "Status": of the stock, or of the thing
            name, value = "condition", _value("condition", row.value)
        if value:
            view.subject.add(name, _reading(value, row.text.owner, row.value, f"label {row.label}"))
    codes = view.subject.readings.get("sku", [])
    codes.sort(key=lambda one: _weakness(one.note.casefold()))


def _weakness(note: str) -> int:
    """How little a label means the shop's own article code: a model may be the maker's."""
    return 0 if "sku" in note else 2 if any(word in note for word in _MODELS) else 1


_MODELS = ("model", "modell", "modèle", "internet", "style", "malli", "модель", "型号", "型番", "모델")


def _named(document: Document, view: View) -> None:
    """What no label says and the name of an element does."""
    if view.headline.index < 0:
        return
    for field_, reading in named.find(document, view.headline, view.end):
        if field_ not in view.subject.readings:
            view.subject.add(field_, reading)
    if "brand" not in view.subject.readings:
        view.subject.add("brand", named.maker(document, view.headline))


def _value(name: str, raw: str) -> object:
    if name in ("sku", "mpn"):
        code = values.code(raw)
        return code if code and _CODE.match(code) else None
    if name == "gtin":
        return values.gtin(raw)
    if name == "availability":
        return labels.availability(raw) or _count(raw)
    if name == "condition":
        return labels.condition(raw)
    if name == "category":
        return values.category(raw)
    return raw if len(raw) <= 120 else None  # a brand, a seller, a pack: never a sentence


def _count(raw: str) -> str | None:
    """A stock level that is a bare number."""
    found = re.match(r"^(\d{1,6})\b", raw)
    return ("InStock" if int(found[1]) else "OutOfStock") if found else None


def _alone(document: Document, text: Text, view: View) -> bool:
    """A "Free" that is a line of its own, near a cart button: not the beginning of "Free delivery"."""
    near = view.cart >= 0 and abs(view.cart - text.index) < 12  # price and button are 1–8 texts apart
    return near and text.region not in OUTSIDE and around(document, text.index).text == text.text


def _free_picture(document: Document, view: View) -> None:
    """A picture that says "Free" where the price stands: the struck price beside it is what others pay."""
    if view.best is not None or view.on_request:
        return
    for picture in document.all("img")[:PICTURES_LIMIT]:
        own = document.attributes[picture]
        said = (own.get("alt") or own.get("title") or "").strip().casefold()
        if said and labels.is_free(said) and not document.outside(picture) and stands_in_a_price(picture, document):
            others = next((one.money.currency for one in view.amounts if one.money.currency), None)
            money = Money(amount=Decimal(0), currency=document.currency or others, reason="said to be free")
            view.subject.add("price", _reading(money, picture, said, "free"))
            view.on_request = True
            return


def _told_of(text: str) -> Availability | None:
    """The availability that a text states, alone or behind a label in whatever language."""
    found = labels.availability(text)
    if found is None and (colon := text.find(":")) > 0:
        found = labels.availability(text[colon + 1 :].strip())
    return cast("Availability | None", found)


def _statements(document: Document, view: View) -> None:
    """Availability and "price on request" said without a label, between heading and other products."""
    texts: list[Text] = document.texts
    begin = max(view.headline.index, 0)
    last = view.end if view.end >= 0 else len(texts)
    for text in texts[begin : min(last, begin + 250)]:
        if len(text.text) > labels.LABEL_LIMIT:
            continue
        if (found := _told_of(text.text)) and text.region not in OUTSIDE:
            view.subject.add("availability", _reading(found, text.owner, text.text))
        elif labels.is_free(text.low) and view.best is None and _alone(document, text, view):
            money = Money(amount=Decimal(0), currency=document.currency, reason="said to be free")
            view.subject.add("price", _reading(money, text.owner, text.text, "free"))
            view.on_request = True
        elif labels.is_on_request(text.low) and text.region not in OUTSIDE:
            view.on_request = True
            view.subject.add("price_problem", _reading("on_request", text.owner, text.text))
