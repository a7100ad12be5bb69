"""Parameters that change nothing on a shop's product pages: where one came from, which list it stood in, a campaign.

Learned from two addresses that differ in this parameter alone and gave the same offer. One pair that gave two offers
and the parameter is needed. What is learned holds for addresses of the same form of path, so no list loses a page.
"""

from __future__ import annotations

from crawler.discovery.economy import words
from crawler.discovery.economy.dress import strip
from crawler.discovery.economy.knowledge import Knowledge
from crawler.discovery.economy.shapes import Address

PAIRS_LIMIT = 50_000  # addresses without one of their parameters that a worker remembers of a shop
PARAMETERS = 6  # of one address that are looked at; more are a form's, and change a lot


class Needless:
    """What one worker saw of a shop's product addresses; what it learns goes into the shared knowledge."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[str, str] | None] = {}
        """Parameter and the address without it → its value and the offer; None once it was counted."""

    def learn(self, url: str, address: Address, offer: str, known: Knowledge) -> None:
        """Take in that a product's page at this address gave this offer."""
        kept = words.tables()["product"]["parameter"] | words.tables()["paging"]["parameter"]
        for name, value in address.query[:PARAMETERS] if len(address.query) <= PARAMETERS else ():
            low = name.lower()
            key = low, strip(url, frozenset({low}))
            if low in kept or (key not in self._seen and len(self._seen) >= PAIRS_LIMIT):
                continue
            before = self._seen.setdefault(key, (value, offer))
            if before is not None and before[0] != value:
                known.changes_nothing(address, low, same=before[1] == offer)
                self._seen[key] = None if before[1] == offer else before
