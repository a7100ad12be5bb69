"""A shop of its own: home, categories with paging, products, legal pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import quote

from lab.model import Item
from lab.sites.common import common, framed, missing
from lab.sites.site import Page, Request, redirect
from lab.storefront import Storefront
from lab.templates import frame, parts
from lab.templates.registry import TEMPLATES
from lab.urls import Place, place, with_parameter

PER_PAGE = 4  # with the trap "paging"; small, so that a dozen items already need several pages
ALL = 48
AWAY = 0.3  # share of pages that lead elsewhere, in shops that send visitors away
Handler = Callable[[Request], Page]


def next_door(front: Storefront) -> str:
    """The domain that a shop sends its visitors to."""
    return f"{front.plan.host.removesuffix('.test')}-{front.rng('next').randrange(2, 99)}.test"


class Shop:
    """The pages of one storefront under its own name."""

    def __init__(self, front: Storefront) -> None:
        self.front = front
        self.template = TEMPLATES[front.template]
        self._routes: dict[Place, Handler] = {}

    def answer(self, request: Request) -> Page:
        """The page for a request."""
        shared = common(self.front, request, self.paths())
        if shared:
            return shared
        if self.front.sends_away and self.front.chance(f"away {request.target}", AWAY):
            return redirect(f"http://{next_door(self.front)}/", 302)
        handler = self._find(request)
        return handler(request) if handler else missing(self.front)

    def paths(self) -> list[str]:
        """Everything that the sitemap lists."""
        urls = self.front.urls
        categories = [urls.category(name) for name in self.front.categories]
        legal = [path for path, _ in frame.legal_links(self.front)]
        return ["/", *categories, *(urls.product(item) for item in self.front.items), *legal]

    def _find(self, request: Request) -> Handler | None:
        """The route whose own parameters are all among those of the request; others are ignored, as shops do."""
        if not self._routes:
            self._build()
        bare, query = place(request.target)
        exact = self._routes.get((bare, query)) or self._routes.get((bare, frozenset()))
        if exact:
            return exact
        return next((found for (path, own), found in self._routes.items() if path == bare and own <= query), None)

    def _build(self) -> None:
        urls = self.front.urls
        self._routes[place("/")] = self.home
        for item in self.front.items:
            self._routes[place(urls.product(item))] = partial(self.product, item)
        for name in self.front.categories:
            self._routes[place(urls.category(name))] = partial(self.category, name)

    def home(self, _request: Request) -> Page:
        """The home page with a word of welcome and some items."""
        front = self.front
        shown = [] if "sitemap_only" in front.plan.traps else front.items[:6]
        words = front.voice.pick("about").format(name=front.name)
        if front.style.negates:
            words += " " + front.voice.pick("negating")
        return self._page(front.name, f"<h1>{escape(front.name)}</h1><p>{escape(words)}</p>{self._cards(shown)}")

    def product(self, item: Item, _request: Request | None = None) -> Page:
        """The page of an item."""
        body, head = self.template.product(self.front, item), self.template.head(self.front, item)
        return self._page(item.title, body, head)

    def category(self, name: str, request: Request) -> Page:
        """One page of a category, in the order that the query asks for."""
        front, here = self.front, self.front.urls.category(name)
        items = [item for item in front.items if item.category == name]
        sorting = "sorting" in front.plan.traps
        if sorting and request.query.get("maker"):
            items = [item for item in items if item.brand_shown == request.query["maker"]]
        if sorting and request.query.get("sort") == "price":
            items.sort(key=lambda item: (item.price or 0, item.id))
        per_page = PER_PAGE if "paging" in front.plan.traps else ALL
        page = int(request.query.get("page", "1")) if request.query.get("page", "1").isdecimal() else 1
        shown = items[(page - 1) * per_page : page * per_page]
        tools = self._choices(here, name) if sorting else ""
        more = ""
        if len(items) > page * per_page:
            more = parts.links([(with_parameter(here, "page", str(page + 1)), front.voice.ui("next"))])
        title = front.voice.category(name)
        return self._page(title, f"<h1>{escape(title)}</h1>{tools}{self._cards(shown)}<p>{more}</p>")

    def _choices(self, here: str, category: str) -> str:
        """Order, view and maker, each as links: addresses without end that show nothing new."""
        ui = self.front.voice.ui
        orders = [
            (with_parameter(here, "sort", by), ui(word)) for by, word in (("price", "cheapest"), ("new", "newest"))
        ]
        views = [(with_parameter(here, "view", view), view) for view in ("grid", "list")]
        makers = sorted({item.brand_shown or "" for item in self.front.items if item.category == category} - {""})
        filters = [(with_parameter(here, "maker", quote(maker)), maker) for maker in makers]
        return f"<p>{escape(ui('sort'))}: {parts.links([*orders, *views])}</p><p>{parts.links(filters)}</p>"

    def _cards(self, items: Sequence[Item]) -> str:
        cards = "".join(self.template.card(self.front, item) for item in items)
        return f'<div class="{self.front.css("grid")}">{cards}</div>'

    def _page(self, title: str, body: str, head: str = "") -> Page:
        return framed(self.front, title, body, head)
