"""Which known pages of a shop a visit asks for again. Pure; docs/decisions/revisits.md has the reasons and the bounds.

A visit earns requests in proportion to what is known of the shop. robots.txt and the page it starts from are paid
first; what is left buys sitemaps that date their entries, then lists, then single pages, the oldest first. What these
show to have changed is asked for without limit.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.discovery.revisits.cards import name_of
from crawler.store.visits import Earlier, Seen

ALWAYS_PAID = 2  # robots.txt and the page that the visit starts from
LISTS_LIMIT = 500  # of a shop that are weighed against each other, the longest unseen ones
LEAST = 0.25  # requests beside these two that every visit earns: one in four visits, however small the shop
CURIOSITY = 0.2  # of what a visit earns, for unknown links that look like no product: new categories, new paging
CURIOUS = 5  # pages more that are asked for when one is new, or turned out to have changed and nobody had said so
NO_TURN = frozenset({"feed", "favicon"})
"""A feed is read anew with the home page; an icon is had once."""
DOUBTS = 5  # pages that a sitemap called changed and were not, before its dates are not believed any more


@dataclass
class Visit:
    """One visit to a known shop, as one worker sees it."""

    earlier: Earlier
    started: datetime
    share: float
    """Of the known pages that a visit may ask for again (``REVISIT_SHARE``)."""
    oldest: timedelta
    """How long a page may go without a look (``REVISIT_DAYS``)."""
    pages: dict[str, Seen] = field(init=False)
    """By ``name_of`` their address."""
    asked: set[str] = field(default_factory=set)
    dated_right: int = 0
    dated_wrong: int = 0
    curiosity: int = field(init=False)
    """Unknown links that are no product's, and that may still be asked for."""

    def __post_init__(self) -> None:
        self.pages = {name_of(page.url): page for page in self.earlier.pages}
        self.curiosity = self._saved_up(CURIOSITY, ahead=0.5)

    # --- what to ask for -------------------------------------------------------------------------------------------
    def earned(self) -> int:
        """Known pages that this visit may ask for again, whatever it finds."""
        return self._saved_up(1 - CURIOSITY)

    def _saved_up(self, part: float, ahead: float = 0.0) -> int:
        """A part of the requests beside the two that every visit makes; what is less than one is saved for the next.

        ``ahead``: what the first visit finds saved already.
        """
        rate = part * max(LEAST, self.share * (len(self.pages) + 1) - ALWAYS_PAID)
        visits = self.earlier.visits
        return math.floor(visits * rate + ahead) - math.floor((visits - 1) * rate + ahead)

    def plan(self, start: str) -> list[Seen]:
        """The known pages to ask for, the start page aside."""
        own = name_of(start)
        pages = [page for name, page in self.pages.items() if name != own]
        pages = [page for page in pages if page.kind not in NO_TURN]
        overdue = [page for page in pages if page.last_seen < self.started - self.oldest]
        covered = set(self.pages[own].cards) if own in self.pages else set()
        chosen = [*overdue, *self._best(pages, covered, self.earned())]
        return [page for page in chosen if self._ask(page.url)]

    def _best(self, pages: list[Seen], covered: set[str], left: int) -> list[Seen]:
        dated = [page for page in pages if page.kind == "sitemap" and page.lastmods][:left]
        left -= len(dated)
        if left <= 0:
            return dated
        taken = {page.url for page in dated}
        rest = [page for page in pages if page.url not in taken]
        lists = [page for page in rest if page.cards or page.kind == "sitemap"]
        others = [page for page in rest if not page.cards and page.kind != "sitemap"]
        looks = _by_cover(lists[:LISTS_LIMIT], covered)
        is_their_turn = self.earlier.visits % 2 == 0  # where there is room for lists only
        room = left - bool(others and (len(looks) < left or is_their_turn))
        return [*dated, *looks[:room], *others[: left - len(looks[:room])]]

    def more(self, count: int = CURIOUS) -> list[Seen]:
        """Further known pages, the longest unseen first: something changed, and nobody had said so."""
        waiting = (page for page in self.earlier.pages if page.kind == "product" and page.url not in self.asked)
        return [page for page, _ in zip(waiting, range(count), strict=False) if self._ask(page.url)]

    def _ask(self, url: str) -> Seen | None:
        page = self.pages.get(name_of(url))
        if page is None or page.url in self.asked:
            return None
        self.asked.add(page.url)
        return page

    def known(self, url: str) -> Seen | None:
        """A page as an earlier visit left it."""
        return self.pages.get(name_of(url))

    # --- what was seen ---------------------------------------------------------------------------------------------
    def compare(self, url: str, cards: dict[str, str]) -> tuple[list[Seen], list[str]]:
        """The known products whose cards on this list changed, and the offers of those whose cards did not."""
        before = self.pages.get(name_of(url))
        known = before.cards if before else {}
        elsewhere: dict[str, set[str]] = {}
        if not cards.keys() <= known.keys():  # a product that moved here: what any list said of it counts
            for page in self.earlier.pages:
                for product, said in page.cards.items():
                    elsewhere.setdefault(product, set()).add(said)
        changed: list[Seen] = []
        same: list[str] = []
        for product, said in cards.items():
            shown = self.pages.get(product)
            if shown is None:
                continue
            if said == known.get(product) or (product not in known and said in elsewhere.get(product, ())):
                same += shown.offers
            elif (product in known or product in elsewhere) and self._ask(shown.url):  # a first card tells no change
                changed.append(shown)
        return changed, same

    def dated(self, entries: Iterable[tuple[str, str | None]]) -> Iterator[Seen]:
        """The known pages that a sitemap's entries ``(address, date)`` call newer than our last look."""
        for url, modified in entries:
            page = self.pages.get(name_of(url))
            at = moment(modified)
            if page and at and at > page.last_seen and not self.dates_lie() and self._ask(page.url):
                yield page

    def is_curious(self) -> bool:
        """Whether an unknown link that is no product's may be followed; takes one off."""
        self.curiosity -= 1
        return self.curiosity >= 0

    def met(self, url: str) -> None:
        """Take in a product's page; one that was not known makes curious for more."""
        if name_of(url) not in self.pages:
            self.curiosity = max(self.curiosity, CURIOUS)

    def looked(self, url: str, said: str, why: str) -> bool:
        """Take in a known page that was asked for again; whether it changed."""
        page = self.pages.get(name_of(url))
        changed = page is not None and page.said != said
        if why == "dated":
            self.dated_right += changed
            self.dated_wrong += not changed
        return changed

    def dates_lie(self) -> bool:
        """Whether the dates of the shop's sitemaps have shown to mean nothing."""
        return self.dated_wrong >= DOUBTS and not self.dated_right


def _by_cover(lists: list[Seen], covered: set[str]) -> list[Seen]:
    """As few lists as show all products that lists show, the longest unseen one first whatever it shows: so each has
    its turn. ``lists`` are in the order of their age."""
    chosen = lists[:1]
    covered = covered.union(*(page.cards for page in chosen))
    waiting = [(-len(page.cards), age, page) for age, page in enumerate(lists[1:])]
    heapq.heapify(waiting)
    while waiting:  # what a list adds only shrinks while others are chosen: one that still adds most is the next
        _, age, page = heapq.heappop(waiting)
        adds = len(page.cards.keys() - covered)
        if adds and waiting and (-adds, age) > waiting[0][:2]:
            heapq.heappush(waiting, (-adds, age, page))
        elif adds:
            chosen.append(page)
            covered |= page.cards.keys()
    return chosen


def moment(modified: str | None) -> datetime | None:
    """A W3C date as a time, a mere day as its beginning; None for what cannot be read."""
    try:
        at = datetime.fromisoformat(modified or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
