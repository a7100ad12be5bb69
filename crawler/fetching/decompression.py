"""Content decoding that neither a bomb exhausts nor a wrong label breaks."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.responsetypes import responsetypes
from typing_extensions import override

from crawler.fetching.limits import ResponseRefused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

MOST_ENCODINGS = 2  # a server and a proxy that both compress; each further layer costs another decoded body
BROKEN = (OSError, EOFError, ValueError, zlib.error, brotli.error)
"""What the decoders raise on a body that is not what its label says; zstd's error is of no kind of its own."""


class BoundedDecompressionMiddleware(HttpCompressionMiddleware):
    """gzip, deflate, br and zstd up to ``DOWNLOAD_MAXSIZE`` bytes.

    Raises ``ResponseRefused`` on a bomb or a pile of encodings. A body that its encoding cannot read is passed on
    as it came: many servers name an encoding that they did not apply.
    """

    @override
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Decode the body."""
        named = b",".join(response.headers.getlist("Content-Encoding"))
        if named.count(b",") >= MOST_ENCODINGS:
            raise self._refused("encoding_layers")
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise self._refused("decompression_bomb") from error
        except Exception as error:
            if not _is_broken_body(error):
                raise
            return self._as_it_came(response)

    def _as_it_came(self, response: Response) -> Response:
        self._inc("fetching/undecodable_body")
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=response.body)
        return response.replace(cls=kind, headers=headers, flags=[*response.flags, "undecodable"])

    def _refused(self, reason: str) -> ResponseRefused:
        self._inc("fetching/refused")
        self._inc(f"fetching/refused/{reason}")
        return ResponseRefused(reason)

    def _inc(self, name: str) -> None:
        if self.stats:
            self.stats.inc_value(name)


def _is_broken_body(error: Exception) -> bool:
    return isinstance(error, BROKEN) or type(error).__name__ == "ZstdError"
