"""The shops of ``bench.revisits``, served: of many sizes, with and without validators and dated sitemaps, week by week.

``python -m bench.revisits_world --seed S --week W --dir D``. In week 0 every shop is as it opens; in week 1 a twelfth
of the prices have changed. A shop without validators writes something new into every page it sends, as shops with form
tokens do; one with a dated sitemap says there when a page changed.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from lab.__main__ import serve
from lab.model import Item, Plan
from lab.sites.site import Page, Request, Site
from lab.storefront import Storefront
from lab.world import World

SIZES = (12, 18, 24, 36, 60, 90, 120, 150)
PLAIN, TOKENS, DATED = "plain", "tokens", "dated"
HABITS = (PLAIN, DATED, PLAIN, TOKENS, DATED, PLAIN, TOKENS, DATED)
"""One for each size: most shops have validators, two of eight have none that are worth anything."""
CHANGED = 1 / 12  # of the prices, in week 1
OPENED = date(2026, 1, 5)


def cast(seed: str) -> list[Plan]:
    """One shop of each size; the small world's styles and languages, dealt anew."""
    rng = Random(f"{seed}/revisits")
    styles = ["household", "reseller", "unrelated", "second_hand", "accessories"]
    traps: list[tuple[str, ...]] = [(), ("paging",), (), ("sorting",), ("paging",), ("session",), (), ("paging",)]
    rng.shuffle(traps)
    return [
        Plan(f"{rng.choice(('kontor', 'bazar', 'vitrine', 'closet'))}-{size}.test", rng.choice(styles),
             rng.choice(("en", "de", "fr", "it")), "EUR", ("Kestrel", "Velmora"), size, traps=trap)
        for size, trap in zip(SIZES, traps, strict=True)
    ]  # fmt: skip


def changed(front: Storefront, item: Item) -> bool:
    """Whether the price of an item changes in week 1."""
    return item.price is not None and front.rng(f"week/{item.id}").random() < CHANGED


class Week:
    """A site of a week."""

    def __init__(self, site: Site, habit: str, week: int) -> None:
        self.front, self.site, self.habit, self.week = site.front, site, habit, week
        self._numbers = count(1)
        self._new = {self.front.urls.absolute(self.front.urls.product(i)) for i in self.front.items
                     if changed(self.front, i)}  # fmt: skip

    def answer(self, request: Request) -> Page:
        """The page, with a token in it or dates where the shop has that habit."""
        page = self.site.answer(request)
        if self.habit == TOKENS and page.content_type.startswith("text/html"):
            return page.with_text(page.text.replace("</body>", f"<!-- {next(self._numbers)} --></body>"))
        if self.habit == DATED and b"<urlset" in page.body:
            return replace(page, body=re.sub(rb"<loc>(.*?)</loc>", self._dated, page.body))
        return page

    def _dated(self, found: re.Match[bytes]) -> bytes:
        is_new = self.week > 0 and found[1].decode().replace("&amp;", "&") in self._new
        day = OPENED + timedelta(weeks=400 if is_new else 0)  # after any day on which this runs
        return found[0] + b"<lastmod>" + day.isoformat().encode() + b"</lastmod>"


def world(seed: str, week: int) -> World:
    """The world of a week."""
    made = World(seed, cast)
    for front in made.storefronts.values():
        items = front.items
        if week:
            front.__dict__["items"] = tuple(_later(item) if changed(front, item) else item for item in items)
    sizes: Callable[[Storefront], int] = lambda front: SIZES.index(front.plan.size)  # noqa: E731
    made.sites = {host: Week(site, HABITS[sizes(site.front)], week) for host, site in made.sites.items()}
    return made


def _later(item: Item) -> Item:
    assert item.price is not None
    return replace(item, price=(item.price * Decimal("0.8")).quantize(item.price), list_price=None)


def main() -> None:
    """Serve until a signal ends it."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seed", default="1")
    arguments.add_argument("--week", type=int, default=0)
    arguments.add_argument("--dir", type=Path, required=True)
    options = arguments.parse_args()
    options.dir.mkdir(parents=True, exist_ok=True)
    log = options.dir / "requests.jsonl"
    asyncio.run(serve(world(options.seed, options.week), options.dir, log, None, None))


if __name__ == "__main__":
    main()
