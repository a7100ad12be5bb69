"""Declared character encodings that no browser knows, and that Python would obey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import TextResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

NOT_OF_THE_WEB = frozenset(
    {"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "zlib", "bz2", "hex", "base64", "uu",
     "quopri", "rot-13"}
)  # fmt: skip
"""Python's codecs that w3lib accepts and WHATWG does not. Decoding punycode takes quadratic time: 6 s for 80 kB; the
last seven make no text and raise."""
DECLARED_WITHIN = 4096  # bytes: where w3lib looks for a declaration


class WebEncodingMiddleware:
    """Reads a page that declares such an encoding as UTF-8, so that ``response.text`` is safe for everybody."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WebEncodingMiddleware:
        """Build the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 - Scrapy's interface
        """Pass the response on, with the encoding set where the declared one will not do."""
        if not isinstance(response, TextResponse) or not _declares_another(response):
            return response
        if self.crawler.stats:
            self.crawler.stats.inc_value("fetching/encoding_refused")
        return response.replace(encoding="utf-8")


def _declares_another(response: Response) -> bool:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    declared = {http_content_type_encoding(header), html_body_declared_encoding(response.body[:DECLARED_WITHIN])}
    return bool(declared & NOT_OF_THE_WEB)
