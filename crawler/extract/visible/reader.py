"""The visible page: what a careful person would read where no markup speaks.

Gives a ``Subject`` like every other source. Nothing here depends on a platform or on one class name.
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.markup.graph import Subject
from crawler.extract.regions import OUTSIDE, TRAIL
from crawler.extract.visible import amounts, cart_button, headline, shown_fields, shown_price, statements
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.view import EXTRACTOR, View, reading

NAMED_LIMIT = 2_000  # elements called after a value among which the breadcrumbs are looked for
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def read(document: Document) -> View:
    """Read the visible page."""
    head = headline.find(document)
    view = View(Subject(EXTRACTOR), head, spine=amounts.spine_of(head.element))
    if head.text and head.element is not None:
        view.subject.add("title", reading(head.text, head.element, head.text))
        _bracketed(document, view)
    view.end = _end(document, head)
    view.whole = _whole(document, view)
    cart_button.find(document, view)
    view.amounts = amounts.find(document, head, view.spine, view.cart, view.end)
    shown_price.read(document, view)
    _without_price(view)
    shown_fields.labelled(document, view)
    statements.read(document, view)
    statements.free_picture(document, view)
    shown_price.only_asked_for(view)
    shown_fields.called(document, view)
    return view


def _bracketed(document: Document, view: View) -> None:
    """The article code that osCommerce and its children write in brackets after the name."""
    after = document.texts[view.headline.index + 1 : view.headline.index + 2] if view.headline.index >= 0 else []
    for text in after:
        found = re.fullmatch(r"\[([\w][\w./ #+-]{0,63})\]", text.text)
        if found:
            view.subject.add("sku", reading(found[1], text.owner, text.text, "in brackets after the name"))


def _end(document: Document, head: Headline) -> int:
    """Where a heading after the subject opens other products; nothing is behind a name that is not in the text."""
    if head.index < 0:
        return -1
    for text in document.texts[head.index + 1 :]:
        if text.says.related or (text.says.related_as_heading and _is_heading(text.owner)):
            return text.index
    return -1


def _whole(document: Document, view: View) -> frozenset[etree._Element]:
    trails = [element for name, element in document.named[:NAMED_LIMIT] if name == TRAIL][:2]
    marks = [*trails, document.texts[view.end].owner] if view.end >= 0 else trails
    marks += _named_again(document, view)
    return frozenset(view.spine).union(*(mark.iterancestors() for mark in marks))


def _named_again(document: Document, view: View) -> list[etree._Element]:
    """Where a page says its heading once more, below it and in no link: beside the price, for small screens."""
    head, last = view.headline, view.end if view.end >= 0 else len(document.texts)
    said = head.text.casefold() if head.strong and head.element is not None else ""
    below = document.texts[max(head.index, 0) : last]
    found = [text.owner for text in below if text.low == said and text.region not in OUTSIDE]
    again = [one for one in found if one.tag != "a" and next(one.iterancestors("a"), None) is None]
    again = [one for one in again if one is not head.element and head.element not in one.iterancestors()]
    return again if len(again) == 1 else []


def _is_heading(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag in _HEADINGS or (parent is not None and parent.tag in _HEADINGS)


def _without_price(view: View) -> None:
    """A heading that ends with the price: the name is what is left."""
    titles = view.subject.readings.get("title")
    if view.best is None or not titles:
        return
    name = titles[0].value.replace(view.best.reading.text, "").strip(" -–—:|,")
    if len(name) > 2 and name != titles[0].value:
        titles[0] = reading(name, titles[0].place.element, titles[0].text, "without the price")
        view.headline.text = name
