"""The assessor beside a crawl: started and ended as Scrapy does it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.assessment import extension
from crawler.assessment.extension import Assessor
from tests.assessment.build import Store, Write
from tests.assessment.test_assess import page
from tests.store.build import capture, offer


def crawler_with(uri: str, name: str, **settings: Any) -> Crawler:
    return get_crawler(settings_dict={"MONGO_URI": uri, "MONGO_DATABASE": name, "ASSESS_INTERVAL": 0.2} | settings)


@pytest.mark.parametrize("settings", [{"ASSESS_INTERVAL": 0}, {"MONGO_URI": ""}])
def test_it_can_be_left_out(settings: dict[str, Any]) -> None:
    with pytest.raises(NotConfigured):
        Assessor.from_crawler(crawler_with("mongodb://127.0.0.1/", "x", **settings))


async def until(database: Store, verdict: str) -> None:
    async with asyncio.timeout(20):
        while not database["assessments"].find_one({"verdict": verdict}):
            await asyncio.sleep(0.05)


async def test_it_judges_during_and_after_the_crawl(write: Write, database: Store, mongo_uri: str) -> None:
    crawler = crawler_with(mongo_uri, database.name)
    assessor = Assessor.from_crawler(crawler)
    await write(page())
    assessor.spider_opened()
    await until(database, "suspected")
    await write(capture(*(offer(n) for n in range(12)), at=1))
    await assessor.spider_closed()
    assert [item["verdict"] for item in database["assessments"].find()] == ["clear"]
    assert crawler.stats
    assert crawler.stats.get_value("assess/judged") >= 2
    assert crawler.stats.get_value("assess/suspected") == 1


async def test_the_reactor_goes_on_while_it_judges(
    write: Write, database: Store, mongo_uri: str, monkeypatch: Any
) -> None:
    await write(page())

    def slow(*arguments: Any, **named: Any) -> Any:
        time.sleep(0.5)
        return iter(())

    monkeypatch.setattr(extension, "assess_changed", slow)
    crawler = crawler_with(mongo_uri, database.name)
    assessor = Assessor.from_crawler(crawler)
    assessor.spider_opened()
    longest, last = 0.0, time.monotonic()
    for _ in range(100):
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    await assessor.spider_closed()
    assert longest < 0.4


async def test_the_end_of_a_crawl_is_delayed_by_no_more_than_the_bound(
    write: Write, database: Store, mongo_uri: str, monkeypatch: Any
) -> None:
    await write(page())

    def endless(database: Store, means: Any, stop: Any) -> Any:
        while not stop():
            time.sleep(0.05)
        return iter(())

    monkeypatch.setattr(extension, "assess_changed", endless)
    crawler = crawler_with(mongo_uri, database.name, ASSESS_CLOSE_SECONDS=0.5)
    assessor = Assessor.from_crawler(crawler)
    assessor.spider_opened()
    begun = time.monotonic()
    await assessor.spider_closed()
    assert time.monotonic() - begun < 3


async def test_a_database_that_is_away_does_not_end_the_crawl() -> None:
    crawler = crawler_with("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200", "x")
    assessor = Assessor.from_crawler(crawler)
    assessor.spider_opened()
    await asyncio.sleep(0.1)
    await assessor.spider_closed()
    assert crawler.stats
    assert crawler.stats.get_value("assess/failed") >= 1
