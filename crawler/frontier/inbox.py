"""What spiders hand over: requests as Scrapy makes them, or links for which no Request is built."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.utils.request import RequestFingerprinter

from crawler.frontier import seen
from crawler.frontier.entry import LEASE, LOCAL_META, band_of, host_of, pack, pack_request
from crawler.frontier.settling import Errback
from crawler.frontier.worker import AGAIN, BACK, FRONT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.crawler import Crawler

    from crawler.frontier.settling import Settling
    from crawler.frontier.worker import Worker

logger = logging.getLogger(__name__)


class Inbox:
    """Turns requests and links into entries, and leaves out what this worker has handed on already."""

    def __init__(self, crawler: Crawler, worker: Worker, settling: Settling) -> None:
        assert crawler.stats is not None
        assert crawler.spider is not None
        assert crawler.request_fingerprinter is not None
        self.worker, self.settling, self.stats, self.spider = worker, settling, crawler.stats, crawler.spider
        self.max_depth = crawler.settings.getint("MAX_DEPTH", 0)
        self.recent = seen.Recent()
        self._fingerprinter = crawler.request_fingerprinter
        self._plain = type(self._fingerprinter) is RequestFingerprinter

    def take(self, request: Request) -> bool:
        """Queue a request: a link, or the next hop or try of a leased page, which goes before all others
        unless it was postponed."""
        lease = request.meta.pop(LEASE, None)
        page = self.settling.leased.get(lease) if lease else None
        Errback.taken_off(request)
        in_a_row = "retry_times" in request.meta or "redirect_times" in request.meta
        again = in_a_row or "postponed" in request.meta
        if lease and page is None and again:  # others have its page, and try it again themselves
            self.stats.inc_value("frontier/stale")
            return False
        again = again and page is not None
        try:
            host = host_of(request.url)
        except ValueError as error:
            return self._refuse(request, "no_host", error)
        if self._too_deep(request.meta.get("depth", 0)):
            return False
        mark = seen.from_digest(self._fingerprinter.fingerprint(request))
        where = FRONT if again and in_a_row and request.dont_filter else AGAIN if request.dont_filter else BACK
        if where == BACK and self._plain and not self._is_new(request):
            return False
        try:
            entry = pack_request(request, host, self.spider)
        except (TypeError, ValueError, OverflowError) as error:
            return self._refuse(request, "unserializable", error)
        self.worker.push(host, band_of(request.priority), where, mark, entry)
        if again and page:
            page.continued = True
        self.worker.nudge()
        self.stats.inc_value("scheduler/enqueued/redis")
        return True

    def offer(self, links: Iterable[tuple[str, int]], depth: int, callback: str | None, meta: dict[str, Any]) -> int:
        """Queue links; how many were not known here."""
        if self._too_deep(depth):
            return 0
        site, case = str(meta.get("storefront") or ""), str(meta.get("case") or "")
        carried = {key: value for key, value in meta.items() if key not in LOCAL_META}
        others = {"meta": carried} if carried else None
        new = 0
        for url, priority in links:
            if not self.recent.add(url):
                continue
            try:
                host, band = host_of(url), band_of(priority)
                entry = pack(host, url, band, depth=depth, priority=priority, site=site, case=case,
                             callback=callback, others=others)  # fmt: skip
                self.worker.push(host, band, BACK, self._mark(url), entry)
            except ValueError:  # a hostile page's idea of an address
                self.stats.inc_value("frontier/no_host")
                continue
            new += 1
        self.stats.inc_value("frontier/offered", new)
        if new:
            self.worker.nudge(urgent=self.worker.pending_pushes() >= self.worker.options.pushes_per_call)
        return new

    def _mark(self, url: str) -> seen.Fingerprint:
        return seen.of_url(url) if self._plain else seen.from_digest(self._fingerprinter.fingerprint(Request(url)))

    def _too_deep(self, depth: int) -> bool:
        deep = bool(self.max_depth) and depth > self.max_depth
        if deep:
            self.stats.inc_value("frontier/too_deep")
        return deep

    def _is_new(self, request: Request) -> bool:
        return request.method != "GET" or bool(request.body) or self.recent.add(request.url)

    def _refuse(self, request: Request, name: str, error: Exception) -> bool:
        self.stats.inc_value(f"frontier/{name}")
        logger.error("cannot be queued: %s (%s)", request, error)
        return False
