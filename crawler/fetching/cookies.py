"""Cookies, kept in memory, apart for every storefront, and few.

They are kept at all because a shop that sees its cookie refused puts a session id into every link instead, which
multiplies its pages. They are never stored, never shared between workers, and never sent to another storefront.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached
from typing_extensions import override

from crawler.urls import public_suffixes, storefront_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.cookiejar import Cookie

    from scrapy import Request
    from scrapy.http import Response

MOST_JARS = 2_000  # storefronts that one worker has open at a time, with a margin
MOST_COOKIES = 50  # of one storefront: browsers keep at least that many per domain (RFC 6265)
MOST_COOKIE_BYTES = 16_384  # of one storefront: servers refuse longer request heads


class _Jars(OrderedDict[Any, CookieJar]):
    """Jar by storefront; the one unused for longest goes first."""

    def __missing__(self, key: Any) -> CookieJar:
        self[key] = jar = CookieJar()
        if len(self) > MOST_JARS:
            self.popitem(last=False)
        return jar

    def __getitem__(self, key: Any) -> CookieJar:
        jar = super().__getitem__(key)
        self.move_to_end(key)
        return jar


class StorefrontCookiesMiddleware(CookiesMiddleware):
    """Scrapy's cookies with a jar per storefront, bounded, and without its look-up of public suffixes on the web."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self.jars: Any = _Jars()

    @override
    def process_request(self, request: Request) -> Request | Response | None:  # type: ignore[override]
        """Send the storefront's cookies."""
        request.meta["cookiejar"] = storefront_key(request.url)  # anew after a redirect copied the meta
        return super().process_request(request)

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Keep the cookies of the response; a jar that overflows is emptied and counted."""
        answer = super().process_response(request, response)
        jar = self.jars[request.meta.get("cookiejar")]
        cookies = list(jar)
        size = sum(len(cookie.name) + len(cookie.value or "") for cookie in cookies)
        if len(cookies) > MOST_COOKIES or size > MOST_COOKIE_BYTES:
            jar.clear()
            if self.crawler.stats:
                self.crawler.stats.inc_value("fetching/cookies_overflowed")
        return answer

    @override
    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if (
                public_suffixes().publicsuffix(domain) == domain
            ):  # .co.uk is nobody's: for this host alone, or not at all
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)
