"""One look at one picture: budget, transfer, hash, and who else shows it. Nothing but that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.fetching.limits import MEDIA_WANTED
from crawler.images.fingerprint import Fingerprint, Unreadable
from crawler.images.hasher import Hasher
from crawler.images.index import Index
from crawler.images.official import Official, nearest
from crawler.items import Picture
from crawler.urls import host

OK = 200
REFUSALS = 3  # by one host, after which it is not asked for pictures any more: hotlink guards are no walls


@dataclass
class Looker:
    """Fetches pictures through ``download``, which is the crawler's own: robots.txt, guard, host clock and limits."""

    download: Callable[[Request], Awaitable[Response]]
    index: Index
    hasher: Hasher
    count: Callable[[str], None]
    budget: int
    """Pictures of one storefront."""
    most_bytes: int
    seconds: float
    _refusals: Counter[str] = field(default_factory=Counter)

    async def look(self, url: str, storefront: str, officials: Sequence[Official]) -> Picture | None:
        """Return what is known of the picture at ``url``, None if it could not be had; that is counted.

        Raises:
            redis.exceptions.RedisError: the index cannot be reached.
        """
        seen = await self.index.known(url) or await self._fetch(url, storefront)
        if seen is None:
            return None
        others = await self.index.others(storefront, seen)
        told: dict[str, Any] = {}
        found = nearest(seen, officials)
        if found is not None:
            one, bits = found
            told = {"official_brand": one.brand, "official_line": one.line, "official_file": one.file,
                    "official_bits": bits}  # fmt: skip
            self.count("official")
        return Picture(url=url, phash=f"{seen.phash:064x}", sha256=seen.sha256, storefronts=others, **told)

    async def _fetch(self, url: str, storefront: str) -> Fingerprint | None:
        name = host(url) or ""
        if not url.startswith(("http://", "https://")) or self._refusals[name] >= REFUSALS:
            self.count("skipped/address")
            return None
        if not await self.index.spend(storefront, self.budget):
            self.count("skipped/budget")
            return None
        body = await self._body(url, name)
        if body is None:
            return None
        try:
            made = await self.hasher.fingerprint(body)
        except Unreadable as error:
            self.count(f"unreadable/{error.reason}")
            return None
        self.count("hashed")
        await self.index.remember(url, made)
        return made

    async def _body(self, url: str, name: str) -> bytes | None:
        meta = {MEDIA_WANTED: True, "download_maxsize": self.most_bytes, "download_timeout": self.seconds,
                "dont_retry": True, "handle_httpstatus_all": True}  # fmt: skip
        try:
            response = await self.download(Request(url, meta=meta, callback=NO_CALLBACK))
        except Exception as error:  # refused, robots.txt, no connection, the worker closes: no picture is worth more
            self.count(f"not_had/{type(error).__name__}")
            return None
        if response.status != OK:
            self._refusals[name] += 1
            self.count(f"not_had/{response.status}")
            return None
        return response.body
