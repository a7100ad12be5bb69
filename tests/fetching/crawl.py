"""Runs one real Scrapy crawl in a process of its own and prints what it saw as JSON: what the tests of this room call.

Settings are those of ``settings.base`` without what needs Redis or MongoDB.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawler.fetching.observe import observation
from crawler.fetching.user_agent import user_agent

ROOT = Path(__file__).parents[2]
NEEDS_REDIS = ("host_clock", "robots")
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
                dont_filter=True,
                priority=-number,
                meta=dict(self.job.get("meta", {})),
                headers=self.job.get("headers"),
            )

    def parse(self, response):
        self.result["responses"].append(
            {
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


def settings_of(extra):
    settings = Settings()
    settings.setmodule("settings.base", priority="project")
    middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
    ours = {
        path: number for path, number in middlewares.items() if path.startswith("crawler.fetching") or number is None
    }
    settings.setdict(
        {
            "SPIDER_MODULES": [],
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "DUPEFILTER_CLASS": "scrapy.dupefilters.RFPDupeFilter",
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {},
            "SPIDER_MIDDLEWARES": {},
            "DOWNLOADER_MIDDLEWARES": {
                path: number for path, number in ours.items() if not any(word in path for word in NEEDS_REDIS)
            },
            "GUARD_ALLOW": ["127.0.0.0/8", "::1"],
            "ROBOTSTXT_OBEY": False,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "DEBUG",
            **extra,
        },
        priority="cmdline",
    )
    return settings


def main():
    job = json.loads(sys.argv[1])
    result = {"responses": [], "errors": []}
    settings = settings_of(job.get("settings", {}))
    result["user_agent"] = user_agent(settings)
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(Probe)
    process.crawl(crawler, job=job, result=result)
    process.start()
    result["stats"] = {
        name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int | float)
    }
    Path(job["result"]).write_text(json.dumps(result), "utf-8")


def crawl(tmp_path, urls, timeout=60, env=None, **job):
    """Run the crawl; return its result with ``log`` and ``exit_code`` beside it."""
    place = tmp_path / "result.json"
    place.unlink(missing_ok=True)
    job = {"urls": urls, "result": str(place), **job}
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetching.crawl", json.dumps(job)],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    result = json.loads(place.read_text("utf-8")) if place.exists() else {}
    return {**result, "log": done.stdout + done.stderr, "exit_code": done.returncode}


if __name__ == "__main__":
    main()
