"""What every spider shares: arguments that are checked, seeds, and turning a response into a capture."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.discovery.seeds import Seed, read_seeds
from crawler.discovery.sellers import Seller
from crawler.errors import ConfigurationError, SeedError
from crawler.extract.model import Page
from crawler.fetching.observe import observation
from crawler.items import Capture, Storefront, StorefrontKind, storefront_id

MOVED = "moved"
"""Request meta key: the storefronts that were left on the way here, because each sent its visitors to the next."""
INHERITED = ("case", "source", MOVED)
"""Request meta keys that every page of a storefront has from its first one."""


class SeededSpider(Spider):
    """A spider that starts from ``-a url=…``, from ``-a seeds=FILE``, and from the seeds waiting in Redis."""

    kind: ClassVar[StorefrontKind] = "shop"
    arguments: ClassVar[dict[str, str]] = {
        "url": "one address to start from",
        "seeds": "a file with one seed a line: an address or a JSON object",
    }
    """Name → meaning of every ``-a`` key; any other key is an error."""

    def __init__(self, url: str | None = None, seeds: str | None = None, **others: Any) -> None:
        unknown = sorted(key for key in others if not key.startswith("_"))  # scrapyd passes _job
        if unknown:
            raise ConfigurationError(f"spider {self.name} takes no argument {', '.join(unknown)}")
        super().__init__()
        self.rejected_seeds = 0
        self.own_seeds = self._read_arguments(url, seeds)

    def _read_arguments(self, url: str | None, file: str | None) -> list[Seed]:
        """The seeds that the command line names; a bad address stops the start, a bad line of a file is reported."""
        seeds, problems = read_seeds([url] if url else [])
        if problems:
            raise SeedError(f"-a url: {problems[0].reason}: {problems[0].text}")
        if file:
            try:
                more, problems = read_seeds(Path(file).read_text(encoding="utf-8-sig", errors="replace").splitlines())
            except OSError as error:
                raise ConfigurationError(f"cannot read seeds from {file}: {error.strerror}") from None
            seeds += more
        for problem in problems:
            self.logger.error("%s line %d: %s: %s", file, problem.line, problem.reason, problem.text)
        self.rejected_seeds = len(problems)
        return seeds

    async def start(self) -> AsyncIterator[Request]:
        """The seeds of the command line; those in Redis reach the worker through its scheduler."""
        self.count("seeds/rejected", self.rejected_seeds)
        for seed in self.own_seeds:
            yield self.request(seed)

    def request(self, seed: Seed) -> Request:
        """The first request of a storefront. ``dont_filter``: an operator may ask for the same shop again."""
        meta = {"source": seed.source} | ({"case": seed.case} if seed.case else {})
        return Request(seed.url, priority=seed.priority, dont_filter=True, meta=meta)

    def capture(self, response: Response) -> Capture:
        """The item for a response, still without what was read from it."""
        return Capture(
            observation=observation(response, vantage=self.settings["VANTAGE"]),
            body=response.body,
            content_type=content_type(response),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
        )

    def storefront(self, key: str, response: Response, page: Page, facts: dict[str, Any] | None = None) -> Storefront:
        """What this page says about who sells; ``facts`` are what else was seen, by name."""
        return Storefront(
            id=storefront_id(key),
            key=key,
            kind=self.kind,
            name=page.facts.get("site_name"),
            language=page.language,
            url=urljoin(response.url, "/"),
            platform=page.platform,
            legal_pages=page.legal_pages,
            identifiers=page.identifiers,
            facts={**page.facts, **(facts or {})},
        )

    def seller(self, key: str, seller: Seller, page: Page) -> Storefront:
        """A marketplace's seller: a storefront of its own, without the platform's contacts and identifiers."""
        return Storefront(
            id=storefront_id(f"{key}:{seller.id}"),
            key=f"{key}:{seller.id}",
            kind="marketplace_seller",
            name=seller.name,
            language=page.language,
            url=seller.url,
        )

    def count(self, name: str, amount: int = 1) -> None:
        """Count something under its own name."""
        if amount and self.crawler.stats:
            self.crawler.stats.inc_value(name, amount)


def header(response: Response, name: str) -> str:
    """A header as text, empty when there is none."""
    return (response.headers.get(name) or b"").decode("latin-1")


def content_type(response: Response) -> str:
    """The Content-Type header as text, empty when there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
