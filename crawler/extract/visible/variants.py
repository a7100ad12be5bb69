"""The choices of a product that its page shows: options of a select, radio buttons, swatches, a form's own data.

A choice with a price of its own has it; a surcharge is added to the product's price. Selects of quantities, countries
and orders of sorting are no choices of a product.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from lxml import etree

from crawler.extract import labels
from crawler.extract.document import Document, text_content
from crawler.extract.model import Reading
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible.variations import CHOICES_LIMIT, from_attributes, reading_of
from crawler.items import Variant
from crawler.money import Money, read_prices
from crawler.prices.mention import speaks_of_money

GROUPS_LIMIT = 12  # selects and groups of radio buttons that are looked at; configurators have up to eight
_NO_CHOICE = re.compile(
    r"qty|quant|menge|amount|anzahl|country|currency|lang|locale|sort|order|limit|page|rating|rate|star|review|payment"
    r"|shipping|delivery|store|postcode|zip|search|category|filter|gift|newsletter|year|month|manuf|(?<![a-z])manf|brand|(?<![a-z])make(?![a-z])|(?<![a-z])dept|(?<![a-z])ship|pick-?up|warranty|insurance"
    r"|protection|plan|cover|garant|assur|versicher|service|add-?on|wrap",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^(?:[-–—. ]{0,5})(?:please |bitte |-- ?)?(?:choose|select|pick|wähle|auswähl|choisir|choisissez|sélectionn|selec"
    r"|seleziona|scegli|kies|wybierz|vælg|välj|velg|vyberte|valitse|elige|escolh|seçin|выбер|選択|请选择|選擇|선택"
    r"|any\b|none\b|-+$)",
    re.IGNORECASE,
)
_SWATCHES = re.compile(
    r"swatch|variant|colou?r-?(?:list|option|picker|selector)|size-?(?:list|button|option|selector|picker)"
    r"|option-?(?:list|values?)|tallas|tailles|groessen"
)
_GONE = re.compile(r"sold-?out|unavailable|disabled|out-?of-?stock|crossed|inactive", re.IGNORECASE)
_GONE_WORDS = re.compile(
    r"sold out|unavailable|out of stock|ausverkauft|épuisé|agotado|esaurito|uitverkocht|нет в наличии", re.IGNORECASE
)


def read(document: Document, price: Money | None, begin: int, end: int) -> Reading | None:
    """The choices, from data that a form carries, else from the first kind of controls that shows two or more.

    ``begin`` and ``end`` are indexes of texts: where the product's heading stands, and where other products begin.
    """
    controls = (find(document, price) for find in (_from_selects, _from_radios, _from_swatches))
    for found in chain((from_attributes(document),), controls):
        if found is not None and len(found.value) > 1 and _stands_between(found.place.element, document, begin, end):
            return found
    return None


def _stands_between(element: etree._Element | None, document: Document, begin: int, end: int) -> bool:
    """Whether a control stands after the heading and before other products."""
    if element is None or end < 0:
        return True
    first = document.first_text
    index = min((first[one] for one in element.iter() if one in first), default=begin)
    return index < end


def carried(document: Document, begin: int, end: int) -> Reading | None:
    """The variations that an element around the heading or before other products carries as JSON, one of them too."""
    found = from_attributes(document)
    return found if found is not None and _stands_between(found.place.element, document, begin, end) else None


def _from_selects(document: Document, price: Money | None) -> Reading | None:
    for select in document.all("select")[:GROUPS_LIMIT]:
        own = document.attributes[select]
        name = own.get("name") or own.get("id") or ""
        if _NO_CHOICE.search(f"{name} {own.get('class', '')}") or _is_elsewhere(select, document):
            continue
        found: list[Variant] = []
        for option in list(select.iter("option"))[:CHOICES_LIMIT]:
            said = document.attributes[option]
            text = text_content(option)
            if not text or said.get("value") == "" or _NOTHING.search(text):
                continue
            gone = "disabled" in said or _GONE_WORDS.search(text) is not None
            found.append(_choice(said.get("value") or text, text, price, gone, document))
        if len(found) > 1 and not _is_counting(found):
            return reading_of(found, select, "", f"select {name}")
    return None


def _is_elsewhere(element: etree._Element, document: Document) -> bool:
    """Whether a control stands in a header, a filter or the like (a select is a region of its own)."""
    parent = element.getparent()
    return parent is not None and document.regions[parent] in OUTSIDE


def _is_counting(found: list[Variant]) -> bool:
    """Whether the choices are a number of pieces: 1, 2, 3, …"""
    return [one.title for one in found][:3] == ["1", "2", "3"][: len(found)]


def _from_radios(document: Document, price: Money | None) -> Reading | None:
    if not any(document.attributes[one].get("type", "").lower() == "radio" for one in document.all("input")):
        return None
    said = {own["for"]: one for one in document.all("label") if "for" in (own := document.attributes[one])}
    groups: dict[str, list[etree._Element]] = {}
    for radio in document.all("input"):
        own = document.attributes[radio]
        if own.get("type", "").lower() == "radio" and own.get("name") and not _NO_CHOICE.search(own["name"]):
            groups.setdefault(own["name"], []).append(radio)
    for name, radios in list(groups.items())[:GROUPS_LIMIT]:
        if len(radios) > 1 and not document.outside(radios[0]):
            found = [_radio(one, said, price, document) for one in radios[:CHOICES_LIMIT]]
            return reading_of(found, radios[0], "", f"radio buttons {name}")
    return None


def _radio(radio: etree._Element, said: dict[str, etree._Element], price: Money | None, document: Document) -> Variant:
    own = document.attributes[radio]
    label = said.get(own.get("id", ""))
    if label is None:
        label = next(radio.iterancestors("label"), None)
    text = text_content(label) if label is not None else ""
    named = own.get("title") or own.get("aria-label") or own.get("data-value") or own.get("value") or ""
    gone = "disabled" in own or bool(_GONE_WORDS.search(text) or _GONE.search(document.called(radio)))
    return _choice(own.get("value") or text, text or named, price, gone, document)


def _from_swatches(document: Document, price: Money | None) -> Reading | None:
    """Buttons, links and list items side by side in an element that is named for choices."""
    for holder in document.all("ul", "ol", "div", "fieldset"):
        if document.outside(holder) or not _says_choices(document.called(holder)):
            continue
        found = [one for child in list(holder)[:CHOICES_LIMIT] if (one := _swatch(child, price, document))]
        if len(found) > 1:
            return reading_of(found, holder, "", "swatches")
    return None


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def _says_choices(names: str) -> bool:
    return _SWATCHES.search(names.lower()) is not None


def _swatch(element: etree._Element, price: Money | None, document: Document) -> Variant | None:
    if element.tag not in ("li", "button", "a", "span", "div", "label"):
        return None
    own = document.attributes[element]
    inner = next(element.iter("a", "button", "img"), element)
    inside = document.attributes[inner]
    text = text_content(element)
    named = (
        own.get("data-value") or own.get("title") or own.get("aria-label") or inside.get("title") or inside.get("alt")
    )
    title = text or named or inside.get("aria-label") or ""
    if not title or len(title) > 60 or labels.meaning(title.casefold()) or labels.is_cart(title.casefold()):
        return None
    gone = "disabled" in own or bool(_GONE.search(f"{document.called(element)} {document.called(inner)}"))
    return _choice(own.get("data-value") or title, title, price, gone, document)


def _choice(value: str, text: str, base: Money | None, gone: bool, document: Document) -> Variant:
    """One choice: its own price, or the product's with its surcharge; a choice without money has none."""
    money = None
    name = text
    for reading in read_prices(text[:200], document.hints()) if speaks_of_money(text[:200]) else ():
        if reading.money is None or reading.role not in ("price", "surcharge", "from", "saving"):
            continue
        money = reading.money
        if reading.role != "price" and reading.role != "from":
            money = _with(base, money, -1 if reading.role == "saving" else 1)
        name = text.replace(reading.text, " ")
    title = " ".join(name.split()).strip(" -–—+()[]:,/|")
    return Variant(
        id=value[:200], title=(title or value)[:200], price=money, availability="OutOfStock" if gone else None
    )


def _with(base: Money | None, surcharge: Money, sign: int) -> Money | None:
    if base is None or (base.currency and surcharge.currency and base.currency != surcharge.currency):
        return None
    amount = max(base.amount + sign * surcharge.amount, Decimal(0))
    return base.model_copy(update={"amount": amount, "reason": base.reason or surcharge.reason})
