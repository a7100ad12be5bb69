"""What a page is: a product, a list, a legal page, or something else, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from crawler.extract import headline, legal, links, meta
from crawler.extract.amounts import Amount
from crawler.extract.cards import Card
from crawler.extract.document import Document
from crawler.extract.graph import Subject
from crawler.extract.model import PageKind
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible import View
from crawler.urls import join


@dataclass(slots=True)
class Judgement:
    """The kind of a page and the marked-up subjects that are its own."""

    kind: PageKind = "other"
    detail: str = ""
    confidence: float = 0.5
    subjects: list[Subject] = field(default_factory=list)


def judge(document: Document, view: View, marked: list[Subject], found: list[Card]) -> Judgement:
    """Weigh mark-up, the visible price, the cart button, labelled rows and the number of cards."""
    own = [one for one in marked if not one.listed]
    subjects = [one for one in own if _agrees(one, view, document)] or (own if len(own) == 1 else [])
    named = legal.by_words(view.headline.text) or legal.by_words(
        headline.parts(document.title)[0] if document.title else ""
    )
    if named and not subjects and view.cart_element is None:
        return Judgement("legal", named, 0.9)
    score = _product_score(document, view, subjects)
    if len(own) > 2 and not subjects:
        return Judgement("list", "products", 0.8)
    listed = _list_score(view, marked, found, subjects)
    if score >= PRODUCT_FROM and score > listed:
        return Judgement("product", "", min(0.99, 0.5 + (score - max(listed, 0)) / 10), subjects)
    if listed >= LIST_FROM:
        return Judgement("list", "products", min(0.95, 0.5 + listed / 10))
    by_path = legal.by_path(document.url)
    if by_path:
        return Judgement("legal", by_path, 0.7)
    return Judgement("other", "", 0.6)


PRODUCT_FROM = 2.0  # two independent signs
LIST_FROM = 1.2  # two cards


def _product_score(document: Document, view: View, subjects: list[Subject]) -> float:
    score = 2.5 if subjects else 0.0
    score += 1.5 if meta.is_product(document) else 0.0
    if view.cart_element is not None:
        score += 1.2 if view.carts < 4 else 0.2  # product, sticky bar and mobile bar; more buttons are a list's
    if view.subject.first("price") or view.on_request:
        score += 0.8
    score += min(view.rows, 4) * 0.3
    score += 0.4 if view.subject.first("availability") else 0.0
    score += 0.3 if view.headline.strong else -0.5
    if view.best is not None and _leads_elsewhere(view.best, view, document):
        return score - 2.5
    return score + ((2.0 if score > 1.5 else 1.0) if _stands_alone(view) else 0.0)


def _list_score(view: View, marked: list[Subject], found: list[Card], subjects: list[Subject]) -> float:
    """How much the page looks like many products of equal rank, before any heading that opens related ones."""
    cards = sum(1 for card in found if _counts(card.amounts[0], view))
    listed = sum(1 for one in marked if one.listed)
    weight = 0.1 if _stands_alone(view) else 0.6
    score = min(cards, 12) * weight + min(max(view.carts - 2, 0), 6) * weight / 2 + min(listed, 6) * 0.2
    return score if not subjects else min(score, 2.0)


def _counts(amount: Amount, view: View) -> bool:
    return amount.region not in OUTSIDE and not 0 <= view.end <= amount.text.index


def _stands_alone(view: View) -> bool:
    """Whether the price stands with the heading, apart from most other amounts: other products come after it."""
    best = view.best
    if best is None or best.level > NEAR:
        return False
    near = sum(1 for one in view.amounts if one.level <= best.level)
    return best.alike <= 3 and (near <= 6 or near * 2 <= len(view.amounts))


NEAR = 6  # levels between the heading and what holds both it and the price; templates have 1–5


def _leads_elsewhere(best: Amount, view: View, document: Document) -> bool:
    """Whether the price stands in a card: next to a link, with a picture or a name, to another page."""
    here = _path(document.url)
    current = best.text.owner
    for _ in range(5):
        if current is None or current.tag in ("body", "form", "main") or current in view.spine:
            return False
        for link in list(current.iter("a"))[:6]:
            if _is_card_link(link, here, document):
                return True
        if current.tag == "a" and _is_card_link(current, here, document):
            return True
        current = current.getparent()
    return False


def _is_card_link(link: etree._Element, here: str, document: Document) -> bool:
    href = link.get("href") or "#"
    if href[0] == "#" or href.startswith(("javascript:", "mailto:", "tel:")):
        return False
    url = join(document.base, href)
    if url is None or (_path(url) == here and "?" not in url):
        return False
    kind, _ = links.guess(url)
    pictured = next(link.iter("img"), None) is not None
    heading = (
        any(one.tag in ("h2", "h3", "h4", "h5") for one in link.iterancestors())
        or next(link.iter("h2", "h3", "h4", "h5"), None) is not None
    )
    return kind == "product" and url != document.url or ((pictured or heading) and kind != "legal")


def _agrees(one: Subject, view: View, document: Document) -> bool:
    """Whether marked-up data speaks of the page itself: by its name, or by its address."""
    name = (one.first("title") or "").casefold()
    head = view.headline.text.casefold()
    if name and (name == head or (len(name) > 3 and name in head) or (len(head) > 3 and head in name)):
        return True
    url = one.first("url") or ""
    return bool(url) and "/" in url and _path(url) == _path(document.url) and len(_path(url)) > 1


def _path(url: str) -> str:
    return url.split("?")[0].split("#")[0].partition("//")[2].partition("/")[2].rstrip("/")
