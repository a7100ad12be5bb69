"""Second tries: few, through the scheduler, whose host clock waits as long as the server asks."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from typing_extensions import override

from crawler.urls import host

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

LONGEST_WAIT = 3600.0  # seconds; a server that asks for more is asked again after an hour
MOST_HOSTS = 10_000  # whose truncated bodies and last answers are remembered
LAST = -1  # priority: behind everything else of its host
POSTPONED = "postponed"
"""Request meta key: how often a page went to the end of its host's queue, because the whole host was in trouble."""
FAILING_SINCE = "failing_since"
"""Request meta key: seconds since 1970 of the first failure of a page's tries in a row."""
POSTPONEMENTS_HOSTS = 3  # with the host's growing rests: a machine may be down for a quarter of an hour
POSTPONEMENTS_ANSWERED = 1  # half a minute: whoever answers with an error mostly means this page
BUSY = ("429", "503")  # but these speak of the whole host: it asks to be left alone for a while (RFC 9110, RFC 6585)


class PatientRetryMiddleware(RetryMiddleware):
    """Retries server errors, 429 and broken transport ``RETRY_TIMES`` times.

    A body that broke off is asked for once more; a host that breaks it off again does so always, and is read as it is.
    A page whose host gave no answer at all since its first failure, or said that it is busy, is not to blame: it is
    asked for again at the end of the queue, so that a shop that dies and comes back loses none.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._truncating: set[str] = set()
        self._answered: dict[str, float] = {}

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Retry by status or by a truncated body."""
        if response.status not in self.retry_http_codes and len(self._answered) < MOST_HOSTS:
            self._answered[host(request.url) or ""] = time.time()
        if "dataloss" in response.flags:
            return self._once_more(request, response)
        return super().process_response(request, response)

    @override
    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Retry broken transport; what we refused ourselves stays refused."""
        return None if isinstance(exception, IgnoreRequest) else super().process_exception(request, exception)

    @override
    def _retry(self, request: Request, reason: str | Exception | type[Exception]) -> Request | None:
        """The next try, in a row or after all others of the host; None when the page had its tries."""
        request.meta.setdefault(FAILING_SINCE, time.time())
        is_hosts = isinstance(reason, Exception) or str(reason).startswith(BUSY)
        return super()._retry(request, reason) or self._later(request, is_hosts)

    def _later(self, request: Request, is_hosts: bool) -> Request | None:
        times = request.meta.get(POSTPONED, 0)
        most = POSTPONEMENTS_HOSTS if is_hosts else POSTPONEMENTS_ANSWERED
        if self.max_retry_times == 0:  # once and never again is what the operator asked for
            return None
        if times >= most or self._answered.get(host(request.url) or "", 0) > request.meta[FAILING_SINCE]:
            return None
        later = request.copy()
        for name in ("retry_times", FAILING_SINCE):
            later.meta.pop(name, None)
        later.meta[POSTPONED] = times + 1
        later.priority, later.dont_filter = LAST, True
        if self.crawler.stats:
            self.crawler.stats.inc_value("retry/postponed")
        return later

    def _once_more(self, request: Request, response: Response) -> Request | Response:
        name = host(request.url) or ""
        if self.crawler.stats:
            self.crawler.stats.inc_value("fetching/dataloss")
        if name in self._truncating or request.meta.get("dont_retry") or response.status in self.retry_http_codes:
            return super().process_response(request, response)
        if request.meta.get("retry_times"):
            if len(self._truncating) < MOST_HOSTS:
                self._truncating.add(name)
            return response
        return self._retry(request, "dataloss") or response


def retry_after(response: Response) -> float | None:
    """Return the seconds of a ``Retry-After`` header (a number or a date), at most an hour; None without one.

    The host clock asks this of every response.
    """
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not text:
        return None
    try:
        seconds = float(text) if text.isdigit() else parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
