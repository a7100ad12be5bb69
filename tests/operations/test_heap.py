"""What is alive when the spider opens is no work for the garbage collector any more."""

from __future__ import annotations

import gc

from scrapy import signals
from scrapy.utils.test import get_crawler

from crawler.operations.heap import FrozenHeap


def test_the_heap_of_the_start_is_frozen_once_the_spider_opens() -> None:
    crawler = get_crawler()
    extension = FrozenHeap.from_crawler(crawler)  # held: signals keep their receivers weakly
    before = gc.get_freeze_count()
    try:
        crawler.signals.send_catch_log(signals.spider_opened)
        assert gc.get_freeze_count() > before + 10_000
        assert sum(len(gc.get_objects(generation)) for generation in range(3)) < 10_000
    finally:
        gc.unfreeze()
    assert isinstance(extension, FrozenHeap)
