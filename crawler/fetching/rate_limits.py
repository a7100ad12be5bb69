"""What a server says about how often it may be asked, beside ``Retry-After``: the rate limits of interfaces.

``X-RateLimit-Remaining`` and ``X-RateLimit-Reset`` (Mastodon: an ISO time; Reddit: seconds from now; Etsy and others:
seconds since 1970) and the ``RateLimit-…`` of Bluesky. When nothing remains the host rests until the reset; when little
does, what remains is spread over the time that is left.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.fetching.retries import retry_after

if TYPE_CHECKING:
    from scrapy.http import Response

LONGEST_WAIT = (
    3600.0  # seconds; windows of the interfaces we know last 5 minutes to a day, and an hour is waited at most
)
SPARE = 2.0  # requests below which the host rests: other programs may spend from the same token
SCARCE = 20.0  # requests below which they are spread over the window
NAMES = (b"X-RateLimit-", b"RateLimit-", b"X-Ratelimit-")


def wait_asked(response: Response) -> float:
    """Seconds until the host may be asked again, at most an hour; 0 when it asks for nothing."""
    asked = retry_after(response) or 0.0
    remaining, reset = _number(_header(response, b"Remaining")), _seconds(_header(response, b"Reset"))
    if remaining is None or reset is None or remaining >= SCARCE:
        return asked
    return max(asked, min(reset if remaining < SPARE else reset / remaining, LONGEST_WAIT))


def _header(response: Response, end: bytes) -> str:
    for name in NAMES:
        value = response.headers.get(name + end)
        if value:
            return value.decode("latin-1").strip()
    return ""


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found < 1e12 else None


def _seconds(text: str) -> float | None:
    """Seconds from now, from any of the three ways to write a reset."""
    number = _number(text)
    if number is not None:
        return max(0.0, number - time.time()) if number > 1e9 else number  # 1e9: 2001, and no window is so long
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time())
