"""A marketplace: items of many sellers under one roof, a page for each seller."""

from __future__ import annotations

from html import escape

from lab.model import Item
from lab.sites.common import common, framed, missing
from lab.sites.site import Page, Request
from lab.storefront import Storefront
from lab.templates import parts

PER_PAGE = 8


def mail(seller: Storefront) -> str:
    """The address at which a seller with a business of its own is reached."""
    return f"{seller.plan.account}@mailbee.test"


class Market:
    """Listings of all sellers with paging, item pages that name the seller, seller pages."""

    def __init__(self, front: Storefront, sellers: list[Storefront]) -> None:
        self.front, self.sellers = front, sellers
        self._by_path: dict[str, tuple[Storefront, Item]] = {}

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        if not self._by_path:
            self._by_path = {
                self.item_path(seller, item): (seller, item) for seller in self.sellers for item in seller.items
            }
        shared = common(self.front, request, ["/", *self._by_path])
        if shared:
            return shared
        if request.path in {"/", "/browse"}:
            return self._browse(request)
        if request.path in self._by_path:
            return self._item(*self._by_path[request.path])
        seller = next((one for one in self.sellers if self.seller_path(one) == request.path), None)
        return self._seller(seller) if seller else missing(self.front)

    def item_path(self, seller: Storefront, item: Item) -> str:
        """The path of an item; its number is the marketplace's own."""
        return f"/item/{seller.rng('number').randrange(10**6, 10**7) + int(item.id)}"

    def seller_path(self, seller: Storefront) -> str:
        """The path of a seller's page."""
        return f"/u/{seller.plan.account}"

    def _browse(self, request: Request) -> Page:
        everything = sorted(self._by_path)
        number = int(request.query.get("p", "1")) if request.query.get("p", "1").isdecimal() else 1
        shown = everything[(number - 1) * PER_PAGE : number * PER_PAGE]
        more = number * PER_PAGE < len(everything)
        following = parts.links([(f"/browse?p={number + 1}", self.front.voice.ui("next"))]) if more else ""
        return self._page(self.front.name, f"<h1>{self.front.name}</h1>{self._rows(shown)}<p>{following}</p>")

    def _rows(self, paths: list[str]) -> str:
        return "<ul>" + "".join(self._row(path, *self._by_path[path]) for path in paths) + "</ul>"

    def _row(self, path: str, seller: Storefront, item: Item) -> str:
        return (f'<li class="{self.front.css("card")}"><a href="{path}">{escape(item.title)}</a> '
                f"<span>{parts.now(self.front, item)}</span> <small>{self._by(seller)}</small></li>")  # fmt: skip

    def _by(self, seller: Storefront) -> str:
        name = escape(seller.plan.account)
        return f'{parts.say(self.front, "seller")} <a href="{self.seller_path(seller)}">{name}</a>'

    def _item(self, seller: Storefront, item: Item) -> Page:
        front = self.front
        others = [self.item_path(seller, other) for other in seller.items if other.id != item.id][:2]
        body = f"""<div><h1>{escape(item.title)}</h1><img src="{front.urls.image(item)}" alt="">
<p class="{front.css("price")}">{parts.now(front, item)}</p><p>{parts.stock(front, item)}</p>
<p>{parts.condition(front, item)}</p><p>{self._by(seller)} ({self._ratings(seller)})</p>{parts.buy_form(front, item)}
<p>{escape(item.text)}</p></div><h2>{parts.say(front, "related")}</h2>{self._rows(others)}"""
        return self._page(item.title, body, self._marks(seller, item))

    def _marks(self, seller: Storefront, item: Item) -> str:
        where = self.front.urls.absolute(self.seller_path(seller))
        offer = {"@type": "Offer", "seller": {"@type": "Person", "name": seller.plan.account, "url": where}}
        if item.price is not None:
            offer |= {"price": str(item.price), "priceCurrency": self.front.plan.currency}
        tree = {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": item.title,
            "sku": item.sku,
            "offers": offer,
        }
        return f'<script type="application/ld+json">{parts.script_json(tree)}</script>'

    def _ratings(self, seller: Storefront) -> str:
        return f"{seller.rng('ratings').randrange(0, 400)} {escape(self.front.voice.ui('ratings'))}"

    def _seller(self, seller: Storefront) -> Page:
        since = f"{self.front.voice.ui('member_since')} {seller.rng('since').randrange(2015, 2027)}"
        business = (
            f"<p>{escape(seller.owner.company)}, {escape(seller.owner.city)}</p>" if seller.style.legal == "own" else ""
        )
        rows = self._rows([self.item_path(seller, item) for item in seller.items])
        body = f"<h1>{escape(seller.plan.account)}</h1><p>{escape(since)}, {self._ratings(seller)}</p>{business}{rows}"
        return self._page(seller.plan.account, body)

    def _page(self, title: str, body: str, head: str = "") -> Page:
        return framed(self.front, title, body, head)
