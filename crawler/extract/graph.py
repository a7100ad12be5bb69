"""schema.org nodes to readings, for the three syntaxes that write them (JSON-LD, microdata, RDFa).

A node is a dictionary as JSON-LD has it; microdata and RDFa build the same shape with ``Located`` strings as leaves,
so that every leaf knows its element. Nothing here trusts a type: any value may be a list, a number, a node or absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import Any, cast

from lxml import etree

from crawler.extract import values
from crawler.extract.document import Document
from crawler.extract.model import Place, Reading
from crawler.items import Variant
from crawler.money import Money, read_amount

PRODUCT_TYPES = frozenset(
    {
        "product",
        "productgroup",
        "individualproduct",
        "productmodel",
        "someproducts",
        "vehicle",
        "car",
        "book",
        "game",
        "videogame",
        "softwareapplication",
        "mobileapplication",
        "webapplication",
        "musicalbum",
        "drug",
        "dietarysupplement",
        "product_group",
        "motorcycle",
        "bookseries",
        "itempage_product",
    }
)
VARIANT_LIMIT = 250  # choices of one product that are kept: Shopify allowed 100 for most of its life, 2048 today
GTIN_NAMES = ("gtin", "gtin13", "gtin14", "gtin12", "gtin8", "ean", "isbn", "isbn13", "upc")

Node = dict[str, Any]


class Located(str):
    """A string that knows which element it stood in (microdata, RDFa)."""

    element: etree._Element
    suffix: str = ""


@dataclass(slots=True)
class Subject:
    """What one source says about one product."""

    extractor: str
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    listed: bool = False
    """It stands in a list or is named as related, so it is hardly the page's own subject."""

    def add(self, name: str, reading: Reading | None) -> None:
        """Keep a reading; ``None`` and empty values are nothing read."""
        if reading is not None and reading.value not in (None, "", ()):
            self.readings.setdefault(name, []).append(reading)

    def first(self, name: str) -> Any:
        """The first value of a field."""
        found = self.readings.get(name)
        return found[0].value if found else None


@dataclass(slots=True)
class Source:
    """Where nodes come from: how to name a place, and how to follow an ``@id``."""

    document: Document
    extractor: str
    script: etree._Element | None = None
    by_id: dict[str, tuple[Node, str, etree._Element | None]] = field(default_factory=dict)

    def place(self, value: Any, pointer: str) -> Place:
        """Place of a leaf: its own element, or a JSON pointer into the script."""
        if isinstance(value, Located):
            return Place(value.element, value.suffix)
        return Place(self.script, "#" + pointer)

    def reading(self, value: Any, raw: Any, pointer: str, note: str = "") -> Reading:
        """A reading of a leaf."""
        return Reading(value, self.extractor, self.place(raw, pointer), str(raw), note)


def types(node: Any) -> tuple[str, ...]:
    """Lower-case local names of a node's types."""
    if not isinstance(node, dict):
        return ()
    said = node.get("@type")
    found = said if isinstance(said, list) else [said]
    return tuple(local(name) for name in found[:8] if isinstance(name, str))


def local(name: str) -> str:
    """Last part of a type's or value's address, in lower case."""
    return name.rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1].strip().lower()


def is_product(node: Any) -> bool:
    """Whether a node is a thing that could be sold here."""
    return any(name in PRODUCT_TYPES for name in types(node))


def leaves(node: Node, *names: str, pointer: str = "") -> Iterator[tuple[Any, str]]:
    """Scalar values of the named properties, with their pointers; lists are opened, ``@value`` too."""
    for name in names:
        raw = node.get(name)
        if raw is None:
            continue
        for value, where in _each(raw, f"{pointer}/{name}"):
            if isinstance(value, dict) and "@value" in value:
                value, where = value["@value"], where + "/@value"
            if isinstance(value, (str, int, float, Decimal)) and not isinstance(value, bool):
                yield value, where


def nodes(node: Node, name: str, pointer: str, source: Source) -> Iterator[tuple[Node, str]]:
    """The nodes a property holds or refers to."""
    raw = node.get(name)
    if raw is None:
        return
    for value, where in _each(raw, f"{pointer}/{name}"):
        if isinstance(value, dict):
            yield follow(value, where, source)


def follow(node: Node, where: str, source: Source) -> tuple[Node, str]:
    """The node an ``@id`` reference means; the node itself when it says something of its own."""
    target = node.get("@id")
    if isinstance(target, str) and len(node) <= 2 and target in source.by_id:  # @id and perhaps @type
        found, pointer, script = source.by_id[target]
        if script is source.script:
            return found, pointer
    return node, where


def _each(raw: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    if isinstance(raw, list):
        for index, value in enumerate(raw[:1000]):
            yield value, f"{pointer}/{index}"
    else:
        yield raw, pointer


def text_of(value: Any) -> str:
    """A leaf as a line of text: entities that were escaped twice are opened, spaces are one."""
    text = str(value)
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def _name_of(node: Node, name: str, pointer: str, source: Source) -> Reading | None:
    """A property that is a string or a node with a name (brand, seller, manufacturer)."""
    for value, where in leaves(node, name, pointer=pointer):
        text = text_of(value)
        if text and not text.startswith(("http:", "https:")):
            return source.reading(text, value, where)
    for inner, where in nodes(node, name, pointer, source):
        for value, place in leaves(inner, "name", pointer=where):
            if text := text_of(value):
                return source.reading(text, value, place)
    return None


def subject(node: Node, pointer: str, source: Source) -> Subject:
    """Everything a product node says."""
    found = Subject(source.extractor)
    _plain(node, pointer, source, found)
    _codes(node, pointer, source, found)
    for name in ("brand", "manufacturer"):
        found.add("brand", _name_of(node, name, pointer, source))
    _images(node, pointer, source, found)
    _offers(node, pointer, source, found)
    _variants(node, pointer, source, found)
    return found


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "name": text_of,
    "description": text_of,
    "category": text_of,
    "url": text_of,
    "inLanguage": text_of,
}
_FIELD_OF = {"name": "title", "inLanguage": "language", "category": "category"}


def _plain(node: Node, pointer: str, source: Source, found: Subject) -> None:
    for name in ("name", "description", "url"):
        for value, where in leaves(node, name, pointer=pointer):
            found.add(_FIELD_OF.get(name, name), source.reading(text_of(value), value, where))
            break
    for value, where in leaves(node, "category", pointer=pointer):
        found.add("category", source.reading(values.category(text_of(value)), value, where))
    for value, where in leaves(node, "itemCondition", pointer=pointer):
        found.add("condition", source.reading(values.condition(str(value)), value, where))
    for value, where in leaves(node, "productID", pointer=pointer):
        found.add("product_id", source.reading(text_of(value), value, where))


def _codes(node: Node, pointer: str, source: Source, found: Subject) -> None:
    for value, where in leaves(node, "sku", pointer=pointer):
        found.add("sku", source.reading(values.code(text_of(value)), value, where))
        break
    for value, where in leaves(node, "mpn", "model", pointer=pointer):
        found.add("mpn", source.reading(values.code(text_of(value)), value, where))
        break
    for value, where in leaves(node, *GTIN_NAMES, pointer=pointer):
        if gtin := values.gtin(str(value)):
            found.add("gtin", source.reading(gtin, value, where))
            break


def _images(node: Node, pointer: str, source: Source, found: Subject) -> None:
    urls: list[str] = []
    first: tuple[Any, str] | None = None
    places = list(leaves(node, "image", pointer=pointer))
    for inner, where in nodes(node, "image", pointer, source):
        places += leaves(inner, "contentUrl", "url", "@id", pointer=where)
    for value, where in places[:40]:
        url = values.image(str(value), source.document)
        if url and url not in urls:
            urls.append(url)
            first = first or (value, where)
    if first:
        found.add("images", source.reading(tuple(urls), *first))


def _offers(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """Fields of the offers; a ladder of single offers becomes variants, the first is the one shown."""
    singles: list[tuple[Node, str]] = []
    for offer, where in nodes(node, "offers", pointer, source):
        nested = list(nodes(offer, "offers", where, source))
        if "aggregateoffer" in types(offer) or "lowPrice" in offer:
            _aggregate(offer, where, source, found)
            _terms(offer, where, source, found)
        else:
            nested = nested or [(offer, where)]
        singles += nested
    chosen = _chosen(singles, source)
    for offer, where in chosen:
        price = money(offer, where, source)
        found.add("price", price)
        _specifications(offer, where, source, found, price)
        _terms(offer, where, source, found)
        _codes(offer, where, source, found)
        break
    if len(singles) > 1:
        found.add("variants", _as_variants(singles, source))


def _chosen(singles: list[tuple[Node, str]], source: Source) -> list[tuple[Node, str]]:
    """The offer that names this very address (a variant link), else what can be had first, as shops preselect."""
    here = source.document.url
    if "?" in here:
        for item in singles:
            if any(text_of(value).endswith(here.split("/", 3)[-1]) for value, _ in leaves(item[0], "url")):
                return [item]
    available = [item for item in singles if _is_available(item[0])]
    return [*available, *(item for item in singles if item not in available)]


def _is_available(offer: Node) -> bool:
    return any(values.availability(str(value)) == "InStock" for value, _ in leaves(offer, "availability"))


def _terms(offer: Node, where: str, source: Source, found: Subject) -> None:
    for value, place in leaves(offer, "availability", pointer=where):
        found.add("availability", source.reading(values.availability(str(value)), value, place))
    for value, place in leaves(offer, "itemCondition", pointer=where):
        found.add("condition", source.reading(values.condition(str(value)), value, place))
    for name in ("seller", "offeredBy"):
        found.add("seller", _name_of(offer, name, where, source))


def money(offer: Node, where: str, source: Source, *names: str) -> Reading | None:
    """The price of an offer or price specification, with its declared currency."""
    code = currency(offer, source)
    for value, place in leaves(offer, *(names or ("price",)), pointer=where):
        amount = read_amount(str(value), source.document.hints(code))
        if amount is not None and amount >= 0:
            reason = f"declared by the page ({source.extractor})" if code else ""
            tax = _tax(offer)
            return source.reading(Money(amount=amount, currency=code, reason=reason, tax=tax), value, place)
    return None


def currency(offer: Node, source: Source) -> str | None:
    """Declared ISO code of an offer."""
    for value, _ in leaves(offer, "priceCurrency"):
        if code := values.currency(str(value)):
            return code
    for inner, _ in nodes(offer, "priceSpecification", "", source):
        for value, _ in leaves(inner, "priceCurrency"):
            if code := values.currency(str(value)):
                return code
    return None


def _tax(offer: Node) -> Any:
    said = offer.get("valueAddedTaxIncluded")
    if isinstance(said, (list, dict)) or said is None:
        return None
    return {"true": "included", "false": "excluded"}.get(str(said).strip().lower())


def _aggregate(offer: Node, where: str, source: Source, found: Subject) -> None:
    low, high = money(offer, where, source, "lowPrice", "price"), money(offer, where, source, "highPrice")
    if low and high and high.value.amount > low.value.amount:
        low.note = "from"
    found.add("price", low)
    found.add("price_high", high)


def _specifications(offer: Node, where: str, source: Source, found: Subject, price: Reading | None) -> None:
    """Prices of the offer's specifications: list price by its type, unit prices left out."""
    code = currency(offer, source)
    for spec, place in nodes(offer, "priceSpecification", where, source):
        kind = local(str(spec.get("priceType") or spec.get("name") or ""))
        reading = money({"priceCurrency": code, **spec}, place, source)
        if reading is None or ("referenceQuantity" in spec and "unitpricespecification" in types(spec) and price):
            continue
        if kind in ("listprice", "strikethroughprice", "msrp", "srp", "regularprice"):
            found.add("list_price", reading)
        elif price is None:
            found.add("price", reading)
            price = reading


def _as_variants(singles: list[tuple[Node, str]], source: Source) -> Reading | None:
    variants: dict[str, Variant] = {}
    for offer, where in singles[:VARIANT_LIMIT]:
        if variant := _variant(offer, where, source):
            variants.setdefault(variant.id, variant)
    if len(variants) < 2:  # one choice is no choice
        return None
    return source.reading(tuple(variants.values()), singles[0][0].get("@type", ""), singles[0][1])


def _variant(node: Node, where: str, source: Source) -> Variant | None:
    own = Subject(source.extractor)
    _plain(node, where, source, own)
    _codes(node, where, source, own)
    inner = next(iter(nodes(node, "offers", where, source)), (node, where))
    price = money(inner[0], inner[1], source) or money(inner[0], inner[1], source, "lowPrice")
    _terms(inner[0], inner[1], source, own)
    name = own.first("sku") or own.first("product_id") or own.first("gtin") or own.first("url") or own.first("title")
    if not name:
        return None
    return Variant(
        id=str(name)[:200],
        title=own.first("title") or "",
        price=cast("Money | None", price and price.value),
        sku=own.first("sku"),
        availability=own.first("availability"),
    )


def _variants(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """A product group: its choices, and the price of the one this address names, else the lowest."""
    choices = list(nodes(node, "hasVariant", pointer, source))[:VARIANT_LIMIT]
    if not choices:
        return
    found.add("variants", _as_variants(choices, source))
    subjects = [subject({**inner, "hasVariant": None}, where, source) for inner, where in choices[:VARIANT_LIMIT]]
    here = [one for one in subjects if one.first("url") and source.document.url.endswith(_tail(one.first("url")))]
    ranked = here or sorted(subjects, key=lambda one: _amount(one.first("price")))
    for name, readings in ranked[0].readings.items():
        if name not in found.readings and (here or name not in ("sku", "mpn", "gtin", "title", "url")):
            found.readings[name] = readings


def _tail(url: str) -> str:
    return url.split("/", 3)[-1] if "//" in url else url


def _amount(price: Money | None) -> Decimal:
    return price.amount if price else Decimal("Infinity")
