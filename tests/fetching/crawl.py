"""Runs real Scrapy crawls in a process of their own and tells what they saw: what the tests of this room call.

Settings are those of ``settings.base`` without what needs Redis or MongoDB.
"""

import asyncio
import atexit
import functools
import gc
import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import TextResponse
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor
from twisted.python.log import PythonLoggingObserver

from crawler.errors import TouchstoneError
from crawler.fetching.observe import observation
from crawler.fetching.user_agent import user_agent

ROOT = Path(__file__).parents[2]
NEEDS_REDIS = ("host_clock", "robots")
PROXIES = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy"), "http://127.0.0.1:1")
"""In the environment of every crawl: whoever used them would reach nothing."""
META = ("redirect_out", "wall", "certificate_problems", "redirect_urls", "retry_times", "download_slot")


class Probe(scrapy.Spider):
    """Asks for the URLs of ``job`` and notes every answer."""

    name = "probe"

    def __init__(self, job, result):
        super().__init__()
        self.job, self.result = job, result

    async def start(self):
        for number, url in enumerate(self.job["urls"]):
            yield scrapy.Request(
                url,
                callback=self.parse,
                errback=self.failed,
                dont_filter=not self.job.get("filtered"),
                priority=-number,
                meta=dict(self.job.get("meta", {})),
                headers=self.job.get("headers"),
            )

    def parse(self, response):
        text = response.text if isinstance(response, TextResponse) else ""  # as a spider would
        self.result["responses"].append(
            {
                "characters": len(text),
                "url": response.url,
                "status": response.status,
                "body": response.body[:2000].decode("latin-1"),
                "flags": response.flags,
                "meta": {name: response.meta[name] for name in META if name in response.meta},
                "observation": observation(response, vantage="DE").model_dump(mode="json"),
            }
        )

    def failed(self, failure):
        request = failure.request
        self.result["errors"].append(
            {
                "url": request.url,
                "types": [kind.__name__ for kind in type(failure.value).__mro__],
                "message": str(failure.value),
            }
        )


def settings_of(extra, with_frontier=False):
    settings = Settings()
    settings.setmodule("settings.base", priority="project")
    own = settings.getdict("DOWNLOADER_MIDDLEWARES")
    without = {
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.RFPDupeFilter",
        "DOWNLOADER_MIDDLEWARES": {
            path: number
            for path, number in own.items()
            if number is None or (path.startswith("crawler.fetching") and not any(w in path for w in NEEDS_REDIS))
        },
    }
    settings.setdict(
        {
            "SPIDER_MODULES": [],
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {},
            "SPIDER_MIDDLEWARES": {},
            "GUARD_ALLOW": ["127.0.0.0/8", "::1"],
            "ROBOTSTXT_OBEY": False,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "DEBUG",
            **({} if with_frontier else without),
            **extra,
        },
        priority="cmdline",
    )
    return settings


async def run(job):
    """Run one crawl in this process; its log is collected, whatever happens."""
    result = {"responses": [], "errors": [], "stats": {}}
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        settings = settings_of(job.get("settings", {}), job.get("with_frontier", False))
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(Probe)
        await runner.crawl(crawler, job=job, result=result)
        result["user_agent"] = user_agent(settings)
        numbers = {name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int | float)}
        result["stats"] = numbers
    except TouchstoneError as error:
        result["refused_to_start"] = str(error)
    finally:
        gc.collect()  # what Twisted or asyncio complain about only when it is thrown away belongs to this crawl
        logging.getLogger().removeHandler(handler)
    return {**result, "log": log.getvalue()}


async def serve():
    """Answer jobs, one JSON line each, until the input ends."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        answer = json.dumps(await run(json.loads(line)))
        print(answer, flush=True)


def main():
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor

    logging.getLogger().setLevel(logging.DEBUG)
    logging.captureWarnings(True)
    PythonLoggingObserver("twisted").start()
    deferred_from_coro(serve()).addBoth(lambda _: reactor.stop())
    reactor.run()


class Worker:
    """The process in which a session's crawls run one after the other: starting Scrapy costs more than a crawl."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fetching.crawl"],
            cwd=ROOT,
            env={**os.environ, **PROXIES},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, job):
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the crawling process died")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


@functools.cache
def worker():
    started = Worker()
    atexit.register(started.end)
    return started


def crawl(urls, **job):
    """Run a crawl of ``urls``; ``job`` may hold ``settings``, ``meta`` and ``headers`` of the requests.

    ``filtered``: the requests are links, not seeds.
    ``with_frontier`` keeps scheduler, host clock and robots as they are in ``settings.base``.
    """
    return worker().ask({"urls": urls, **job})


if __name__ == "__main__":
    main()
