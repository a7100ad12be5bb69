"""Lists whose cards were left to the pages of their products, and whether those pages tell anything."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.plan import Step, step

LIMIT = 200  # lists that are remembered
PAGES = 5  # pages of products, read as none, from which lists alone tell what is sold
FEWEST_PAGES = 2  # the same where the shop has fewer products than that


class LeftLists:
    """What a shop sells stands on its lists alone if pages of products were read, and none as one."""

    def __init__(self, known: Knowledge) -> None:
        self._counts, self._products = known.counts, known.products
        self._left: dict[str, None] = {}

    def learn(self, *, is_product: bool) -> None:
        """Take in that a page was asked for as a product's, or was one."""
        self._counts["own|product" if is_product else "own|nothing"] += 1

    def tell(self) -> bool:
        """Whether the cards of lists are offers."""
        enough = max(FEWEST_PAGES, min(PAGES, self._products()))
        return self._counts["own|nothing"] >= enough and not self._counts["own|product"]

    def remember(self, url: str) -> None:
        """Take in a list whose cards were left."""
        if len(self._left) < LIMIT:
            self._left[url] = None

    def again(self) -> Iterator[Step]:
        """The steps to those whose cards are offers after all; lists that another worker read are left to it."""
        if self._left and self.tell():
            left, self._left = self._left, {}
            yield from (step(url, "list")._replace(again=True) for url in left)
