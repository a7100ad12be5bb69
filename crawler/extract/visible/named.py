"""Values in an element whose class or id is called after them: ``pd__brand``, ``product-sku``, ``stock``.

Weaker than a label that a visitor reads, and needed where there is none: large sites print the brand as a link over
the name, and nothing beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract import labels, stated, values
from crawler.extract.document import Document, Text, text_content
from crawler.extract.model import Place, Reading
from crawler.extract.regions import OUTSIDE, TRAIL
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.view import View

EXTRACTOR = "visible"
AFTER = 12  # texts after the heading in which a link to the maker's products may stand
_MAKERS = re.compile(
    r"[/?&](?:(?<=/)(?:brands?|b|marken?|hersteller|marques?|marcas?|marchi|merken?|manufacturers?|designers?|vendors?|producent|znacka|brend"
    r"|proizvodjac|fabrikant|firm)[/=]|(?<=[?&])(?:manufacturers?_id|brand(?:_id)?|id_manufacturer)=)"
)
BEFORE = 15  # texts before the heading in which the brand may stand
LENGTH_LIMIT = 60  # characters of a brand or a code
AVAILABILITY_LIMIT = 2 * labels.LABEL_LIMIT
_LOGO = re.compile(r"logo|brand|mar[kq]ue|marke|manufacturer|hersteller")
_LABEL = re.compile(r"^[^:：]{1,40}[:：]\s{0,3}")
_CODE = re.compile(r"(?=.{0,40}\d)[\w][\w./+-]{1,39}")


def find(document: Document, headline: Headline, end: int) -> Iterator[tuple[str, Reading]]:
    """Field and reading of each element near the heading that is named for one, nearest first."""
    first, last = max(headline.index - BEFORE, 0), len(document.texts) if end < 0 else end
    found: list[tuple[int, str, etree._Element]] = []
    within = document.regions[headline.element] if headline.element is not None else ""  # a header of the product's own
    for field, element in document.named:
        if field == TRAIL or _is_outside(element, within, document):
            continue
        index = _index(element, document)
        if index is not None and first <= index < last:
            found.append((abs(index - headline.index), field, element))
    for element in document.all("a"):
        href = document.attributes[element].get("href", "")
        if (
            "/" in href
            and leads_to_a_maker(href[:500])
            and (document.regions[element] == within or not document.outside(element))
        ):
            index = _index(element, document)
            if index is not None and first <= index <= headline.index + AFTER and index != headline.index:
                found.append((abs(index - headline.index) + BEFORE, "brand", element))  # after those that say so
    for _, field, element in sorted(found, key=lambda one: one[0]):
        text = _without_label(element, document) or _pictured(element)
        value = _value(field, text, headline.text)
        if value is None and field == "availability" and len(text) <= AVAILABILITY_LIMIT:
            value = stated.by_names(document.called(element))  # the language's words are not known
        if value:
            yield (
                field,
                Reading(value, EXTRACTOR, Place(element), text, f"named {document.called(element).strip()[:60]}"),
            )


def is_the_maker(seller: Reading | None, view: View) -> bool:
    """Whether who is called a seller stands in what is named for the brand: Shopify calls a maker its vendor."""
    brand = next(iter(view.subject.readings.get("brand", ())), None)
    element = seller.place.element if seller is not None else None
    if element is None or brand is None or not brand.note.startswith("named "):
        return False
    return brand.place.element is element or brand.place.element in set(element.iterancestors())


def _without_label(element: etree._Element, document: Document) -> str:
    """The text of an element without the label that it begins with, which may be there for readers of the screen."""
    text, first = text_content(element), next((one for one in element.iter() if one in document.first_text), None)
    label = document.texts[document.first_text[first]] if first is not None else None
    rest = text.removeprefix(label.text).strip(" :：") if label is not None and label.says.field else ""
    return rest or text


@lru_cache(maxsize=8192)  # menus repeat on every page of a shop
def leads_to_a_maker(href: str) -> bool:
    """Whether an address is that of a maker's products: ``/brand/halvor``, ``?manufacturers_id=7``."""
    return _MAKERS.search(href.lower()) is not None


def maker(document: Document, headline: Headline) -> Reading | None:
    """The maker that no label announces: linked in the heading, pictured or linked over it, or the shop's own name."""
    if headline.index < 1 or headline.element is None:
        return None
    inside = _first_link(headline.element) or _logo(headline, document)
    if inside is not None:
        return inside
    before = document.texts[headline.index - 1]
    if _is_in_the_title(before, headline, document):
        return Reading(
            before.text,
            EXTRACTOR,
            Place(before.owner),
            before.text,
            "a link over the name, in front of it in the title",
        )
    if _begins_the_name(before, headline):
        return Reading(before.text, EXTRACTOR, Place(before.owner), before.text, "over the name, which begins with it")
    site = document.meta("og:site_name").casefold()
    if before.low == site and before.region not in OUTSIDE and before.owner.tag != "a":
        return Reading(before.text, EXTRACTOR, Place(before.owner), before.text, "the shop's name over the product's")
    return None


def _first_link(heading: etree._Element) -> Reading | None:
    """The link that a heading begins with, before the name of the thing."""
    link = next(iter(heading), None)
    if link is None or link.tag != "a" or (heading.text or "").strip():
        return None
    text, whole = text_content(link), text_content(heading)
    rest = whole[len(text) :].strip()
    if not 1 < len(text) <= LENGTH_LIMIT or not whole.startswith(text) or len(rest) < max(len(text) // 2, 1):
        return None
    return Reading(text, EXTRACTOR, Place(link), text, "the link that the heading begins with")


def _logo(headline: Headline, document: Document) -> Reading | None:
    """A picture beside the heading whose words the name begins with: the maker's logo."""
    around = headline.element.getparent() if headline.element is not None else None
    for picture in islice(around.iter("img"), 3) if around is not None and around.tag != "body" else ():
        own = document.attributes[picture]
        said = own.get("alt", "").strip()
        if not _LOGO.search(own.get("src", "")[:300].lower()):
            continue
        if 1 < len(said) <= LENGTH_LIMIT // 2 and headline.text.casefold().startswith(f"{said.casefold()} "):
            return Reading(said, EXTRACTOR, Place(picture, "/@alt"), said, "a logo whose words the name begins with")
    return None


def _is_outside(element: etree._Element, within: str, document: Document) -> bool:
    """Whether an element stands apart from the product; ``within``: the region of the heading, a header of its own."""
    return document.outside(element) and document.regions[element] != within


def _is_in_the_title(before: Text, headline: Headline, document: Document) -> bool:
    """Whether a link right over the name, or a text beside it, is its first word in the page's title: the maker."""
    linked = any(one.tag == "a" for one in (before.owner, *islice(before.owner.iterancestors(), 2)))
    linked = linked or (headline.element is not None and before.owner.getparent() is headline.element.getparent())
    together = f"{before.low} {headline.text.casefold()}"
    return linked and before.region not in OUTSIDE and document.title.casefold().startswith(together)


def _begins_the_name(before: Text, headline: Headline) -> bool:
    """Whether a text beside the heading, right over it, is what the name begins with."""
    if headline.element is None or before.owner.getparent() is not headline.element.getparent():
        return False
    named = headline.text.casefold().startswith(f"{before.low} ") and any(map(str.isalpha, before.low))
    return named and 1 < len(before.text) <= LENGTH_LIMIT // 2 and before.region not in OUTSIDE


def _index(element: etree._Element, document: Document) -> int | None:
    """Index of the first text in an element; of a picture with words, that of the first text after it."""
    first = document.first_text
    own = next((first[one] for one in element.iter() if one in first), None)
    if own is not None or not _pictured(element):
        return own
    for around in (element, *islice(element.iterancestors(), 2)):
        following = around.getnext()
        if following is not None:
            return next((first[one] for one in islice(following.iter(), 20) if one in first), None)
    return None


def _pictured(element: etree._Element) -> str:
    """The words of the one picture that an element holds or is."""
    pictures = list(islice(element.iter("img"), 2))
    return (pictures[0].get("alt") or pictures[0].get("title") or "").strip() if len(pictures) == 1 else ""


def _value(field: str, text: str, name: str) -> str | None:
    if field == "availability":
        return stated.availability(text) if len(text) <= AVAILABILITY_LIMIT else None
    text = _LABEL.sub("", text).strip(" |·,;")
    if not text or len(text) > LENGTH_LIMIT:
        return None
    if field == "sku":
        code = values.code(text)
        return code if code and _CODE.fullmatch(code) else None
    low = text.casefold()
    if labels.meaning(low) or low == name.casefold() or labels.is_cart(low):
        return None
    return labels.maker(text)
