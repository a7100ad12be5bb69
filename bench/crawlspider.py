"""The peer of ``bench.economy``: Scrapy's own ``CrawlSpider``, every link inside a host, nothing else."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule


class PlainSpider(CrawlSpider):
    """Follows every link inside the hosts of its seeds; yields nothing: the server's log is what counts."""

    name = "plain"
    rules = (Rule(LinkExtractor(), callback="read", follow=True),)
    custom_settings = {  # noqa: RUF012 - Scrapy's own way
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOADER_MIDDLEWARES": {"crawler.fetching.user_agent.HonestUserAgentMiddleware": 500},
    }

    def __init__(self, seeds: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_urls = Path(seeds).read_text().split()
        self.allowed_domains = [urlsplit(url).hostname or "" for url in self.start_urls]

    def read(self, response: Response) -> None:
        """A page was had; what was found is told from the server's log."""
