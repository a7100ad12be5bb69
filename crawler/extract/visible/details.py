"""What a product page shows beside its price: pictures, description, trail, the shop's id, why there is no price."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract import labels, values
from crawler.extract.document import Document, Text, text_content
from crawler.extract.markup.graph import Node, Source, Subject
from crawler.extract.model import Place, Reading
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible import breadcrumbs, named, seller, seller_heading
from crawler.extract.visible.cart_button import is_open
from crawler.extract.visible.product_id import product_id
from crawler.extract.visible.view import EXTRACTOR, GONE, View

IMAGE_LIMIT = 20  # pictures of one product
PROSE = 20  # characters of a text that may be a sentence; labels and prices are shorter
LONG = 60  # characters from which a text without a full stop is taken for prose
PROSE_LIMIT = 2_000  # characters of prose that are kept: admissions stand near the heading
SMALL = 60  # pixels; smaller pictures are icons, stars and payment marks
_PRICE_PICTURE = re.compile(
    r"(?:^|[/_\W-])(?:price|preis|prix|precio|prezzo|cena|jiage|fiyat)[\w-]{0,40}(?:/[\w-]{1,40})?\.(?:gif|png|jpe?g|webp|svg)",
    re.I,
)
_PRICE = re.compile(r"[$€£¥₹₩₫₽₺]|\b(?:EUR|USD|GBP|MwSt|zł|Kč)\b")
_ROW = re.compile(r"[^:：]{1,30}[:：](?:\s|$)")  # "Availability: In stock"; not "1:1"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "th", "strong", "b", "summary"})
_CENTRAL = re.compile(r"(?:^|[\s_-])(?:price|preis|prix|precio)", re.I)
_SOURCES = ("data-large_image", "data-zoom-image", "data-src", "src")  # the largest first; src may be a spacer
_ICON = re.compile(
    r"logo|icon|sprite|banner|pixel|spacer|blank|payment|flag|star|rating|loading|placeholder|arrow|avatar", re.I
)


def read(document: Document, view: View, others: list[tuple[Node, str, Source]]) -> Subject:
    """Trail, pictures, description, availability by the cart button, and the shop's own id."""
    found = Subject(EXTRACTOR)
    for reading in breadcrumbs.read(document, others, view.headline.text):
        found.add("category", reading)
    found.add("images", _images(document, view))
    found.add("description", _description(document, view))
    number = product_id(document, view.cart_element)
    found.add("shop_product_id", number)
    if not view.subject.first("seller"):
        if sold_by := seller.read(document, view):
            found.add("seller", sold_by[0])
            found.add("seller_url", sold_by[1])
        else:
            below = seller_heading.read(document)
            found.add("seller", None if named.is_the_maker(below, view) else below)
    if document.language:
        found.add("language", Reading(document.language, "page", Place(document.root, "/@lang"), document.language))
    if view.subject.first("availability") in GONE and view.carts < 2 and _shut(view.cart_element):
        found.add("availability", _button("OutOfStock", view, "it cannot be put into the cart"))
    sold = view.subject.first("price") or number is not None
    is_others = 0 <= view.end <= view.cart
    if "availability" not in view.subject.readings and sold and not is_others and is_open(view.cart_element):
        found.add("availability", _button("InStock", view, "it can be put into the cart, nothing says otherwise"))
    return found


def _button(value: str, view: View, note: str) -> Reading | None:
    element = view.cart_element
    if element is None:
        return None
    return Reading(value, "cart_button", Place(element), text_content(element) or element.get("value") or "", note)


def _shut(element: etree._Element | None) -> bool:
    """Whether the cart button is there and switched off."""
    return element is not None and not is_open(element)


def _images(document: Document, view: View) -> Reading | None:
    """Pictures near the heading: named like it, or large and in the same part of the page."""
    urls: list[str] = []
    first: tuple[etree._Element, str, str] | None = None
    name = view.headline.text.casefold()
    for element in document.all("img")[:300]:
        own = document.attributes[element]
        alt = (own.get("alt") or own.get("title") or "").casefold()
        if not name or not alt or not (name in alt or (len(alt) > 3 and alt in name)) or document.outside(element):
            continue
        attribute = next((one for one in _SOURCES if own.get(one)), "src")
        source = own.get(attribute, "")
        if _ICON.search(source[-80:]):
            continue
        url = values.image(source, document)
        if url and url not in urls:
            urls.append(url)
            first = first or (element, attribute, source)
        if len(urls) >= IMAGE_LIMIT:
            break
    if first is None:
        return None
    return Reading(tuple(urls), EXTRACTOR, Place(first[0], f"/@{first[1]}"), first[2])


def _description(document: Document, view: View) -> Reading | None:
    """The text under a heading that says so, else all prose between the product's heading and other products."""
    texts = document.texts
    last = view.end if view.end >= 0 else len(texts)
    begin = max(view.headline.index, 0)
    for text in texts[begin:last]:
        if text.low.strip(": ") in labels.tables().described:
            said = _under(text, texts[text.index + 1 : min(text.index + 12, last)])
            if said is not None:
                return Reading(said.text, EXTRACTOR, Place(said.owner), said.text)
    prose = [text for text in texts[begin + 1 : last] if _is_prose(text.text) and _is_content(text)]
    if not prose:
        return None
    longest = max(prose, key=lambda one: len(one.text))
    return Reading(" ".join(text.text for text in prose)[:PROSE_LIMIT], EXTRACTOR, Place(longest.owner), longest.text)


def _under(heading: Text, following: list[Text]) -> Text | None:
    """What stands under a heading that says "description": the first long text, else what follows at once."""
    content = [one for one in following if _is_content(one)]
    long = next((one for one in content if len(one.text) > 40), None)
    if long is not None or heading.owner.tag not in _HEADINGS or not content:
        return long
    first = content[0]
    return (
        first
        if following[0] is first and first.owner.tag not in _HEADINGS and any(map(str.isalpha, first.text))
        else None
    )


def _is_prose(text: str) -> bool:
    """A sentence, or long enough for one; neither a row of a table nor a line about a price."""
    if len(text) < PROSE or (_ROW.match(text) and len(text) < LONG) or _PRICE.search(text):
        return False
    return len(text) >= LONG or text[-1] in ".!?。！？…"


def _is_content(text: Text) -> bool:
    return text.region not in OUTSIDE and text.owner.tag not in ("button", "a", "label")


def price_problem(document: Document) -> Reading | None:
    """A picture that shows the price: named so, or alone where the price should stand."""
    for element in document.all("img")[:300]:
        source = element.get("src") or ""
        if document.outside(element):
            continue
        parent = element.getparent()
        named = (
            f"{parent.get('class', '')} {parent.get('id', '')} {element.get('class', '')}" if parent is not None else ""
        )
        alone = parent is not None and _CENTRAL.search(named) and not text_content(parent)
        if _PRICE_PICTURE.search(source[-200:]) or alone:
            return Reading("in_a_picture", EXTRACTOR, Place(element, "/@src"), source)
    return None
