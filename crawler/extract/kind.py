"""What a page is: a product, a list, a legal page, or something else, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract import meta
from crawler.extract.document import Document
from crawler.extract.graph import Node, Source, Subject
from crawler.extract.model import PageKind
from crawler.extract.visible import View


@dataclass(slots=True)
class Judgement:
    """The kind of a page and the marked-up subjects that are its own."""

    kind: PageKind = "other"
    detail: str = ""
    confidence: float = 0.5
    subjects: list[Subject] = field(default_factory=list)


def judge(document: Document, view: View, marked: list[Subject], others: list[tuple[Node, str, Source]]) -> Judgement:
    """Weigh mark-up, the visible price, the cart button and the number of other amounts."""
    own = [one for one in marked if not one.listed]
    subjects = [one for one in own if _agrees(one, view)] or (own if len(own) == 1 else [])
    score = 0.0
    if subjects:
        score += 2.5
    if meta.is_product(document):
        score += 1.5
    if view.cart_element is not None:
        score += 1.0 if view.carts < 3 else 0.2  # noqa: PLR2004 - a page with many cart buttons is a list
    if view.subject.first("price"):
        score += 0.7
    if view.rows:
        score += min(view.rows, 4) * 0.4
    if view.subject.first("availability"):
        score += 0.5
    if view.headline.strong:
        score += 0.3
    if len(own) > 2 and not subjects:  # noqa: PLR2004 - several products and none is the page's own
        return Judgement("list", "products", 0.8)
    if score >= 2:  # noqa: PLR2004 - two independent signs
        return Judgement("product", "", min(0.99, 0.5 + score / 10), subjects)
    priced = sum(1 for one in view.amounts if one.role == "price")
    if priced > 2 or len(marked) > 1:  # noqa: PLR2004
        return Judgement("list", "products", 0.6)
    return Judgement("other", "", 0.5)


def _agrees(one: Subject, view: View) -> bool:
    name = (one.first("title") or "").casefold()
    head = view.headline.text.casefold()
    return bool(name) and (name == head or name in head or head in name)
