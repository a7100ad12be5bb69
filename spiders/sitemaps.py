"""Sitemaps: a shop's own lists of its pages, asked for once, before its lists; nothing of them leaves its host."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request

from crawler.discovery.economy import sitemaps
from crawler.discovery.revisits.book import SINCE
from crawler.discovery.revisits.validators import NOT_MODIFIED
from crawler.extract.sitemap import read_sitemap
from crawler.fetching.redirects import REDIRECT_OUT
from crawler.fetching.robots import SITEMAPS
from crawler.urls import storefront_key
from spiders.base import INHERITED
from spiders.revisiting import Revisiting, asked_for

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.discovery.economy.plan import Step
    from crawler.discovery.economy.shared import SharedShops

SITEMAP_PRIORITY = 1  # the first band, with products: one sitemap may save all the lists
SITEMAP_BYTES = 50 * 1024 * 1024  # the sitemaps protocol's own bound; pages keep to DOWNLOAD_MAXSIZE
SITEMAPS_DEPTH = 3  # an index of indexes of sitemaps; the protocol allows one level, shops do not read it
SITEMAPS_PER_FILE = 200  # further files that one index may ask for; 200 full ones hold ten million pages


class SitemapSpider(Revisiting):
    """The part of the storefront spider that reads sitemaps."""

    shared: SharedShops

    def step(self, step: Step, meta: Mapping[str, Any]) -> Request:
        """A request for a page."""
        raise NotImplementedError

    def sitemaps_of(self, first: Request | Response, language: str | None) -> Iterator[Request]:
        """The sitemaps that robots.txt names, else the one in the usual place; ``first`` asked for a shop's first page,
        or is it."""
        named = first.meta.get(SITEMAPS) or [urljoin(first.url, "/sitemap.xml")]
        new = self.new_files(first, [sitemaps.mapped(url, first.url) for url in named])
        yield from self.files(new, first.url, language, first.meta)

    async def parse_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """A sitemap: no capture, only links; nothing of it leaves the shop's own host."""
        if REDIRECT_OUT in response.meta:
            return
        home, language, depth = (response.meta[name] for name in ("home", "language", "depth_of_sitemap"))
        await self.note_sitemap(response, found := read_sitemap(response.body))
        if response.status == NOT_MODIFIED:
            return
        self.count("sitemaps/read")
        self.count("sitemaps/truncated", int(found.truncated))
        urls = self.new_files(response, [sitemaps.mapped(entry.url, home) for entry in found.sitemaps])
        if depth < SITEMAPS_DEPTH:
            for request in self.files(urls, home, language, response.meta, depth + 1):
                yield request
        mapped = [sitemaps.mapped(entry.url, home) for entry in found.pages]
        chosen = sitemaps.one_language(mapped, language)
        shop = self.shops[storefront_key(home)]
        shop.marks.read_anew(asked_for(response))
        with shop.marks.of(asked_for(response)):
            steps = shop.steps(sitemaps.candidates(chosen, response.url, is_named=shop.known.is_named()))
        for step in (*steps, *await self.shared.keep_others(shop)):
            yield self.step(step, response.meta)
        dates = {sitemaps.mapped(entry.url, home): entry.modified for entry in found.pages}
        for request in self.dated(response, ((url, dates.get(url)) for url in chosen)):
            yield request

    def files(
        self, urls: Iterable[str], home: str, language: str | None, meta: Mapping[str, Any], depth: int = 0
    ) -> Iterator[Request]:
        """Requests for sitemap files: one language of many, those of products first."""
        mapped = dict.fromkeys(sitemaps.mapped(url, home) for url in urls)
        for url in sitemaps.sort_files(sitemaps.one_language(list(mapped), language))[:SITEMAPS_PER_FILE]:
            yield self.sitemap(url, home, language, meta, depth)

    def sitemap(self, url: str, home: str, language: str | None, meta: Mapping[str, Any], depth: int = 0) -> Request:
        """A request for a sitemap file; they go before the lists. Its pages belong to the case of ``meta``."""
        inherited = {name: meta[name] for name in (*INHERITED, SINCE) if meta.get(name)}
        inherited |= {
            "home": home,
            "language": language,
            "depth_of_sitemap": depth,
            "download_maxsize": SITEMAP_BYTES,
        }
        return Request(url, self.parse_sitemap, errback=self.no_sitemap, priority=SITEMAP_PRIORITY, meta=inherited)
