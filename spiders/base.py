"""What every spider shares: arguments that are checked, seeds, and turning a response into a capture."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

from crawler.fetching.observe import observation
from scrapy import Request, Spider
from scrapy.http import Response

from crawler.discovery.seeds import Seed, read_seeds
from crawler.errors import ConfigurationError, SeedError
from crawler.items import Capture


class SeededSpider(Spider):
    """A spider that starts from ``-a url=…``, from ``-a seeds=FILE``, and from the seeds waiting in Redis."""

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
        self.own_seeds = self._read_arguments(url, seeds)

    def _read_arguments(self, url: str | None, file: str | None) -> list[Seed]:
        """The seeds that the command line names; a bad one stops the start, with its line."""
        lines: list[str] = [url] if url else []
        if file:
            try:
                lines += Path(file).read_text(encoding="utf-8-sig").splitlines()
            except OSError as error:
                raise ConfigurationError(f"cannot read seeds from {file}: {error.strerror}") from None
        seeds, problems = read_seeds(lines)
        if url and problems and problems[0].line == 1:
            raise SeedError(f"-a url: {problems[0].reason}: {problems[0].text}")
        for problem in problems:
            self.logger.error("%s line %d: %s: %s", file, problem.line - bool(url), problem.reason, problem.text)
        self.rejected_seeds = len(problems)
        return seeds

    async def start(self) -> AsyncIterator[Request]:
        """The seeds of the command line; those in Redis reach the worker through its scheduler."""
        self.crawler.stats.inc_value("seeds/rejected", self.rejected_seeds)  # type: ignore[union-attr]
        for seed in self.own_seeds:
            yield self.request(seed)

    def request(self, seed: Seed) -> Request:
        """The first request of a storefront. ``dont_filter``: an operator may ask for the same shop again."""
        return Request(seed.url, priority=seed.priority, dont_filter=True, meta={"seed": seed.source})

    def capture(self, response: Response) -> Capture:
        """The item for a response, still without what was read from it."""
        vantage = self.settings.get("VANTAGE") or None
        return Capture(
            observation=observation(response, vantage=vantage),
            body=response.body,
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
        )

    def count(self, name: str, amount: int = 1) -> None:
        """Count something under its own name."""
        if self.crawler.stats:
            self.crawler.stats.inc_value(name, amount)


Results = Iterator[Capture | Request]
"""What a callback yields: one capture per page, and requests."""
