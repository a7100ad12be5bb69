"""One worker of a test's crawl: ``python -m tests.frontier.crawl_worker JSON``; prints its stats as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import scrapy
import scrapy.exceptions
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings


class TestSpider(scrapy.Spider):
    """Follows all links, by requests or by ``offer``; stores what it saw in a file."""

    name = "tests"
    options: dict[str, Any] = {}  # noqa: RUF012

    def parse(self, response: Any) -> Any:
        links = response.css("a::attr(href)").getall()
        if self.options.get("offer"):
            self.crawler.engine.scheduler.offer([(response.urljoin(link), 0) for link in links])  # type: ignore[union-attr]
        else:
            yield from response.follow_all(links)
        if self.options.get("bad_callback") and response.url.endswith("/p3"):
            raise ValueError("this page is not as expected")
        yield {"url": response.url}


class FilePipeline:
    """Appends the address to a file; fails the first time for one page if it is told to; may fetch an image."""

    def __init__(self, crawler: Any) -> None:
        self.crawler, self.failed, self.since = crawler, False, 0.0

    @classmethod
    def from_crawler(cls, crawler: Any) -> FilePipeline:
        return cls(crawler)

    async def process_item(self, item: dict[str, str]) -> dict[str, str]:
        options = TestSpider.options
        if options.get("bad_store") and item["url"].endswith("/p2") and not self.failed:
            self.failed = True
            raise OSError("the store is away")
        self.since = self.since or time.monotonic()
        if time.monotonic() - self.since < options.get("store_away", 0):
            raise OSError("the store is away for a while")
        if options.get("image"):
            image = item["url"].rsplit("/", 1)[0] + "/image.png"
            request = scrapy.Request(image, meta={"media_wanted": True}, dont_filter=True)
            await self.crawler.engine.download_async(request)
        with Path(options["store"]).open("a") as file:
            file.write(item["url"] + "\n")
        return item


class BrokenMiddleware:
    """Stands above the host clock: raises for one page, turns another away on purpose."""

    def process_response(self, request: Any, response: Any) -> Any:
        if TestSpider.options.get("broken_middleware"):
            if request.url.endswith("/p3"):
                raise KeyError("a defect")
            if request.url.endswith("/p4"):
                raise scrapy.exceptions.IgnoreRequest("not wanted")
        return response


class Stalls:
    """Measures the longest time that the event loop was not served."""

    longest = 0.0

    async def watch(self) -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.01)
            self.longest = max(self.longest, time.monotonic() - last - 0.01)
            last = time.monotonic()


def main() -> None:
    TestSpider.options = json.loads(sys.argv[1])
    settings = Settings()
    settings.setmodule("settings.base", priority="project")
    settings.setdict(
        {
            "ITEM_PIPELINES": {FilePipeline: 1}, "GUARD_ALLOW": ["127.0.0.0/8"], "LOG_LEVEL": "WARNING",
            "DOWNLOADER_MIDDLEWARES": {**settings.getdict("DOWNLOADER_MIDDLEWARES"), BrokenMiddleware: 110},
            "SPIDER_MODULES": [], "HOST_DELAY": 0.05, "LEASE_SECONDS": 2, **TestSpider.options["settings"],
        },
        priority="cmdline",
    )  # fmt: skip
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(TestSpider)
    stalls = Stalls()

    def watch() -> None:
        crawler.stalls = asyncio.ensure_future(stalls.watch())  # type: ignore[attr-defined]

    crawler.signals.connect(watch, scrapy.signals.spider_opened)
    process.crawl(crawler)
    process.start()
    stats = {key: value for key, value in crawler.stats.get_stats().items() if isinstance(value, (int, float, str))}  # type: ignore[union-attr]
    print(json.dumps({**stats, "stall": stalls.longest}))


if __name__ == "__main__":
    main()
