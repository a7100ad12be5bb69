"""The offers of a schema.org product: prices and their kinds, availability, condition, seller, a ladder of choices."""

from __future__ import annotations

from typing import Any, cast

from crawler.extract import values
from crawler.extract.markup.graph import Node, Source, Subject, leaves, local, nodes, text_of, types
from crawler.extract.markup.schema_fields import codes, name_of, plain
from crawler.extract.model import Reading
from crawler.items import Variant
from crawler.money import Hints, Money, read_amount, read_prices
from crawler.urls import join

ANY_CHOICE = "one of several choices, which the mark-up does not tell from the others"
"""Note of a price that was taken from a ladder because it came first."""
VARIANT_LIMIT = 250  # choices of one product that are kept: Shopify allowed 100 for most of its life, 2048 today


def offers(node: Node, pointer: str, source: Source, found: Subject) -> None:
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
        if price is not None and len(chosen) > 1:
            price.note = ANY_CHOICE
        found.add("price", price)
        _specifications(offer, where, source, found, price)
        _terms(offer, where, source, found)
        codes(offer, where, source, found)
        break
    if len(singles) > 1:
        found.add("variants", as_variants(singles, source))
    _on_the_product(node, pointer, source, found)


def _on_the_product(node: Node, pointer: str, source: Source, found: Subject) -> None:
    """What templates write beside their offer instead of in it: OXID and Solidus close the offer before the price."""
    if "price" not in found.readings:
        found.add("price", money(node, pointer, source))
    if "availability" not in found.readings:
        _terms(node, pointer, source, found)


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
        found.add("seller", name_of(offer, name, where, source))
        for inner, place in nodes(offer, name, where, source):
            for value, at in leaves(inner, "url", "@id", pointer=place):
                if url := join(source.document.base, str(value)):
                    found.add("seller_url", source.reading(url, value, at))


def money(offer: Node, where: str, source: Source, *names: str) -> Reading | None:
    """The price of an offer or price specification, with its declared currency."""
    code = currency(offer, source)
    for value, place in leaves(offer, *(names or ("price",)), pointer=where):
        amount = read_amount(str(value), source.document.hints(code))
        if amount is None and (shown := _shown(str(value), source.document.hints(code))):
            return source.reading(shown.model_copy(update={"currency": code or shown.currency}), value, place)
        if amount is not None and amount >= 0:
            reason = f"declared by the page ({source.extractor})" if code else ""
            tax = _tax(offer)
            return source.reading(Money(amount=amount, currency=code, reason=reason, tax=tax), value, place)
    return None


PRICE_LIMIT = 40  # characters of a price with its sign; a longer one is a sentence


def _shown(text: str, hints: Hints) -> Money | None:
    """The one price of a property that holds what visitors read ("129,00 €") and no bare number."""
    found = [one for one in read_prices(text, hints) if one.money] if len(text) <= PRICE_LIMIT else []
    return found[0].money if len(found) == 1 and found[0].role in ("price", "from") else None


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


def as_variants(singles: list[tuple[Node, str]], source: Source) -> Reading | None:
    """Single offers or products as choices; one is no choice."""
    variants: dict[str, Variant] = {}
    for offer, where in singles[:VARIANT_LIMIT]:
        if variant := _variant(offer, where, source):
            variants.setdefault(variant.id, variant)
    if len(variants) < 2:  # one choice is no choice
        return None
    return source.reading(tuple(variants.values()), singles[0][0].get("@type", ""), singles[0][1])


def _variant(node: Node, where: str, source: Source) -> Variant | None:
    own = Subject(source.extractor)
    plain(node, where, source, own)
    codes(node, where, source, own)
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
