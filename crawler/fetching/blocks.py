"""Walls are recorded and respected: a host that takes us for a robot is left alone for the rest of the run."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.fetching.walls import Seen, Wall, wall_of
from crawler.frontier.entry import host_of
from crawler.urls import loggable

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

WALL = "wall"
"""Response meta key: ``{"kind": …, "name": …}`` of data/walls.yaml; absent for an ordinary page."""
DENIALS_IN_A_ROW = 8  # by one host without a page between; a shop that only hides its feeds refuses fewer
MOST_HOSTS = 50_000  # remembered by one worker, about 10 MB


class HostEnded(IgnoreRequest):
    """A request for a host that has ended for this run; raised by ``WallMiddleware``, counted, never retried."""


class WallMiddleware:
    """Marks walls in the response's meta, counts them as ``wall/KIND`` and ``wall/NAME``, and ends hosts.

    Nothing is done to get past a wall. ``ended`` maps host to the name of the wall that ended it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ended: OrderedDict[str, str] = OrderedDict()
        self._denials: OrderedDict[str, int] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WallMiddleware:
        """Build the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Drop requests for hosts that have ended."""
        if self.ended and _place(request.url) in self.ended:
            self._inc("wall/request_dropped")
            raise HostEnded(f"{_place(request.url)} ended for this run")

    def process_response(self, request: Request, response: Response) -> Response:
        """Recognise a wall."""
        request.meta.pop(WALL, None)  # of the hop before
        wall = wall_of(_seen(request, response))
        name = _place(request.url)
        if wall is None or wall.kind in ("absent", "login", "consent"):
            self._denials.pop(name, None)
        if wall is not None:
            self._mark(request, response, name, wall)
        return response

    def _mark(self, request: Request, response: Response, name: str, wall: Wall) -> None:
        request.meta[WALL] = {"kind": wall.kind, "name": wall.name}
        self._inc(f"wall/{wall.kind}")
        self._inc(f"wall/{wall.kind}/{wall.name}")
        if wall.kind == "bot":
            self._end(request.url, wall.name)
        elif wall.kind == "denied" and self._one_more_denial(name) >= DENIALS_IN_A_ROW:
            self._end(request.url, "denied_in_a_row")
        if name in self.ended:
            request.meta["dont_retry"] = True
            request.meta["handle_httpstatus_list"] = [response.status]  # the spider records why the shop ended

    def _one_more_denial(self, name: str) -> int:
        denials = self._denials[name] = self._denials.get(name, 0) + 1
        _keep_newest(self._denials)
        return denials

    def _end(self, url: str, reason: str) -> None:
        name = _place(url)
        if name in self.ended:
            return
        logger.warning("%s ended for this run: %s", loggable(name), reason)
        self._inc("wall/hosts_ended")
        self.ended[name] = reason
        _keep_newest(self.ended)
        scheduler: Any = self.crawler.engine.scheduler if self.crawler.engine else None
        if hasattr(scheduler, "block"):  # our frontier: what waits for the host is dropped, for all workers
            for beginning in _beginnings(name):
                scheduler.block(beginning, reason)

    def _inc(self, name: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(name)


def _seen(request: Request, response: Response) -> Seen:
    return Seen(
        status=response.status,
        headers={
            name.decode("latin-1").lower(): b",".join(values).decode("latin-1")
            for name, values in response.headers.items()
        },
        body=response.body,
        path=urlsplit(response.url).path if request.meta.get("redirect_urls") else "",
    )


def _place(url: str) -> str:
    """The host, for http and https alike; an address with its port, where each port may be another shop."""
    try:
        return host_of(url).removesuffix(":80").removesuffix(":443")
    except ValueError:
        return ""


def _beginnings(place: str) -> tuple[str, ...]:
    """The addresses by whose host and port the frontier knows a place."""
    has_port = place.rpartition(":")[2].isdigit() and not place.endswith("]")
    return (f"http://{place}/",) if has_port else (f"http://{place}/", f"https://{place}/")


def _keep_newest(table: OrderedDict[str, int] | OrderedDict[str, str]) -> None:
    if len(table) > MOST_HOSTS:
        table.popitem(last=False)
