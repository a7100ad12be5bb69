"""The spider of social listings: posts by official interfaces, public previews, and files that an analyst exported."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.discovery.listings import Listings
from crawler.errors import ConfigurationError
from crawler.extract.social import sources
from crawler.extract.social.model import SocialPage
from crawler.items import Capture, Observation
from crawler.money import Hints
from crawler.register.loading import load
from crawler.register.matching import Matcher
from crawler.urls import storefront_key
from spiders.base import SeededSpider, content_type

REFUSED = (401, 403)
RECORDS_PER_CAPTURE = 200  # posts of one file that the store gets in one write
FILE_BYTES = 500_000_000  # of one exported file; larger ones are split first


class SocialSpider(SeededSpider):
    """Reads accounts, channels, hashtags and communities: each post that offers something, and who wrote it.

    A post that offers nothing is counted and dropped; commenters and whoever else is named are not kept.
    """

    name = "social"
    kind = "social_account"
    arguments = SeededSpider.arguments | {
        "files": "exported files or folders (CSV, JSONL, JSON, saved HTML), comma-separated; nothing is fetched",
    }
    handle_httpstatus_list = REFUSED
    listings: Listings

    def __init__(self, files: str | None = None, **others: Any) -> None:
        super().__init__(**others)
        self.files = list(_files(files or ""))

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> SocialSpider:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        register = crawler.settings["REGISTER"]
        spider.listings = Listings(Matcher(load(Path(register) if register else None)), spider.count)
        spider.pages = crawler.settings.getint("SOCIAL_PAGES")
        return spider

    pages: int

    async def start(self) -> AsyncIterator[Any]:
        """The captures of exported files, then the seeds."""
        for path in self.files:
            for capture in self.from_file(path):
                yield capture
        async for request in super().start():
            yield self.adapt(request)

    def adapt(self, request: Request) -> Request:
        """Ask the source's interface instead of the web page that a person named; called for seeds of Redis too."""
        found = sources.entry(request.url)
        return request if found == request.url else request.replace(url=found)

    async def parse(self, response: Response) -> AsyncIterator[Capture | Request]:
        """One answer: what its posts offer, and requests for older ones."""
        if response.status in REFUSED:
            self.count(f"social/refused/{response.status}")
            self.logger.warning("%s refused (%s): does it want a token? docs/sources.md", response.url, response.status)
            return
        page = sources.read(response.body, response.url, content_type(response))
        yield self.captured(page, self.capture(response), response.url)
        number = int(response.meta.get("page", 1))
        inherited = {name: response.meta[name] for name in ("case", "source") if response.meta.get(name)}
        for address in page.lookups:
            if not response.meta.get("looked_up") and address != response.url:
                yield response.follow(address, self.parse, meta={**inherited, "looked_up": True})
        if page.following and number < self.pages:
            yield response.follow(page.following, self.parse, meta={**inherited, "page": number + 1, "looked_up": True})

    def captured(self, page: SocialPage, capture: Capture, url: str) -> Capture:
        """The capture with what the posts offer."""
        capture.page_kind = "social"
        capture.rejected = dict(page.problems)
        self.listings.add(capture, page.posts, storefront_key(url), Hints())
        for account in page.accounts:
            self.listings.add_account(capture, account)
        self.count(f"social/{page.source or 'unread'}")
        self.count("posts/read", len(page.posts))
        return capture

    def from_file(self, path: Path) -> Iterator[Capture]:
        """The captures of one exported file."""
        body = path.read_bytes()
        kind = "text/html; charset=utf-8" if path.suffix.lower() in (".html", ".htm") else ""
        url = f"https://exported.invalid/{path.name}"
        page = sources.read(body, url, kind, path.name)
        if not page.posts and not page.accounts:
            self.logger.warning("%s: no post was read (%s)", path, ", ".join(page.problems) or "unknown form")
        posts = page.posts
        for start in range(0, max(len(posts), 1), RECORDS_PER_CAPTURE):
            page.posts = posts[start : start + RECORDS_PER_CAPTURE]
            yield self.captured(page, _capture(path, body, url), url)
            page.accounts, page.problems = [], {}


def _capture(path: Path, body: bytes, url: str) -> Capture:
    """A file as a look: when it was written, its name, its hash."""
    seen = Observation(
        fetched_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        url=url,
        final_url=url,
        status=200,
        body_sha256=hashlib.sha256(body).hexdigest(),
        body_size=len(body),
    )
    return Capture(observation=seen, body=body)


def _files(names: str) -> Iterator[Path]:
    for name in filter(None, (part.strip() for part in names.split(","))):
        path = Path(name)
        if not path.exists():
            raise ConfigurationError(f"-a files: no file or folder {name}")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                if file.stat().st_size > FILE_BYTES:
                    raise ConfigurationError(f"-a files: {file} is larger than {FILE_BYTES} bytes; split it")
                yield file
