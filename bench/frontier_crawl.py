"""One worker of a crawl benchmark: ``python -m bench.frontier_crawl JSON``; prints its numbers as JSON.

``mode``: ``ours``; ``scrapy_redis`` (stock); ``memory`` (Scrapy's defaults); ``memory_same`` (our settings and our
link filter, Scrapy's own scheduler).
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

import scrapy
import scrapy_redis.scheduler  # noqa: F401 - importing is not what is measured; like the next
from scrapy.crawler import AsyncCrawlerProcess

import crawler.fetching.host_clock  # noqa: F401
from crawler.frontier.seen import Recent

QUIET = {
    "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
    "LOGSTATS_INTERVAL": 0, "MEMUSAGE_ENABLED": False,
}  # fmt: skip
TUNED = {
    "CONCURRENT_ITEMS": 4, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "EXTENSIONS": {"crawler.operations.heap.FrozenHeap": 500},
}  # fmt: skip
MODES: dict[str, dict[str, Any]] = {
    "memory": {},
    "memory_same": TUNED,
    "scrapy_redis": {
        "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
        "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
    },
    "ours": {
        **TUNED,
        "SCHEDULER": "crawler.frontier.scheduler.Scheduler",
        "DOWNLOADER_MIDDLEWARES": {"crawler.fetching.host_clock.HostClockMiddleware": 950},
        "HOST_CONCURRENCY": 16,
        "HOST_DELAY": 0,
    },
}


class BenchSpider(scrapy.Spider):
    """Five selectors and all links, on every page."""

    name = "bench"
    seeds: list[str] = []  # noqa: RUF012 - Scrapy's way of passing arguments
    mode = "memory"
    recent = Recent()

    async def start(self) -> Any:
        """The seeds of this worker."""
        for url in self.seeds:
            yield scrapy.Request(url, dont_filter=self.mode == "scrapy_redis")

    def parse(self, response: Any) -> Any:
        """Read the page, hand on its links."""
        item = {
            "url": response.url,
            "title": response.css("title::text").get(),
            "name": response.css("h1::text").get(),
            "price": response.css("p.price::text").get(),
            "sku": response.css("span.sku::text").get(),
            "text": response.css("div.text::text").get(),
        }
        links = [
            response.urljoin(link)
            for link in response.css(self.settings.get("BENCH_LINKS", "a.l::attr(href)")).getall()
        ]
        if self.mode == "ours":
            scheduler: Any = self.crawler.engine and self.crawler.engine.scheduler
            scheduler.offer([(link, 0) for link in links])
        elif self.mode == "memory_same":
            for link in links:
                if self.recent.add(link):
                    yield scrapy.Request(link, callback=self.parse)
        else:
            yield from response.follow_all(links, callback=self.parse)
        yield item


class Stalls:
    """The longest time that the event loop was kept from its other work."""

    longest = 0.0

    async def watch(self) -> None:
        """Look every 10 ms, for as long as the crawl runs."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            self.longest = max(self.longest, time.monotonic() - began - 0.01)


def main() -> None:
    """Crawl, then print pages, CPU seconds and round trips."""
    options = json.loads(sys.argv[1])
    mode = options["mode"]
    process = AsyncCrawlerProcess({**QUIET, **MODES[mode], **options.get("settings", {})})
    run = process.create_crawler(BenchSpider)
    stalls = Stalls()
    tasks: list[asyncio.Task[None]] = []

    def watch() -> None:
        tasks.append(asyncio.ensure_future(stalls.watch()))

    run.signals.connect(watch, scrapy.signals.spider_opened)
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    process.crawl(run, seeds=options["seeds"], mode=mode)
    process.start()
    after = resource.getrusage(resource.RUSAGE_SELF)
    stats = run.stats.get_stats() if run.stats else {}
    print(json.dumps({
        "pages": stats.get("item_scraped_count", 0),
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "seconds": time.monotonic() - began,
        "trips": stats.get("frontier/round_trips", 0),
        "stall": stalls.longest,
        "reason": stats.get("finish_reason"),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
