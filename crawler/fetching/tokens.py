"""Tokens of official interfaces: taken from the environment at the moment of the request, kept nowhere.

A token goes to the host that its source or profile declares, over https (or to loopback), and to no other; it is taken
off the request again before anybody could write it down: a retried or redirected request passes here anew.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from crawler.extract.social.sources import credentials

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Credential(NamedTuple):
    """The token of one interface: to which host, from which variable, in which header, in which form."""

    host: str
    environment: str
    header: str
    form: str = "Bearer {token}"


class TokensMiddleware:
    """Sets the header of a host's credential. The spider may have more of them in ``credentials``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.known = {one[0]: Credential(*one) for one in credentials()}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TokensMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set the token of the request's host, when the environment has it."""
        found = self._of(request)
        token = os.environ.get(found.environment, "") if found else ""
        if found and token and token.isprintable() and _is_private(request.url):
            request.headers[found.header] = found.form.format(token=token)

    def process_response(self, request: Request, response: Response) -> Response:
        """Take it off."""
        self._strip(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002
        """Take it off."""
        self._strip(request)

    def _of(self, request: Request) -> Credential | None:
        host = urlsplit(request.url).hostname or ""
        more: tuple[Credential, ...] = getattr(self.crawler.spider, "credentials", ())
        return next((one for one in more if one.host == host), self.known.get(host))

    def _strip(self, request: Request) -> None:
        found = self._of(request)
        if found:
            request.headers.pop(found.header, None)


def _is_private(url: str) -> bool:
    """Whether nobody reads along."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    return parts.scheme == "https" or name.startswith("127.") or name == "localhost" or name.endswith(".test")
