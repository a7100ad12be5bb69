"""Keeps the garbage collector away from what a worker imported: it was half of the reactor's longest pauses.

A full collection looks at every object. A worker has some hundred thousand of them before its first request, and
none of these is ever garbage: looked at again and again they cost 60-140 ms each time (``make bench-frontier``).
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class FrozenHeap:
    """What is alive when the spider opens is set aside for good; what the crawl makes is collected as ever."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrozenHeap:
        """Called by Scrapy."""
        extension = cls()
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        return extension

    def spider_opened(self) -> None:
        """Collect what the start left behind, then freeze the rest."""
        gc.collect()
        gc.freeze()
