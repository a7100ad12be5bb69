"""How a shop addresses its pages: every shop software has its own habit."""

from __future__ import annotations

from random import Random
from typing import NamedTuple
from urllib.parse import parse_qsl

from lab.model import Item


class Habit(NamedTuple):
    """Address forms: ``{slug}``, ``{id}`` and ``{name}`` are filled in."""

    product: str
    category: str
    page: str


HABITS = (
    Habit("/product/{slug}", "/category/{name}", "/info/{name}"),
    Habit("/p/{id}/{slug}", "/c/{name}", "/pages/{name}"),
    Habit("/{slug}.html", "/{name}.html", "/{name}-page.html"),
    Habit("/index.php?route=product/product&product_id={id}", "/index.php?route=product/category&path={name}",
          "/index.php?route=information/{name}"),
    Habit("/shop/item.php?id={id}", "/shop/list.php?cat={name}", "/shop/{name}.php"),
    Habit("/{slug}-a{id}", "/{name}/", "/service/{name}/"),
)  # fmt: skip


class Urls:
    """The addresses of one host, as paths."""

    def __init__(self, host: str, rng: Random) -> None:
        self.host, self.habit = host, rng.choice(HABITS)

    def product(self, item: Item) -> str:
        """The page of an item."""
        return self.habit.product.format(slug=item.slug, id=item.id)

    def category(self, name: str) -> str:
        """The first page of a category."""
        return self.habit.category.format(name=name)

    def page(self, name: str) -> str:
        """A legal or service page."""
        return self.habit.page.format(name=name)

    def image(self, item: Item, size: str = "") -> str:
        """A picture of an item."""
        return f"/media/{item.id}{size}.png"

    def absolute(self, path: str) -> str:
        """The URL of a path."""
        return f"http://{self.host}{path}"


Place = tuple[str, frozenset[tuple[str, str]]]


def place(target: str) -> Place:
    """A path with its query as something to look up, whatever the order of parameters."""
    bare, _, query = target.partition("?")
    return bare, frozenset(parse_qsl(query))


def leads_to(target: str, path: str) -> bool:
    """Whether a request for ``target`` gets the page at ``path``; parameters unknown to the page are ignored."""
    (asked, given), (bare, own) = place(target), place(path)
    return asked == bare and own <= given


def with_parameter(path: str, name: str, value: str) -> str:
    """The path with one more query parameter."""
    return f"{path}{'&' if '?' in path else '?'}{name}={value}"
