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
MOST_HOSTS = 10_000  # whose truncated bodies are remembered


class PatientRetryMiddleware(RetryMiddleware):
    """Retries server errors, 429 and broken transport ``RETRY_TIMES`` times.

    A body that broke off is asked for once more; a host that breaks it off again does so always, and is read as it is.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._truncating: set[str] = set()

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Retry by status or by a truncated body."""
        if "dataloss" in response.flags:
            return self._once_more(request, response)
        return super().process_response(request, response)

    @override
    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Retry broken transport; what we refused ourselves stays refused."""
        return None if isinstance(exception, IgnoreRequest) else super().process_exception(request, exception)

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
