"""The crawler under test: a process that forks a worker for each line ``start`` it reads.

Forking spares each of hundreds of killed workers the second that imports take. A worker is a crawl with the
project's own settings, frontier, host clock and downloader, and a store that says when a page became durable.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
import uuid
from typing import Any

import scrapy
from pymongo import AsyncMongoClient, WriteConcern
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from chaos.services import ends_with_parent
from crawler.store.retry import patiently

LIGHT: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.fetching.robots.SharedRobotsMiddleware": 100,
        "crawler.fetching.host_clock.HostClockMiddleware": 950,
    },
    "EXTENSIONS": {},
}
"""Few middlewares, for as many pages as possible in the time that a full run has."""
LINK = re.compile(rb'href="([^"]+)"')


class ChaosSpider(scrapy.Spider):
    """Follows every link, stores every page."""

    name = "chaos"

    def parse(self, response: Any) -> Any:
        """Hand on all links, store the page."""
        scheduler: Any = self.crawler.engine.scheduler
        scheduler.offer([(response.urljoin(link.decode()), 0) for link in LINK.findall(response.body)])
        yield {"url": response.url}


class StorePipeline:
    """One document a page; ``stored`` lists when it became durable, and by which process.

    As the project's own store does, a write waits for a mongod that is away: the page stays with its worker meanwhile.
    """

    def __init__(self, crawler: Any) -> None:
        client: AsyncMongoClient[Any] = AsyncMongoClient(crawler.settings["MONGO_URI"], serverSelectionTimeoutMS=60_000)
        self.pages = client.chaos.get_collection("pages", write_concern=WriteConcern(w=1, j=True))

    @classmethod
    def from_crawler(cls, crawler: Any) -> StorePipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: dict[str, str]) -> dict[str, str]:
        """Return the item once it is durable."""
        url, key = item["url"], uuid.uuid4().hex

        async def write() -> None:
            change = {"$set": {"url": url, f"stored.{key}": [time.monotonic(), os.getpid()]}}
            await self.pages.update_one({"_id": url}, change, upsert=True)

        await patiently(write)
        return item


def settings(overrides: dict[str, Any]) -> Settings:
    """The project's settings with what the run needs."""
    made = Settings()
    made.setmodule("settings.base", priority="project")
    fixed: dict[str, Any] = {
        "ITEM_PIPELINES": {"chaos.worker.StorePipeline": 100}, "GUARD_ALLOW": ["127.0.0.0/8"], "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "%(created)f %(process)d [%(name)s] %(levelname)s: %(message)s",
        "LOGSTATS_INTERVAL": 0, "MEMUSAGE_ENABLED": False, "SPIDER_MODULES": [],
    }  # fmt: skip
    if overrides.pop("LIGHT", False):
        fixed |= LIGHT
    made.setdict({**fixed, **overrides}, priority="cmdline")
    return made


def work(overrides: dict[str, Any], log: str) -> None:
    """One worker's life."""
    ends_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 2)
    process = AsyncCrawlerProcess(settings(overrides))
    crawler = process.create_crawler(ChaosSpider)
    process.crawl(crawler)
    process.start()
    reason = (crawler.stats.get_value("finish_reason") if crawler.stats else None) or "none"
    os.write(1, f"end {os.getpid()} {reason}\n".encode())


def main() -> None:
    """Read orders, fork workers, say their process numbers."""
    overrides, log = json.loads(sys.argv[1]), sys.argv[2]
    settings({})  # imports all that a worker will need but the reactor
    import crawler.fetching.handler
    import crawler.frontier.scheduler  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(overrides, log)
            finally:
                os._exit(0)
        os.write(1, f"start {child}\n".encode())


if __name__ == "__main__":
    main()
