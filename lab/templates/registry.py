"""The page styles by name. A new style is a module with these three functions and a line here."""

from __future__ import annotations

from typing import Protocol

from lab.model import Item
from lab.storefront import Storefront
from lab.templates import bare, jsonld, microdata, state, table


class Template(Protocol):
    """How a style shows an item; the frame around it is common."""

    def head(self, front: Storefront, item: Item, /) -> str:
        """What stands in the head for machines; may be nothing."""
        ...

    def product(self, front: Storefront, item: Item, /) -> str:
        """The content of the item's own page."""
        ...

    def card(self, front: Storefront, item: Item, /) -> str:
        """The item in a list."""
        ...


TEMPLATES: dict[str, Template] = {
    "bare": bare,
    "jsonld": jsonld,
    "microdata": microdata,
    "state": state,
    "table": table,
}
