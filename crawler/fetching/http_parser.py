"""Reading response heads: as tolerant as a browser, and never without a bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.web._newclient import STATUS, ParseError
from twisted.web.http_headers import InvalidHeaderName
from typing_extensions import override

from crawler.fetching.limits import ResponseRefused

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request
    from twisted.web.iweb import IResponse

MOST_HEAD_BYTES = 262_144  # Chromium's bound for all header lines together
MOST_HEAD_LINES = 300  # real shops send 15 to 60
MOST_BLANK_LINES = 4  # left over from a response before; a browser skips as many bytes
STATUS_LINE = re.compile(  # possessive: a code of five digits must not become a phrase by backtracking
    rb"\s*+HTTP(?:/\s*+(\d)(?:\.(\d))?+)?+[\s:]*+(?:([1-9]\d\d)(?!\d)|(?!\d))(.*)", re.IGNORECASE | re.DOTALL
)


class TolerantParser(_LenientHTTPClientParser):
    """Reads what browsers read: odd status lines, junk among the headers, wrong lengths.

    Where the length of a body cannot be trusted, the body lasts until the connection closes and the connection is
    not used again. Raises ``ResponseRefused`` on a flood of headers.
    """

    MAX_LENGTH = MOST_HEAD_BYTES
    _head_lines = 0
    _head_bytes = 0
    _blank_lines = 0

    @override
    def lineReceived(self, line: bytes) -> None:
        """Take one line of the head."""
        self._head_lines += 1  # interim 1xx heads count too: an endless row of them is a flood
        self._head_bytes += len(line)
        if self._head_lines > MOST_HEAD_LINES or self._head_bytes > MOST_HEAD_BYTES:
            raise ResponseRefused("header_flood")
        if self.state == STATUS and not line.strip() and self._blank_lines < MOST_BLANK_LINES:
            self._blank_lines += 1
        elif self.state != STATUS and self._partialHeader is None and line[:1] in (b" ", b"\t"):
            super().lineReceived(line.lstrip() or b"-")  # a continuation of nothing: read it as a header line
        else:
            super().lineReceived(line)

    @override
    def lineLengthExceeded(self, line: bytes) -> None:
        """Refuse one endless line."""
        raise ResponseRefused("header_flood")

    @override
    def statusReceived(self, status: bytes) -> None:
        """Mend the status line: a browser takes a missing code for 200, and any spacing and phrase."""
        found = STATUS_LINE.fullmatch(status)
        if not found:
            raise ParseError("not an HTTP status line", status[:80])  # type: ignore[no-untyped-call]
        major, minor, code, phrase = found.groups()
        mended = b"HTTP/%b.%b %b %b" % (major or b"1", minor or b"0", code or b"200", phrase.strip())
        super().statusReceived(mended)  # type: ignore[no-untyped-call]

    @override
    def headerReceived(self, name: bytes, value: bytes) -> None:
        """Keep a header; one whose name is no name is skipped, as browsers do."""
        try:
            super().headerReceived(name.strip(), value.replace(b"\0", b""))  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            return

    @override
    def allHeadersReceived(self) -> None:
        """Mend the length headers before the body is measured by them."""
        encodings = b",".join(self.connHeaders.getRawHeaders(b"Transfer-Encoding", ())).lower()
        self.connHeaders.removeHeader(b"Transfer-Encoding")
        if encodings.rpartition(b",")[2].strip() == b"chunked":
            self.connHeaders.setRawHeaders(b"Transfer-Encoding", [b"chunked"])
        lengths = {length.strip() for length in self._content_lengths()}
        if len(lengths) > 1 or not all(re.fullmatch(rb"\d{1,18}", length) for length in lengths):
            self.connHeaders.removeHeader(b"Content-Length")
            self.connHeaders.addRawHeader(b"Connection", b"close")
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def _content_lengths(self) -> list[bytes]:
        return (
            b",".join(self.connHeaders.getRawHeaders(b"Content-Length", ())).split(b",")
            if (self.connHeaders.hasHeader(b"Content-Length"))
            else []
        )


class TolerantProtocol(_LenientHTTP11ClientProtocol):
    """Twisted's client protocol with our parser; Scrapy changes the parser in the same way."""

    @override
    def request(self, request: Request) -> Deferred[IResponse]:
        """Send a request and read its answer with ``TolerantParser``."""
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = TolerantParser
        return answer


class TolerantFactory(_LenientHTTP11ClientFactory):
    """Builds ``TolerantProtocol`` for the connection pool."""

    @override
    def buildProtocol(self, addr: IAddress | None) -> Any:
        """Return a protocol for one connection."""
        return TolerantProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
