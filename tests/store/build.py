"""Captures for tests: the fewest words that make a valid one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from crawler.items import Capture, Flag, Identifier, Money, Observation, Offer, Provenance, Storefront

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
SHOP = "shop.test#1"
LIST_URL = "https://shop.test/list"
BODY = b"<html>a page</html>"


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def place(text: str = "text") -> Provenance:
    return Provenance(extractor="json_ld", path="/html/body", text=text)


def flag(code: str = "wording.replica", **changes: Any) -> Flag:
    values: dict[str, Any] = {"code": code, "state": "raised", "weight": 1.0, "sentence": f"It is {code}."}
    values |= {"allegation": "counterfeit", "brand": "Velmora", "provenance": (place(),)}
    return Flag(**values | changes)


def offer(number: int = 0, price: str | Money | None = "100", **changes: Any) -> Offer:
    """One offer of ``SHOP`` at 100 EUR, with provenance for whatever it is given."""
    values: dict[str, Any] = {
        "id": f"{SHOP}/{number}",
        "storefront": SHOP,
        "url": f"https://shop.test/p/{number}",
        "title": f"Thing {number}",
        "price": Money(amount=Decimal(price), currency="EUR") if isinstance(price, str) else price,
    }
    values |= changes
    return Offer(
        **values, provenance={name: place() for name in values if name not in ("id", "storefront", "url", "flags")}
    )


def shop(**changes: Any) -> Storefront:
    values: dict[str, Any] = {"id": SHOP, "key": "shop.test", "kind": "shop", "url": "https://shop.test/"}
    return Storefront(**values | changes)


def email(value: str) -> Identifier:
    return Identifier(kind="email", value=value, provenance=place(value))


def capture(*offers: Offer, at: float = 0, **changes: Any) -> Capture:
    """A list page of ``SHOP``, fetched ``at`` hours after the start."""
    url = changes.pop("url", LIST_URL)
    seen = Observation(
        fetched_at=hour(at),
        url=url,
        final_url=url,
        redirects=("https://shop.test/old",),
        status=changes.pop("status", 200),
        server_address="127.0.0.2",
        certificate_sha256="c" * 64,
        vantage=changes.pop("vantage", None),
        body_sha256=f"{int(at * 1000):064x}",
        body_size=len(BODY),
    )
    values: dict[str, Any] = {"page_kind": "list", "storefronts": [shop()], "offers": list(offers)}
    return Capture(observation=seen, body=BODY, content_type="text/html", **values | changes)


def own_page(item: Offer, at: float = 0, **changes: Any) -> Capture:
    """The page of one product."""
    return capture(item, at=at, url=item.url, page_kind="product", **changes)
