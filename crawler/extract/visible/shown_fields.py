"""Fields that the page shows beside a label, or in an element that is called after them."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from crawler.extract import labels, pack, stated, values
from crawler.extract.document import Document
from crawler.extract.model import Reading
from crawler.extract.regions import NAMES_LIMIT
from crawler.extract.visible import bare_code, named, rows
from crawler.extract.visible.cart_button import is_idle_badge
from crawler.extract.visible.other_cards import leads_elsewhere
from crawler.extract.visible.view import View, reading

_CODE = re.compile(r"^[\w][\w./ #+-]{0,63}$")
_AUTHOR = re.compile(r"\b(?:post|entry|article)[\w-]{0,20}author|\bbyline\b|\bvcard\b", re.IGNORECASE)
SIZE_LIMIT = 12  # characters: "500 ml", "6 x 330 ml"
SIZES, NEAR = 12, 4  # texts below the heading in which there is one size, and in which it stands
_MODELS = ("model", "modell", "modèle", "internet", "style", "malli", "модель", "型号", "型番", "모델")


def labelled(document: Document, view: View) -> None:
    """Add what stands beside labels; the surest article code first."""
    begin = max(0, view.headline.index - 15) if view.headline.index >= 0 else 0
    for row in rows.find(document, begin, view.end):
        view.rows += 1
        name = row.field
        value = _value(name, row.value)
        if value is None and name == "availability":  # "Estado", "État", "Status": of the stock, or of the thing
            name, value = "condition", _value("condition", row.value)
        if value and not (name == "brand" and _wrote_the_page(row.text.owner, document)):
            view.subject.add(name, reading(value, row.text.owner, row.value, f"label {row.label}"))
    _made_by_whom_is_called_offerer(view)
    codes = view.subject.readings.get("sku", [])
    codes.sort(key=lambda one: _weakness(one.note.casefold()))


def _made_by_whom_is_called_offerer(view: View) -> None:
    """German pharmacies call a medicine's maker its "Anbieter": beside a PZN nobody else is meant."""
    said = view.subject.readings
    offerer = next((one for one in said.get("seller", ()) if one.note.startswith("label Anbieter")), None)
    if offerer is not None and any("pzn" in one.note.casefold() for one in said.get("sku", ())):
        del said["seller"]
        view.subject.add("brand", offerer)


def _wrote_the_page(element: etree._Element, document: Document) -> bool:
    """Whether a name is that of the author of a page that a blog's software made: "by" stands in front of it, too."""
    around = (document.attributes[one] for one in (element, *islice(element.iterancestors(), 2)))
    return any(own.get("rel") == "author" or _AUTHOR.search(own.get("class", "")[:NAMES_LIMIT]) for own in around)


def _weakness(note: str) -> int:
    """How little a label means the shop's own article code: a model may be the maker's."""
    return 0 if "sku" in note else 2 if any(word in note for word in _MODELS) else 1


def called(document: Document, view: View) -> None:
    """Add what no label says and the name of an element does."""
    if view.headline.index < 0:
        return
    known = view.subject.readings
    for field_, found in named.find(document, view.headline, view.end):
        if field_ in known or (field_ == "availability" and _is_said_of_another(found, view, document)):
            continue
        view.subject.add(field_, found)
        if field_ == "brand" and named.is_the_maker(next(iter(known.get("seller", ())), None), view):
            del known["seller"]
    if "pack" not in view.subject.readings:
        view.subject.add("pack", _size_below(document, view))
    if "sku" not in view.subject.readings:
        view.subject.add("sku", bare_code.find(document, view))
    if "brand" not in view.subject.readings:
        view.subject.add("brand", named.maker(document, view.headline))


def _is_said_of_another(stock: Reading, view: View, document: Document) -> bool:
    """Whether an availability is that of another product's card, or a badge's that a style sheet shows in its time."""
    element = stock.place.element
    return element is not None and (
        is_idle_badge(stock.value, element, view, document) or leads_elsewhere(element, view.spine, document)
    )


def _size_below(document: Document, view: View) -> Reading | None:
    """A size that stands alone right below the name: "1 l". Where there are several, they are choices."""
    first = view.headline.index + 1
    texts = [one for one in document.texts[first : first + SIZES] if len(one.text) <= SIZE_LIMIT]
    sizes = [
        one
        for one in texts
        if one.text[0].isdigit() and (size := pack.find(one.text)) is not None and size.text == one.text
    ]
    if len(sizes) != 1 or sizes[0].index - first >= NEAR or sizes[0].owner.tag in ("a", "button", "label", "option"):
        return None
    return reading(sizes[0].text, sizes[0].owner, sizes[0].text, "a size below the name")


def _value(name: str, raw: str) -> object:
    if name in ("sku", "mpn"):
        code = values.code(raw)
        return code if code and _CODE.match(code) else None
    if name == "gtin":
        return values.gtin(raw)
    if name == "availability":
        return stated.availability(raw) or labels.tables().answers.get(raw.casefold().strip(" .!。")) or _count(raw)
    if name == "condition":
        return stated.condition(raw)
    if name == "category":
        return values.category(raw)
    if name == "pack" and not any(map(str.isdigit, raw)):  # "Size: Queen"
        return None
    if name == "brand":
        return labels.maker(raw) if len(raw) <= 120 else None
    return raw if len(raw) <= 120 else None  # a seller, a pack: never a sentence


def _count(raw: str) -> str | None:
    """A stock level that is a number: "12", "12 pcs", "12件"."""
    found = re.match(r"(\d{1,6})(?!\d)", raw)
    return ("InStock" if int(found[1]) else "OutOfStock") if found else None
