"""Redirects stay inside the storefront: one that leaves it is a fact about the shop, not a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import (
    BaseRedirectMiddleware,
    MetaRefreshMiddleware,
    RedirectMiddleware,
)
from scrapy.exceptions import IgnoreRequest
from typing_extensions import override

from crawler.urls import MAX_LENGTH, same_storefront

if TYPE_CHECKING:
    from scrapy.http import Response

REDIRECT_OUT = "redirect_out"
"""Response meta key: where the redirect led that was not followed, because another storefront begins there."""


WAYS_BACK = 2  # walls on the way to one page, consent and country; more is a circle
READ = 8192  # bytes of a page in which a refresh is looked for: Scrapy looks through 4096 characters, but decodes the
# whole body for them, and a page may name an encoding (punycode) whose decoder needs quadratic time


class _InsideTheStorefront(BaseRedirectMiddleware):
    """What both kinds of redirect share."""

    def _inside(self, request: Request, response: Response, answer: Request | Response) -> Request | Response:
        """Return ``answer`` unless it is a request that leaves the storefront: then the response, with the target."""
        if not isinstance(answer, Request) or same_storefront(request.url, answer.url):
            return self._back(answer) if isinstance(answer, Request) else answer
        request.meta[REDIRECT_OUT] = answer.url[:MAX_LENGTH]
        return self._passed_on(request, response, "off_scope")

    def _passed_on(self, request: Request, response: Response, reason: str) -> Response:
        """Count why a redirect was not followed, and let the spider see the response with the status it has."""
        self._count(reason)
        request.meta["handle_httpstatus_list"] = [response.status]
        return response

    def _back(self, hop: Request) -> Request:
        """A hop that leads back to a page of its own chain is no page known: a wall that wants a cookie first (consent,
        age, language) sends away, sets it, and sends back.

        :raises IgnoreRequest: it goes round in a circle.
        """
        before = hop.meta["redirect_urls"].count(hop.url)
        if before > WAYS_BACK:
            raise IgnoreRequest(f"{hop.url} is redirected to in a circle")
        hop.dont_filter = hop.dont_filter or before > 0
        return hop

    def _count(self, reason: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"redirect/{reason}")


class ScopedRedirectMiddleware(_InsideTheStorefront, RedirectMiddleware):
    """Follows 301, 302, 303, 307 and 308 inside the storefront (to https and to ``www.`` too)."""

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, or pass the response on."""
        try:
            return self._inside(request, response, super().process_response(request, response))
        except ValueError:  # a Location that is no URL
            return self._passed_on(request, response, "unreadable")
        except IgnoreRequest:
            self._count("too_many")
            raise


class ScopedMetaRefreshMiddleware(_InsideTheStorefront, MetaRefreshMiddleware):
    """Follows ``<meta http-equiv=refresh>`` in the same way; a page that only reloads itself is a page."""

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, or pass the response on."""
        try:
            answer = super().process_response(request, response.replace(body=response.body[:READ]))
            reloads = not isinstance(answer, Request) or answer.url == request.url
            return response if reloads else self._inside(request, response, answer)
        except (ValueError, LookupError):  # a URL or an encoding that is none
            self._count("unreadable")
            return response
        except IgnoreRequest:
            self._count("too_many")
            return response
