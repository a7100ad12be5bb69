"""A large marketplace as an interface of JSON: results by words and offset, sellers, items. Its web pages are an app's shell."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from lab.model import Item
from lab.sites.market import Market, mail
from lab.sites.site import Page, Request, html
from lab.storefront import Storefront

MOST = 100  # items of one answer


class Lots(Market):
    """``/rest/find?terms=…&from=…&size=…``, ``/rest/vendor/NUMBER``, ``/rest/vendor/NUMBER/lots?from=…``."""

    def answer(self, request: Request) -> Page:
        """The answer to a request."""
        if not self._by_path:
            self._by_path = {self.item_path(s, i): (s, i) for s in self.sellers for i in s.items}
            self._numbers = {self._number(s): s for s in self.sellers}
        start = request.query.get("from", "0")
        first = int(start) if start.isdecimal() and len(start) < 9 else 0
        parts = request.path.strip("/").split("/")
        if request.path == "/robots.txt":
            return Page(b"User-agent: *\nDisallow: /my/\n", content_type="text/plain")
        if request.path == "/rest/find":
            return self._find(request.query.get("terms", ""), first)
        if parts[:2] == ["rest", "vendor"] and len(parts) > 2 and parts[2] in self._numbers:
            seller = self._numbers[parts[2]]
            return self._own(seller, first) if parts[3:] == ["lots"] else _json(self._vendor(seller))
        if request.path.startswith("/rest/"):
            return _json({"fault": "not_found"}, 404)
        return html('<!doctype html><div id="app"></div><script src="/app.js"></script>')

    def item_path(self, seller: Storefront, item: Item) -> str:
        """The path of an item's web page."""
        return f"/lot/{self._number(seller)}-{item.id}"

    def seller_path(self, seller: Storefront) -> str:
        """The path of a seller's web page."""
        return f"/vendor/{self._number(seller)}"

    def _number(self, seller: Storefront) -> str:
        return str(seller.rng("vendor").randrange(10**7, 10**8))

    def _find(self, terms: str, first: int) -> Page:
        wanted = terms.casefold().split()
        found = [
            (seller, item)
            for seller, item in self._by_path.values()
            if wanted and all(word in item.title.casefold() for word in wanted)
        ]
        rows = [self._lot(*one) for one in found[first : first + MOST]]
        if rows:
            rng = Random(f"{self.front.seed}/{terms}/{first}")
            rows.insert(
                rng.randrange(len(rows)),
                self._lot(*rng.choice(found)) | {"lotId": f"ad-{rng.random()}", "sponsored": True},
            )
            rows.append({"lotId": "", "placeholder": True, "heading": None, "cost": None, "vendor": None})
        return _json({"hits": len(found), "from": first, "result": {"lots": rows, "similar": self._similar()}})

    def _similar(self) -> list[dict[str, Any]]:
        return [self._lot(*one) | {"state": "ENDED"} for one in list(self._by_path.values())[:2]]

    def _own(self, seller: Storefront, first: int) -> Page:
        rows = [self._lot(seller, item) for item in seller.items[first : first + MOST]]
        return _json({"hits": len(seller.items), "from": first, "result": {"lots": rows}})

    def _lot(self, seller: Storefront, item: Item) -> dict[str, Any]:
        rng = Random(f"{seller.plan.key}/{item.id}")
        cost = None
        if item.price is not None:
            cost = {"minor": int(item.price * 100), "exponent": 2, "iso": seller.plan.currency}
        found: dict[str, Any] = {
            "lotId": f"{self._number(seller)}-{item.id}",
            "heading": item.title,
            "cost": cost,
            "postage": {"minor": rng.choice((0, 390, 1200)), "exponent": 2, "iso": seller.plan.currency},
            "condition": {"code": "USED" if item.used else "NEW"},
            "stock": {"left": rng.randrange(1, 90) if item.available else 0, "sold": rng.randrange(0, 700)},
            "place": {"town": seller.owner.city, "nation": seller.country},
            "vendor": {"number": self._number(seller), "alias": seller.plan.account, "votes": self._votes(seller)},
            "pictures": [
                {"href": f"https://img.{self.front.plan.host}/{item.id}/{n}.webp"} for n in range(rng.randrange(1, 4))
            ],
            "page": self.front.urls.absolute(self.item_path(seller, item)),
            "words": item.text,
        }
        if item.list_price:
            found["before"] = {"minor": int(item.list_price * 100), "exponent": 2, "iso": seller.plan.currency}
        return found

    def _votes(self, seller: Storefront) -> int:
        return seller.rng("ratings").randrange(0, 4000)

    def _vendor(self, seller: Storefront) -> dict[str, Any]:
        owner, trading = seller.owner, seller.style.legal != "missing"
        firm = {"title": owner.company, "street": owner.street, "city": owner.city, "mail": mail(seller),
                "phone": owner.phone, "vat": owner.vat}  # fmt: skip
        return {
            "number": self._number(seller),
            "alias": seller.plan.account,
            "votes": self._votes(seller),
            "nation": seller.country,
            "joined": f"{seller.rng('since').randrange(2009, 2027)}-03-01",
            "firm": firm if trading else None,
        }


def _json(value: Any, status: int = 200) -> Page:
    return Page(json.dumps(value, ensure_ascii=False).encode(), status, "application/json; charset=utf-8")
