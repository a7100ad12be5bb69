"""Rows that a profile read → offers and the sellers that make them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from babel import Locale
from pydantic import ValidationError

from crawler.extract.document import parse
from crawler.extract.facts import collect
from crawler.extract.facts.page import Page as FactsPage
from crawler.extract.offers import DESCRIPTION_LIMIT, TITLE_LIMIT, offer_id
from crawler.extract.profiles.reading import Row
from crawler.extract.profiles.schema import Profile
from crawler.items import MATCHED_TEXT_LIMIT, Condition, Identifier, Offer, Provenance, Storefront, storefront_id
from crawler.urls import canonical

EXTRACTOR = "profile"
FIELDS = ("title", "description", "price", "list_price", "shipping", "stock", "sold", "condition", "location", "images",
          "brand", "sku", "mpn", "gtin", "category")  # fmt: skip
CONDITIONS: dict[str, Condition] = {"new": "new", "used": "used", "refurbished": "refurbished", "damaged": "damaged"}
BUSINESS = ("seller.company", "seller.business", "seller.email", "seller.phone", "seller.vat")
ID = re.compile(r"[^\s|#]{1,100}")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def seller_of(profile: Profile, row: Row, fallback: Row | None = None) -> Storefront | None:
    """The seller of a row or page; None when nobody is named by an id."""
    row = {**(fallback or {}), **row}
    identity = _text(row, "seller.id")
    if not ID.fullmatch(identity):
        return None
    key = f"{profile.key}:{identity.lower()}"
    identifiers = _identifiers(profile, row)
    facts: dict[str, Any] = {
        "ratings": row["seller.ratings"].value if "seller.ratings" in row else None,
        "member_since": _since(_text(row, "seller.since")),
        "company": _text(row, "seller.company")[:200],
        "business": _text(row, "seller.business")[:1_000],
        "vat_number": _text(row, "seller.vat")[:40],
        "places": {name: row[name].found.path for name in row if name.startswith("seller.")},
    }
    return Storefront(
        id=storefront_id(key),
        key=key,
        kind="marketplace_seller",
        name=_text(row, "seller.name")[:100] or identity,
        country=country(_text(row, "seller.country")),
        url=_text(row, "seller.url") or f"https://{profile.key}/",
        platform=profile.name,
        identifiers=identifiers,
        facts={name: value for name, value in facts.items() if value not in (None, "")},
    )


def offer_of(profile: Profile, row: Row, seller: Storefront, url: str) -> Offer | str:
    """The offer of a row, or why it is none."""
    title, number = _text(row, "title"), _text(row, "id")
    if not title or not number:
        return "offer.no_title" if number else "offer.no_id"
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {"shop_product_id": _place(row, "id"), "seller": _place(row, "seller.id")}
    for name in FIELDS:
        if name in row and (value := _clean(name, row[name].value)) is not None:
            values[name] = value
            provenance[name] = _place(row, name)
    if "stock" in values:
        values["availability"] = "InStock" if values["stock"] else "OutOfStock"
        provenance["availability"] = provenance["stock"]
    address = _text(row, "url") or url
    try:
        return Offer(
            id=offer_id(seller.id, number, address),
            storefront=seller.id,
            url=canonical(address) or address,
            seller=seller.name,
            shop_product_id=number[:200],
            price_problem=None if "price" in values else "on_request",
            language=profile.language,
            provenance=provenance,
            **values,
        )
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        return f"offer.invalid.{place[0] if place else 'model'}"


def country(text: str) -> str | None:
    """An ISO 3166-1 code from a code or an English or local name of a country."""
    said = text.strip()
    if re.fullmatch(r"[A-Za-z]{2}", said):
        return {"UK": "GB"}.get(said.upper(), said.upper())
    return _countries().get(said.casefold())


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "de", "fr", "es", "it", "pl", "pt", "nl"):
        table = Locale(language).territories
        names |= {str(name).casefold(): code for code, name in table.items() if len(code) == 2 and code.isalpha()}
    return names


def _clean(name: str, value: Any) -> Any:
    if name == "condition":
        return CONDITIONS.get(str(value).casefold())
    if name == "title":
        return str(value)[:TITLE_LIMIT]
    return value[:DESCRIPTION_LIMIT] if isinstance(value, str) else value


def _place(row: Row, name: str) -> Provenance:
    found = row[name].found if name in row else row["id"].found
    return Provenance(extractor=EXTRACTOR, path=found.path, text=found.text[:MATCHED_TEXT_LIMIT])


def _text(row: Row, name: str) -> str:
    return str(row[name].value) if name in row else ""


def _since(text: str) -> str:
    """A date or year as the platform shows it; seconds since 1970 as a date."""
    if re.fullmatch(r"\d{9,10}", text):
        return datetime.fromtimestamp(int(text), UTC).date().isoformat()
    match = YEAR.search(text)
    return text[:40] if re.match(r"\d{4}-\d\d", text) else match[0] if match else text[:40]


def _identifiers(profile: Profile, row: Row) -> tuple[Identifier, ...]:
    """The ways to reach a seller that the platform shows as his business details; never the platform's own."""
    found: list[Identifier] = []
    for name in BUSINESS:
        if name in row:
            text = _text(row, name).replace("&", "&amp;").replace("<", "&lt;")
            page = FactsPage(parse(f"<html><body><p>{text}</p></body></html>", f"https://{profile.key}/", ""))
            kinds = collect.PERSONAL | {"vat", "company_number"}
            place = _place(row, name)
            found += [
                one.model_copy(update={"provenance": one.provenance.model_copy(update={"path": place.path})})
                for one in collect.identifiers(page)
                if one.kind in kinds
            ]
    return tuple({(one.kind, one.value): one for one in found}.values())
