"""The visits that a worker has under way: loaded from the store when a known shop is met, the oldest dropped first."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.discovery.revisits.visit import Visit
from crawler.errors import ServerUnavailable
from crawler.store.database import connect
from crawler.store.visits import Visits

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

SINCE = "since"
"""Request meta key: when the visit that it belongs to began, seconds since 1970; absent on a first visit."""
AGAIN = "again"
"""Request meta key, on a revisit: why a known page is asked for again (``turn``, ``card``, ``dated``, ``surprise``), or
``new`` for an unknown one that is no product's."""
VISITS_LIMIT = 50  # at once in one worker, up to 20 MB each for the largest shops, a few hundred KB for most


class VisitBook:
    """Storefront key → its visit; None for a shop that no crawl has finished yet."""

    def __init__(self, settings: BaseSettings) -> None:
        self.share = settings.getfloat("REVISIT_SHARE")
        self.oldest = timedelta(days=settings.getfloat("REVISIT_DAYS"))
        self.store = connect(settings["MONGO_URI"], settings["MONGO_DATABASE"])
        self.visits = Visits(self.store)
        self._open: OrderedDict[tuple[str, float], Visit | None] = OrderedDict()

    async def of(self, key: str, owner: str, since: float) -> Visit | None:
        """The visit of a shop that began at ``since``; a store that stays away makes it a first visit."""
        if self.share >= 1:
            return None
        if (key, since) not in self._open:
            self._open[key, since] = await self._load(key, owner, since)
            if len(self._open) > VISITS_LIMIT:
                self._open.popitem(last=False)
        self._open.move_to_end((key, since))
        return self._open[key, since]

    def opened(self, key: str, since: float) -> Visit | None:
        """The same, if it was loaded."""
        return self._open.get((key, since))

    async def _load(self, key: str, owner: str, since: float) -> Visit | None:
        started = datetime.fromtimestamp(since, UTC)
        try:
            earlier = await self.visits.earlier(key, owner, started)
        except ServerUnavailable as error:
            logger.warning("%s is crawled as if it were new: %s", key, error)
            return None
        return Visit(earlier, started, self.share, self.oldest) if earlier else None
