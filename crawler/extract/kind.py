"""What a page is: a product, a list, a legal page, or something else, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extract import accounts, legal, signs
from crawler.extract.address import guess, page_path
from crawler.extract.document import Document
from crawler.extract.markup import meta
from crawler.extract.markup.graph import Subject
from crawler.extract.model import PageKind
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible import compared, details, page_title, seller
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.cards import Card
from crawler.extract.visible.product_id import product_id
from crawler.extract.visible.view import View


@dataclass(slots=True)
class Judgement:
    """The kind of a page and the marked-up subjects that are its own."""

    kind: PageKind = "other"
    detail: str = ""
    confidence: float = 0.5
    subjects: list[Subject] = field(default_factory=list)


def judge(document: Document, view: View, marked: list[Subject], found: list[Card], state: Subject) -> Judgement:
    """Weigh mark-up, the visible price, the cart button, labelled rows and the number of cards."""
    own = [one for one in marked if not one.listed]
    subjects = [one for one in own if _agrees(one, view, document)]
    if len(subjects) > 1 and len(own) > 2 and all(_says_more(one, view) for one in subjects):
        subjects = []  # "Deck shoes" over many deck shoes: what they are, and none of them
    if not subjects and len(own) == 1 and not _speaks_of_another(own[0], view, document):
        subjects = own
    nameless = [one for one in own if not one.first("title") and not one.first("url")]
    if not subjects and len(nameless) == 1:  # the name stands outside of what is marked up; the others are related
        subjects = nameless
    named = legal.by_words(view.headline.text) or legal.by_words(
        page_title.parts(document.title)[0] if document.title else ""
    )
    if named and not subjects and view.cart_element is None:
        return Judgement("legal", named, 0.9)
    if not subjects and accounts.is_of_an_account(document.url):
        return Judgement("other", "", 0.8)
    score = _product_score(document, view, subjects, state)
    if 0 < PRODUCT_FROM - score <= SOLD_BY and _is_offered(view, found) and seller.read(document, view):
        score += SOLD_BY
    if len(own) > 2 and not subjects:
        return Judgement("list", "products", 0.8)
    listed = _list_score(document, view, marked, found, subjects)
    if max(score - PRODUCT_FROM, listed - LIST_FROM) < 0 and not signs.is_gone(document, view):
        listed = _related_to_nothing(document, found)
    if score >= PRODUCT_FROM and compared.compares(document, view):
        return Judgement("other", "comparison", 0.8)
    if score >= PRODUCT_FROM and score > listed:
        return Judgement("product", "", min(0.99, 0.5 + (score - max(listed, 0)) / 10), subjects)
    if listed >= LIST_FROM and not subjects and compared.compares(document, view):
        return Judgement("other", "comparison", 0.7)
    if listed >= LIST_FROM:
        return Judgement("list", "products", min(0.95, 0.5 + listed / 10))
    by_path = legal.by_path(document.url)
    if by_path:
        return Judgement("legal", by_path, 0.7)
    return Judgement("other", "", 0.6)


def _is_offered(view: View, found: list[Card]) -> bool:
    """Whether the page's name has a price: a name out of several cards is that of one of them, all by one seller."""
    return view.best is not None and (view.headline.strong or len(found) < 2)


PRODUCT_FROM = 2.0  # two independent signs
SOLD_BY = 1.2  # a price and one person who asks it: a private advertisement has no cart
LIST_FROM = 1.2  # two cards
BY_CARD = 0.6
MANY = 8  # cards behind a heading of related goods that are the page's own; under an article there are three to six


def _product_score(document: Document, view: View, subjects: list[Subject], state: Subject) -> float:
    score = 2.5 if subjects else 0.0
    if document.meta("og:type").lower() == "article":  # plug-ins for search engines call every page so
        score -= 2.0 if view.cart_element is None else 0.5
    score += 2.5 if state.first("price") and state.first("price").amount else 0.0
    score += meta.product_score(document)
    if view.cart_element is not None:
        score += 1.2 if view.carts < 4 else 0.2  # product, sticky bar and mobile bar; more buttons are a list's
    if (view.best is not None and not signs.in_prose(view.best)) or view.on_request:
        score += 0.8
    score += 0.6 if view.on_request else 0.0
    if view.best is None and view.cart_element is not None and details.price_problem(document):
        score += 0.8  # a price that people see
    score += 0.4 if signs.asks_in_a_price(view, document) or signs.is_asked_by_messenger(view, document) else 0.0
    score += 0.6 if product_id(document, view.cart_element) is not None else 0.0
    score += min(view.rows, 4) * 0.3
    score += 0.4 if view.subject.first("availability") else 0.0
    score += 0.3 if view.headline.strong else -0.5
    score += signs.gone_score(document, view)
    if view.cart_element is None and not page_path(document.url):  # a first page: its lone amount is a voucher's
        score -= 1.0
    carded = view.best is None and view.carded and not view.on_request
    if carded and not signs.sells_one(document, view) and not _is_one(subjects) and not signs.is_gone(document, view):
        score -= 1.5
    if not signs.stands_alone(view):
        return score
    return score + (2.0 if score > 1.5 else 1.0 if signs.is_asked(view, document) else 0.5)


ONE_THING = frozenset({"sku", "gtin", "mpn", "seller", "condition"})


def _is_one(subjects: list[Subject]) -> bool:
    """Whether mark-up names one thing that could be bought: a category that is marked up as a product has no code."""
    return len(subjects) == 1 and not ONE_THING.isdisjoint(subjects[0].readings) and not subjects[0].first("price")


def _list_score(
    document: Document, view: View, marked: list[Subject], found: list[Card], subjects: list[Subject]
) -> float:
    """How much the page looks like many products of equal rank, before any heading that opens related ones."""
    cards = sum(1 for card in found if _counts(card.amounts[0], view))
    if view.best is None and view.carded and not signs.sells_one(document, view):  # all cards are it
        cards = 0 if signs.is_gone(document, view) else len(found)
    listed = sum(1 for one in marked if one.listed)
    weight = 0.1 if signs.stands_alone(view) or signs.sells_one(document, view) else BY_CARD
    score = min(cards, 12) * weight + min(max(view.carts - 2, 0), 6) * weight / 2 + min(listed, 6) * 0.2
    return score if not subjects else min(score, 2.0)


def _counts(amount: Amount, view: View) -> bool:
    return amount.region not in OUTSIDE and not 0 <= view.end <= amount.text.index


def _related_to_nothing(document: Document, found: list[Card]) -> float:
    """The score of goods that a heading calls best sellers or related, on a page that sells no thing of its own.

    On a shop's first page they are its goods; elsewhere, when there are more than an article has beside it.
    """
    if not page_path(document.url):
        return sum(card.amounts[0].region not in OUTSIDE - {"related"} for card in found) * BY_CARD
    shown = sum(card.amounts[0].region not in OUTSIDE for card in found)
    return shown * BY_CARD if shown >= MANY and guess(document.url[:500])[0] != "product" else 0.0


def _speaks_of_another(one: Subject, view: View, document: Document) -> bool:
    """Whether a lone marked-up product is a related one: words unlike the heading, and another address or a card."""
    words = set(re.findall(r"\w{3,}", (one.first("title") or "").casefold()))
    if not words or not view.headline.strong or words & set(re.findall(r"\w{3,}", view.headline.text.casefold())):
        return False
    if words & set(re.findall(r"\w{3,}", document.title.casefold())):
        return False
    url = document.resolve(one.first("url") or "")
    elsewhere = url is not None and page_path(url) != page_path(document.url)
    return elsewhere or (one.extractor != "json_ld" and view.best is not None)


def _says_more(one: Subject, view: View) -> bool:
    """Whether a marked-up name holds the heading and other words."""
    name, head = (one.first("title") or "").casefold(), view.headline.text.casefold()
    return head in name and len(name) > len(head)


def _agrees(one: Subject, view: View, document: Document) -> bool:
    """Whether marked-up data speaks of the page itself: by its name, or by its address."""
    name = (one.first("title") or "").casefold()
    head = view.headline.text.casefold()
    if name and (name == head or (len(name) > 3 and name in head) or (len(head) > 3 and head in name)):
        return True
    url = one.first("url") or ""
    return bool(url) and "/" in url and page_path(url) == page_path(document.url) and len(page_path(url)) > 1
