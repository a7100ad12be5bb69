"""From a response to the observation that the store keeps of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.fetching.arrival import FETCHED_AT
from crawler.fetching.certificates import fingerprint
from crawler.items import Observation

if TYPE_CHECKING:
    from scrapy.http import Response


def observation(response: Response, *, vantage: str | None) -> Observation:
    """Return what was seen: the look at one URL, from the first request to the last answer.

    ``vantage`` is the operator's stated egress country (ISO 3166-1 alpha-2), None or empty when not stated.
    ``redirects`` are the URLs that answered with a redirect, in order, beginning with ``url``. The body's sha256 and
    size are those of the bytes after transfer and content decoding: the bytes that extractors read, that XPaths
    point into, and that do not change when a server compresses at another level.
    """
    redirects = tuple(response.meta.get("redirect_urls", ()))
    arrived = response.meta.get(FETCHED_AT)
    return Observation(
        fetched_at=datetime.fromtimestamp(arrived, UTC) if arrived else datetime.now(UTC),
        url=redirects[0] if redirects else response.request.url if response.request else response.url,
        final_url=response.url,
        redirects=redirects,
        status=response.status,
        server_address=str(response.ip_address) if response.ip_address else None,
        certificate_sha256=fingerprint(response.certificate),
        vantage=vantage or None,
        body_sha256=hashlib.sha256(response.body).hexdigest(),
        body_size=len(response.body),
    )
