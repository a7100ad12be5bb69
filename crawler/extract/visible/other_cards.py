"""Whether an amount or a button belongs to another product: it stands in a card that leads to another page."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from lxml import etree

from crawler.extract import labels, legal
from crawler.extract.address import guess, page_path, product_codes
from crawler.extract.document import Document
from crawler.extract.visible import named
from crawler.extract.visible.amount import Amount
from crawler.extract.visible.card_name import NAMES, text_of
from crawler.extract.visible.headline import Headline
from crawler.prices.mention import speaks_of_money

CLIMB = 9  # levels from a price or a button to the card around it: Magento 2 wraps a price six times
ROWED = 3  # amounts of one form from which on they are those of rows: a price may stand in a sticky bar, too
UNKNOWN = 0.5  # how sure an address at most is that says nothing; surer ones lead to a cart, to reviews, to a popup
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)  # a gallery's link is no card's
_MAKER = re.compile(
    r"(?:^|[\s_-])(?:manufacturer|hersteller|fabricant|fabrikant)|brand[_-]?(?:image|img|logo|link|name)"
    r"|(?:^|\s)(?:product[_-]{0,2})?brand(?=$|\s)"
)
_BOLD = frozenset({"b", "strong"})
_CODE = re.compile(r"(?=.{0,30}\d)[\w./-]{1,30}")  # a number or a code in bold is a value of this thing
_NO_PAGES = ("javascript:", "mailto:", "tel:")


def holds(amount: Amount, headline: Headline, whole: Collection[etree._Element], document: Document) -> bool:
    """Whether an amount stands in a card of something else: beside another name, or a pictured link to another page.

    ``whole`` are elements too large for a card: those around the heading of the page.
    """
    here, alone = page_path(document.url), amount.alike < ROWED
    above = amount.text.index < headline.index
    current: etree._Element | None = amount.text.owner
    for _ in range(CLIMB):
        if current is None or current.tag in ("body", "main") or current in whole:
            return False
        if current.tag == "a" and (
            _is_card_link(current, here, document, alone=alone) or _leads_to_a_list(current, here, document)
        ):
            return True
        inside = list(islice(current.iter("a"), 6))
        if any(_is_card_link(link, here, document, alone=alone) for link in inside) or _twice(inside, here, document):
            return True
        if above and any(_is_bold(link) and _names_what_it_leads_to(link, here, headline, document) for link in inside):
            return True
        if amount.alike > 1 and (
            _names_another(current, headline.text) or _links_another(current, here, headline.text, document)
        ):
            return True
        current = current.getparent()
    return False


def _leads_to_a_list(link: etree._Element, here: str, document: Document) -> bool:
    """Whether a link around an amount leads to another list: "Coats from $99" on the page of a brand."""
    url = document.resolve(link.get("href") or "#")
    return url is not None and page_path(url) != here and guess(url[:500])[0] == "list"


def _twice(inside: list[etree._Element], here: str, document: Document) -> bool:
    """Whether two links lead to one other page and one of them names it: a card's picture and its name."""
    names: dict[str, list[str]] = {}
    for link in inside:
        href = link.get("href") or "#"
        if href[0] != "#" and "?" not in href and not href.startswith(_NO_PAGES):
            names.setdefault(href, []).append(text_of(link))
    for href, texts in names.items():
        if len(texts) > 1 and any(texts) and not all(texts):
            if any(legal.by_words(text) for text in texts if text):  # "plus shipping", beside its sign
                continue
            url = document.resolve(href)
            return url is not None and page_path(url) != here and not _serves(url)
    return False


def leads_elsewhere(element: etree._Element, spine: dict[etree._Element, int], document: Document) -> bool:
    """Whether an element stands beside a pictured or headed link to another page, apart from the heading."""
    here = page_path(document.url)
    current: etree._Element | None = element
    for _ in range(CLIMB):
        if current is None or current.tag in ("body", "main") or current in spine:
            return False
        if any(_is_card_link(link, here, document) for link in islice(current.iter("a"), 6)):
            return True
        current = current.getparent()
    return False


def _names_another(element: etree._Element, subject_name: str) -> bool:
    """Whether a heading or bold text in a repeated block is the name of something that is not the page's subject."""
    for one in list(element.iter("h2", "h3", "h4", "h5", "b", "strong"))[:4]:
        text = text_of(one)
        if (
            text
            and not text.endswith((":", "："))
            and text.casefold() != subject_name.casefold()
            and not speaks_of_money(text)
            and labels.meaning(text.casefold()) is None
            and not (one.tag in _BOLD and _CODE.fullmatch(text))
        ):
            return True
    return False


def _links_another(element: etree._Element, here: str, subject_name: str, document: Document) -> bool:
    """Whether a link in a repeated block names another page's thing: plain lists have neither pictures nor headings.

    A link of the menu names no thing: the row that holds it beside the subject is the page's, not a card's.
    """
    links = (link for link in islice(element.iter("a"), 3) if document.regions.get(link) != "nav")
    return any(_leads_to_another(link, here, subject_name, document) for link in links)


def _leads_to_another(link: etree._Element, here: str, subject_name: str, document: Document) -> bool:
    text = text_of(link)
    url = document.resolve(link.get("href") or "#") if text else None
    if url is None or page_path(url) == here:
        return False
    below = bool(here) and page_path(url).startswith(f"{here}/")  # /catalog/rugs/alpaca, seen on /catalog/rugs
    if not below and guess(url[:500])[0] in ("legal", "list"):
        return False
    return text.casefold() != subject_name.casefold() and not speaks_of_money(text) and not _is_label(text)


def _names_what_it_leads_to(link: etree._Element, here: str, headline: Headline, document: Document) -> bool:
    """Whether a link above the heading leads to another thing: to no maker, and to nothing that the heading names."""
    if named.leads_to_a_maker((link.get("href") or "")[:500]) or text_of(link).casefold() in headline.text.casefold():
        return False
    return _leads_to_another(link, here, headline.text, document)


def _is_bold(link: etree._Element) -> bool:
    """Whether bold letters are all that a link holds: above a page's heading it names what a box at the side offers."""
    return any(one.tag in _BOLD and text_of(one) == text_of(link) for one in islice(link.iter(), 4))


def _is_label(text: str) -> bool:
    low = text.casefold()
    return labels.meaning(low) is not None or labels.is_cart(low) or labels.names_delivery_costs(low)


def _is_card_link(link: etree._Element, here: str, document: Document, *, alone: bool = False) -> bool:
    """Whether a link leads to another product; beside an amount that stands ``alone``, one to a list is a label's."""
    href = link.get("href") or "#"
    if href[0] == "#" or href.startswith(_NO_PAGES) or _PICTURE.search(href):
        return False
    url = document.resolve(href)
    if url is None or (page_path(url) == here and not _is_told_by_query(url, document)):
        return False
    kind, _ = guess(url[:500])
    if kind == "product" and url != document.url:
        return not _is_about(url, document)
    if (alone and kind == "list") or _serves(url):
        return False
    pictured = next(link.iter("img"), None) is not None and not _is_a_makers(link, href, document)
    return (pictured or _is_heading(link)) and not _is_about(url, document)


def _serves(url: str) -> bool:
    """Whether an address is a page of the shop's own business: legal, a cart, reviews, a popup."""
    kind, sure = guess(url[:500])
    return kind == "legal" or (kind == "other" and sure > UNKNOWN and not product_codes(url))


_SCRIPT = re.compile(r"^$|\.(?:php\d?|aspx?|jspx?|cfm|cgi|do|action|pl|dll)$", re.IGNORECASE)


def _is_told_by_query(url: str, document: Document) -> bool:
    """Whether an address with this page's path names another product behind the "?": not only a size of this one."""
    if "?" not in url:
        return False
    named = product_codes(url)
    return named.isdisjoint(document.product_codes) if named else _SCRIPT.search(page_path(url)) is not None


def _is_about(url: str, document: Document) -> bool:
    """Whether a link leads to a page about the same product: a question, its reviews, an e-mail to a friend."""
    own = document.product_codes
    return bool(own) and not own.isdisjoint(product_codes(url))


def _is_a_makers(link: etree._Element, href: str, document: Document) -> bool:
    """Whether a picture that is a link is a maker's sign, which stands beside the price of many products."""
    if named.leads_to_a_maker(href[:500]) and "product" not in href.partition("?")[2]:
        return True
    parent = link.getparent()
    around = document.attributes[parent].get("class", "") if parent is not None else ""
    return _MAKER.search(f"{document.attributes[link].get('class', '')} {around}"[:200].lower()) is not None


def _is_heading(link: etree._Element) -> bool:
    around = (one.tag for one, _ in zip(link.iterancestors(), range(3), strict=False))
    return any(tag in NAMES[1:6] for tag in around) or next(link.iter(*NAMES[1:6]), None) is not None
