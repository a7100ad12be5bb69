"""Reading a page: the one door of this room. Pure, and never raises."""

from __future__ import annotations

import logging
from dataclasses import replace

from crawler.extract import (
    behind,
    kind,
    legal,
    links,
    merge,
    pack,
    platforms,
    scripted,
    sent_away,
    signs,
    vote,
    wording,
)
from crawler.extract.document import Document, parse
from crawler.extract.facts import collect
from crawler.extract.facts.page import Page as FactsPage
from crawler.extract.further import answer, fragment, more
from crawler.extract.markup import data_attributes, holes, javascript_state, json_ld, meta, microdata, rdfa, told
from crawler.extract.markup.graph import Node, Source, Subject
from crawler.extract.model import Field, Link, Page, Product
from crawler.extract.posts import read_posts
from crawler.extract.visible import amounts, card_subject, cards, cart_button, details, headlines, variants
from crawler.extract.visible import reader as visible
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.view import GONE, View

logger = logging.getLogger(__name__)


def read(html: bytes | str, url: str, *, content_type: str = "") -> Page:
    """Everything a page says: its kind, products field by field, links, identifiers, and what could not be read.

    ``html`` may be anything; ``url`` is where the body came from; ``content_type`` is the response header, for the
    charset. A defect of ours is counted as ``extract.failed``, and the page is ``other``.
    """
    page = Page(url=url)
    try:
        _read(parse(html, url, content_type), page)
    except Exception:  # a page is hostile input: no defect of ours may stop a crawl, and it is counted
        logger.exception("reading a page failed")
        page.problem("extract.failed")
    return page


def _read(document: Document, page: Page) -> None:
    page.title, page.language, page.canonical = document.title, document.language, document.canonical
    page.platform, page.currency = platforms.detect(document), document.currency
    marked, others = _marked(document, page)
    view = visible.read(document)
    page.links = links.read(document)
    for link in page.links:
        for named in _legal(link):
            page.legal_pages.setdefault(named, link.url)
    found = [card for card in _cards(view) if not card_subject.is_a_banner(card, document)]
    found = headlines.without(found, document)
    page.links = links.promoted(page.links, card_subject.addresses(found, document))
    state = javascript_state.read(document, view.headline)
    if view.best is None and not state.first("price"):
        state = data_attributes.read(document, view.spine)
        state = state if state.first("price") else holes.read(document, view.headline.text)
    verdict = kind.judge(document, view, marked, found, state)
    page.kind, page.detail, page.confidence = verdict.kind, verdict.detail, verdict.confidence
    if page.kind == "legal":  # whatever the link was called that led here
        page.legal_pages.setdefault(page.detail, page.url)
    if page.kind == "product":
        page.products = (_product(document, view, [*verdict.subjects, state], others, page),)
    elif page.kind == "list":
        page.products = _listed(document, found, marked)
    if answer.is_one(document):
        told.read_answer(document, page)
    if page.kind in ("list", "other"):
        page.links += more.links(document, len(found), page.links) or fragment.further(document, len(found))
    page.sends_to = sent_away.target(document, page)
    page.posts = read_posts(document)
    page.needs_javascript = scripted.reason(document, page)
    if page.needs_javascript:
        page.problem(f"javascript.{page.needs_javascript}")
        told.read(document, page)
        page.data_addresses = behind.addresses(document)
    if page.kind == "other" and not page.detail and not page.posts:
        _count_the_lost(view, page)
    if page.kind == "other":  # nobody asks it of what sells, lists or informs
        page.wording = wording.digest(document)
    _facts(document, page)


def _legal(link: Link) -> tuple[str, ...]:
    """The kinds of legal page that a link's words name, else its address."""
    if link.kind != "legal":
        return ()
    found = legal.by_path(link.url)
    return legal.kinds(link.text) or ((found,) if found else ())


def _count_the_lost(view: View, page: Page) -> None:
    """Count what looks like prices on a page of neither kind: a list that was not understood is not lost unseen."""
    lost = sum(
        one.role in amounts.ASKED and bool(one.money.amount) and not signs.in_prose(one) and not _in_the_header(one)
        for one in view.amounts
    )
    if lost >= LOST_FROM:
        page.problems["prices.on_other_pages"] = lost


LOST_FROM = 2  # one amount on a page of another kind is a voucher's or a delivery's
NO_CARD = frozenset({"other", "shipping", "saving", "instalment", "limit", "sum"})
"""The roles of amounts that are no price of a card's product."""


def _cards(view: View) -> list[cards.Card]:
    """The cards of the page, unless its price stands with the heading, apart from them."""
    best = view.best
    if best is None or not signs.stands_alone(view):
        return _found(view)
    found = _found(view) if best.alike >= cards.ROWS else []
    view.rowed = cards.is_a_row(best, found)
    return found if view.rowed else []


def _found(view: View) -> list[cards.Card]:
    return cards.find(
        [
            one
            for one in view.amounts
            if one.role not in NO_CARD
            and one.money.amount
            and (not signs.in_prose(one) or signs.is_announced(one))
            and not _in_the_header(one)
        ]
    )


def _in_the_header(amount: Amount) -> bool:
    """Whether an amount stands in the head of the page, as a cart's total does; a card may have a header of its own."""
    if amount.region != "header":
        return False
    head = next(amount.text.owner.iterancestors("header"), None)
    return head is None or next(head.iterancestors("article", "li"), None) is None


def _pictured(found: list[cards.Card], document: Document) -> list[cards.Card]:
    """The cards without what has no picture among pictured ones and leads to a list: a filter's price range."""
    bare = {id(card) for card in found if next(card.element.iter("img"), None) is None}
    if len(found) - len(bare) < 2:
        return found
    return [card for card in found if id(card) not in bare or not card_subject.leads_to_a_list(card, document)]


def _once(found: list[Subject]) -> list[Subject]:
    """Each product once: themes write the same cards as a grid and as a list, one of the two unseen."""
    seen: dict[tuple[str, object], Subject] = {}
    for index, one in enumerate(found):
        url = one.first("url")
        seen.setdefault((url, one.first("price")) if url else ("", index), one)
    return list(seen.values())


def _marked(document: Document, page: Page) -> tuple[list[Subject], list[tuple[Node, str, Source]]]:
    """What the three syntaxes for machines say."""
    subjects, others = json_ld.read(document, page)
    for source in (microdata, rdfa):
        found, rest = source.read(document)
        subjects, others = subjects + found, others + rest
    return subjects, others


def _product(
    document: Document, view: View, chosen: list[Subject], others: list[tuple[Node, str, Source]], page: Page
) -> Product:
    template = platforms.read(document, page.platform, view)
    stated = details.read(document, view, others)
    product = merge.merge([*chosen, template, meta.read(document), stated, view.subject])
    _asked_for(product)
    _doubt(view, product, page)
    _pack(product)
    if "sku" not in product.fields:
        only = variants.carried(document, view.headline.index, view.end)
        if only is not None and only.value[0].sku:
            product.fields["sku"] = vote.alone(replace(only, value=only.value[0].sku))
    if "variants" not in product.fields:
        choices = variants.read(document, product.value("price"), view.headline.index, view.end)
        if choices is not None:
            product.fields["variants"] = vote.alone(choices)
    cart_button.without_choices(product)
    if "price" not in product.fields:
        problem = details.price_problem(document)
        if problem is not None:
            product.fields.setdefault("price_problem", vote.alone(problem))
        page.problem(f"price.{product.value('price_problem') or 'absent'}")
    return product


def _asked_for(product: Product) -> None:
    """A price of 0 where the page says that it must be asked for, or that the thing is gone: there is none."""
    price = product.fields.get("price")
    if price is None or price.value.amount:
        return
    if product.value("price_problem") == "on_request" or product.value("availability") in GONE:
        del product.fields["price"]


def _pack(product: Product) -> None:
    """A pack size that no row states but the name does: "Shower Gel 250 ml"."""
    title = product.fields.get("title")
    size = pack.find(title.value) if title is not None and "pack" not in product.fields else None
    if title is not None and size is not None:
        place = title.reading
        product.fields["pack"] = Field(size.text, replace(place, value=size.text, note="in the name"), "in the name")


def _doubt(view: View, product: Product, page: Page) -> None:
    """Digits that could mean two amounts ("1.299"), and nothing on the page that confirms one: said and counted."""
    price = product.fields.get("price")
    other = view.best.reading.alternative if view.best is not None else None
    if price is None or other is None or price.reading.extractor != "visible" or price.reason.startswith("agrees"):
        return
    price.reason += f"; the digits could also mean {other}"
    page.problem("price.ambiguous_amount")


def _listed(document: Document, found: list[cards.Card], marked: list[Subject]) -> tuple[Product, ...]:
    """The products of a list: its cards, without those of a side column beside it, else its mark-up."""
    central = [card for card in found if card.amounts[0].region != "aside"]
    found = central if len(central) > 1 else found
    found = _pictured(found, document)
    subjects = [one for card in found if (one := card_subject.subject(card, document)).first("price")]
    card_subject.leave_shared_links(subjects)
    subjects = _once(subjects)
    if not subjects:
        subjects = [one for one in marked if one.first("title")][: cards.CARD_LIMIT]
    return tuple(merge.merge([one]) for one in subjects)


def _facts(document: Document, page: Page) -> None:
    """What the page says about the shop as a whole; business data only."""
    try:
        said = FactsPage(document)
        found, page.facts = collect.identifiers(said), collect.facts(said)
        page.identifiers = tuple(one for one in found if not page.posts or one.kind not in collect.PERSONAL)
    except Exception:
        logger.exception("reading storefront facts failed")
        page.problem("facts.failed")
