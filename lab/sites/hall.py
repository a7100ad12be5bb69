"""A large marketplace as hand-made HTML: searched by words, paged, full of things that are not results.

Advertisements stand between the results, items that ended stand below them, an item's page shows what other sellers have,
and a page behind the last one shows the last one again. Prices are written the house's way, in each seller's currency.
"""

from __future__ import annotations

from html import escape
from random import Random

from lab import money
from lab.model import Item
from lab.sites.market import Market, mail
from lab.sites.site import Page, Request, html
from lab.storefront import Storefront

PER_PAGE = 40
ADS = 3  # on every page of results
PRIVATE = "/konto"
SHIPPING = ("0.00", "3.90", "5.49", "12.00")


class Hall(Market):
    """Results at ``/suche?wort=…&seite=…``, items at ``/los/NUMBER``, sellers at ``/stand/NAME``."""

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        self._place()
        if request.path == "/robots.txt":
            return Page(f"User-agent: *\nDisallow: {PRIVATE}\n".encode(), content_type="text/plain")
        if request.path == "/suche":
            return self._results(request.query.get("wort", ""), request.query.get("seite", "1"))
        if request.path in self._by_path:
            return self._lot(*self._by_path[request.path])
        if request.path.startswith("/stand/"):
            seller = self._accounts.get(request.path.removeprefix("/stand/"))
            if seller:
                return self._stand(seller, request.query.get("seite", "1"))
        if request.path == "/":
            return self._sheet("Grand Hall", '<form action="/suche"><input name="wort"></form>')
        return html("<h1>404</h1>", 404)

    def item_path(self, seller: Storefront, item: Item) -> str:
        """The path of an item; its number is the marketplace's own."""
        return f"/los/{seller.rng('lot').randrange(10**6, 10**7) * 1000 + int(item.id) % 1000}{item.id}"

    def seller_path(self, seller: Storefront) -> str:
        """The path of a seller's page."""
        return f"/stand/{seller.plan.account}"

    def _place(self) -> None:
        if not self._by_path:
            self._by_path = {self.item_path(s, i): (s, i) for s in self.sellers for i in s.items}
            self._accounts = {s.plan.account: s for s in self.sellers}

    def _results(self, words: str, page: str) -> Page:
        wanted = words.casefold().split()
        found = [
            (path, seller, item)
            for path, (seller, item) in self._by_path.items()
            if wanted and all(word in item.title.casefold() for word in wanted)
        ]
        shown, number, last = _page_of(found, page)
        rng = Random(f"{self.front.seed}/{words}/{number}")
        rows = [self._row(*one) for one in shown]
        for _ in range(ADS if shown else 0):
            rows.insert(rng.randrange(len(rows) + 1), self._advertisement(rng))
        over = "".join(self._over(rng) for _ in range(4))
        head = f'<p class="k-zahl"><b>{len(found)}</b> Treffer für „{escape(words)}“</p>'
        if not found:
            head = f'<p class="k-leer">Keine Treffer für „{escape(words)}“</p>'
        more = (
            f'<a class="k-vor" href="/suche?wort={escape(words)}&seite={number + 1}">weiter</a>'
            if number < last
            else ""
        )
        return self._sheet(
            words,
            f'{head}<div class="k-liste">{"".join(rows)}</div>{more}'
            f'<h2>Schon vorbei</h2><div class="k-liste k-vorbei">{over}</div>',
        )

    def _row(self, path: str, seller: Storefront, item: Item) -> str:
        return (
            f'<div class="k-karte" data-nr="{path.removeprefix("/los/")}"><a class="k-titel" href="{path}">'
            f'<img src="{path.replace("los", "bild")}.jpg" alt=""><span>{escape(item.title)}</span></a>'
            f'<span class="k-preis">{self._price(seller, item)}</span><em>{"gebraucht" if item.used else "neu"}</em>'
            f'<span class="k-wer"><a href="{self.seller_path(seller)}">{escape(seller.plan.account)}</a></span></div>'
        )

    def _price(self, seller: Storefront, item: Item) -> str:
        if item.price is None:
            return "Preis beim Verkäufer erfragen"
        old = f"<del>{escape(self._money(seller, item.list_price))}</del> " if item.list_price else ""
        return old + f"<b>{escape(self._money(seller, item.price))}</b>"

    def _money(self, seller: Storefront, amount: object) -> str:
        return money.show(amount, seller.plan.currency, "de")  # type: ignore[arg-type]

    def _advertisement(self, rng: Random) -> str:
        number = rng.randrange(10**11, 10**12)
        return (
            f'<div class="k-karte k-anz" data-nr="{number}"><small>Anzeige</small><a class="k-titel" href="/weg?zu={number}">'
            f'<span>Beste Angebote der Woche {number}</span></a><span class="k-preis"><b>{rng.randrange(5, 90)},99 €</b>'
            '</span><span class="k-wer"><a href="/stand/werbung">werbung</a></span></div>'
        )

    def _over(self, rng: Random) -> str:
        number = rng.randrange(10**11, 10**12)
        return (
            f'<div class="k-karte" data-nr="{number}"><a class="k-titel" href="/los/{number}"><span>Beendet {number}</span></a>'
            f'<span class="k-preis"><b>{rng.randrange(5, 900)},00 €</b></span><span class="k-wer"><a href="/stand/fort">fort</a>'
            "</span></div>"
        )

    def _lot(self, seller: Storefront, item: Item) -> Page:
        path = self.item_path(seller, item)
        rng = Random(path)
        others = [self._row(p, s, i) for p, (s, i) in rng.sample(sorted(self._by_path.items()), 3) if s is not seller]
        ship = rng.choice(SHIPPING).replace(".", ",")
        sold, left = rng.randrange(0, 300), rng.randrange(1, 60) if item.available else 0
        left_text = f"noch {left} Stück" if left else "ausverkauft"
        return self._sheet(
            item.title,
            f'<main class="los"><h1 id="t">{escape(item.title)}</h1><img class="gross" src="{path.replace("los", "bild")}-g.jpg">'
            f'<div id="p">{self._price(seller, item)}</div><ul class="fakten"><li>Versand: {ship} €</li>'
            f"<li>Bestand: {left_text}</li><li>Verkauft: {sold}</li><li>Zustand: {'gebraucht' if item.used else 'neu'}</li>"
            f'<li>Artikelort: {escape(seller.owner.city)}, {seller.country}</li></ul><section class="beschr">{escape(item.text)}'
            f"</section></main>{self._box(seller)}"
            f'<aside class="andere"><h3>Andere Verkäufer bieten</h3><div class="k-liste">{"".join(others)}</div></aside>',
        )

    def _box(self, seller: Storefront) -> str:
        return (
            f'<div class="verk"><a class="verk-n" href="{self.seller_path(seller)}">{escape(seller.plan.account)}</a>'
            f'<span class="verk-b">({seller.rng("ratings").randrange(0, 4000)} Bewertungen)</span></div>'
        )

    def _stand(self, seller: Storefront, page: str) -> Page:
        rows, number, last = _page_of([(self.item_path(seller, i), seller, i) for i in seller.items], page)
        more = (
            f'<a class="k-vor" href="{self.seller_path(seller)}?seite={number + 1}">weiter</a>' if number < last else ""
        )
        owner = seller.owner
        business = ""
        if seller.style.legal != "missing":
            business = (
                f'<address class="gewerbe">{escape(owner.company)}<br>{escape(owner.street)}<br>{escape(owner.city)}<br>'
                f"{escape(mail(seller))}<br>Tel. {escape(owner.phone)}<br>USt-ID {escape(owner.vat)}</address>"
            )
        near = Random(seller.plan.key).sample(sorted(self._accounts), 2)
        return self._sheet(
            seller.plan.account,
            f'<h1 class="verk-n">{escape(seller.plan.account)}</h1><p class="verk-d">Mitglied seit '
            f"{seller.rng('since').randrange(2009, 2027)} · {seller.country} · {seller.rng('ratings').randrange(0, 4000)} "
            f'Bewertungen</p>{business}<div class="k-liste">{"".join(self._row(*one) for one in rows)}</div>{more}'
            + "".join(f'<a class="nahe" href="/stand/{name}">{name}</a>' for name in near),
        )

    def _sheet(self, title: str, body: str) -> Page:
        return html(
            f'<!doctype html><html lang="de"><head><title>{escape(title)} | Grand Hall</title></head><body>'
            f'<header><a href="/">Grand Hall</a><a href="{PRIVATE}">Konto</a></header>{body}'
            "<footer>Grand Hall SE, service@grandhall.test</footer></body></html>"
        )


def _page_of(
    rows: list[tuple[str, Storefront, Item]], page: str
) -> tuple[list[tuple[str, Storefront, Item]], int, int]:
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(int(page), last) if page.isdecimal() and len(page) < 6 else 1
    return rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, last
