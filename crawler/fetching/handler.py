"""The download handler for http and https: every connection passes the address guard, every response the limits."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web._newclient import ParseError, RequestNotSent, RequestTransmissionFailed
from typing_extensions import override

from crawler.errors import BlockedAddress
from crawler.fetching.connecting import Gate, GuardedAgent, Pool
from crawler.fetching.host_clock import HostClockMiddleware
from crawler.fetching.limits import MEDIA_WANTED, ResponseRefused, unwanted_type

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.web.client import Agent

logger = logging.getLogger(__name__)

MOST_KEPT = 2  # idle connections kept per host: transfers to one host follow each other


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with our resolver, guard, parser and limits.

    Raises ``BlockedAddress`` and ``ResponseRefused``, which are counted here by reason, and Scrapy's own download
    errors. A proxy in the request's meta is not used: it would connect where the guard cannot look.
    """

    lazy = False  # wrong guard settings end the crawl at its start, not at its first request

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        settings = crawler.settings
        self._gate = Gate.from_settings(settings)
        self._pool = Pool(reactor, MOST_KEPT)
        self._longest_url = settings.getint("URLLENGTH_LIMIT")

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request``."""
        try:
            if len(request.url) > self._longest_url:
                raise ResponseRefused("url_too_long")
            return await self._download(request)
        except BlockedAddress as refusal:
            self._count_refusal(request, "fetching/blocked_address", refusal)
            raise
        except ResponseRefused as refusal:
            self._count_refusal(request, "fetching/refused", refusal)
            raise

    @override
    async def close(self) -> None:
        """Close kept connections and the resolver."""
        self._gate.close()
        await super().close()

    async def _download(self, request: Request) -> Response:
        agent = _GuardedScrapyAgent(self._gate, self, crawler=self._crawler)
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except DownloadFailedError as error:
            raise _refusal_behind(error) or error from error.__cause__
        except (RequestTransmissionFailed, RequestNotSent) as error:  # the server hung up while we were asking
            raise DownloadFailedError(str(error)) from error
        except DownloadTimeoutError:
            self._inc("fetching/deadline")
            raise
        except DownloadCancelledError as error:
            raise ResponseRefused("too_large", str(error)) from error

    def _count_refusal(self, request: Request, name: str, refusal: Any) -> None:
        self._inc(name)
        self._inc(f"{name}/{refusal.reason}")
        logger.warning("%s: %s", ascii(request.url[:200]), ascii(str(refusal)[:200]))

    def _inc(self, name: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(name)


class _GuardedScrapyAgent(_ScrapyAgent):
    """One download; Scrapy's total timeout covers look-up, connection, head and body together."""

    def __init__(self, gate: Gate, handler: GuardedDownloadHandler, *, crawler: Crawler) -> None:
        super().__init__(
            contextFactory=handler._contextFactory,
            bindAddress=handler._bind_address,
            pool=handler._pool,
            maxsize=handler._default_maxsize,
            warnsize=handler._default_warnsize,
            fail_on_dataloss=handler._fail_on_dataloss,
            crawler=crawler,
        )
        self._gate = gate

    @override
    def _get_agent(self, request: Request, timeout: float) -> Agent:
        from twisted.internet import reactor

        assert self._pool is not None
        bind_address = normalize_bind_address(request.meta.get("bindaddress") or self._bindAddress)
        clock = self._crawler.get_downloader_middleware(HostClockMiddleware)
        last_look = partial(clock.look_again, request) if isinstance(clock, HostClockMiddleware) else lambda: None
        return GuardedAgent(reactor, self._gate, self._contextFactory, bind_address, self._pool, last_look)

    @override
    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        content_type = txresponse.headers.getRawHeaders(b"Content-Type", [b""])[0].decode("latin-1")
        if unwanted_type(content_type) and not request.meta.get(MEDIA_WANTED):
            if txresponse._transport._producer is not None:  # None: nothing more to come, as after a 304
                txresponse._transport._producer.abortConnection()
            raise ResponseRefused("content_type", content_type[:60])
        return super()._cb_bodyready(txresponse, request)


def _refusal_behind(error: BaseException) -> ResponseRefused | None:
    """Find among the reasons that Twisted wrapped the ones that another try would not change."""
    for reason in getattr(error.__cause__, "reasons", ()):
        if isinstance(reason.value, ResponseRefused):
            return reason.value
        if isinstance(reason.value, ParseError):
            return ResponseRefused("not_http")
    return None
