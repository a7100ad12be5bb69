"""One page in a browser, within limits: each request it makes is answered by us, on the guarded path, or not at all."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crawler.rendering.browser import Browser
from crawler.rendering.errors import NotRendered
from crawler.urls import same_storefront

logger = logging.getLogger(__name__)

WANTED = frozenset({"script", "xhr", "fetch"})
"""Kinds of sub-resources that are fetched; images, fonts, media, styles, frames and the rest are not."""
QUIET = 0.5  # seconds without a request after which a page has shown what it shows by itself
TURN = "() => new Promise(done => setTimeout(done, 50))"  # waits until the page's scripts let others have their turn
CLOSING = 5.0  # seconds that a page may take to go; then its browser goes
CLOSED_DOORS = """
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport', 'WebSocket',
                    'EventSource', 'Worker', 'SharedWorker']) {
  try { Object.defineProperty(window, name, {value: undefined, configurable: false}); } catch (e) {}
}
window.open = () => null;
"""
SIZE = "[document.getElementsByTagName('*').length, document.documentElement.outerHTML.length]"


class Answer(NamedTuple):
    """What our path gave for a sub-resource."""

    status: int
    content_type: str
    body: bytes


Fetch = Callable[[str, dict[str, str]], Awaitable[Answer | None]]
"""Address and headers → the answer, or None when our path refuses."""


@dataclass(frozen=True)
class Limits:
    """On one page: seconds in all, sub-requests, bytes fetched, elements and characters of the result."""

    seconds: float = 30.0
    requests: int = 30
    most_bytes: int = 10_000_000
    elements: int = 50_000
    characters: int = 10_000_000


@dataclass
class Room:
    """One page's stay. ``refused`` counts what was not answered, by reason."""

    url: str
    body: str
    fetch: Fetch
    limits: Limits
    refused: dict[str, int] = field(default_factory=dict)
    _requests: int = 0
    _bytes: int = 0
    _under_way: int = 0
    _last: float = 0.0
    _shown: bool = False
    _ended: bool = False

    async def render(self, browser: Browser) -> str:
        """The page's HTML after its scripts. ``NotRendered`` when a limit is broken; always ends."""
        context: Any = None
        try:
            async with asyncio.timeout(self.limits.seconds):
                context = await browser.context()
                return await self._stay(context)
        except TimeoutError:
            raise NotRendered("deadline") from None
        except NotRendered:
            raise
        except Exception as error:  # whatever a hostile page makes the browser do
            raise NotRendered("crashed", f"{type(error).__name__}: {error}"[:200]) from error
        finally:
            self._ended = True
            await self._leave(context, browser)

    async def _stay(self, context: Any) -> str:
        await context.add_init_script(CLOSED_DOORS)
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        page = await context.new_page()
        context.on("page", lambda other: asyncio.ensure_future(_close(other)))
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
        self._last = time.monotonic()
        await page.goto(self.url, wait_until="domcontentloaded", timeout=self.limits.seconds * 1000)
        seen = float("-inf")
        while seen != self._last:  # a script that was busy may have asked for something when it ended
            seen = await self._quiet()
            await page.evaluate(TURN)
        elements, characters = await page.evaluate(SIZE)
        if elements > self.limits.elements or characters > self.limits.characters:
            raise NotRendered("dom_too_large", f"{elements} elements, {characters} characters")
        return str(await page.content())

    async def _quiet(self) -> float:
        """Wait until no request is under way and none has come for a while; when the last one came."""
        while self._under_way or time.monotonic() - self._last < QUIET:
            await asyncio.sleep(0.05)
        return self._last

    async def _leave(self, context: Any, browser: Browser) -> None:
        """Close the page; a page that does not let itself be closed takes its browser with it."""
        try:
            async with asyncio.timeout(CLOSING):
                if context is not None:
                    await context.close()
                    return
        except Exception as error:
            logger.info("a rendered page did not close: %s", type(error).__name__)
        await browser.stop()

    async def _route(self, route: Any) -> None:
        """Answer a request of the page."""
        request = route.request
        self._last = time.monotonic()
        try:
            if not self._shown and request.url == self.url and request.resource_type == "document":
                self._shown = True
                await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self.body)
                return
            reason = self._why_not(request)
            answer = None if reason else await self._ask(request)
            if answer is None:
                self._refuse(reason or "not_had")
                await route.abort()
                return
            await route.fulfill(status=answer.status, content_type=answer.content_type, body=answer.body)
        except Exception as error:  # the page is gone while its request was under way
            logger.debug("a sub-request was not answered: %s", error)
        finally:
            self._last = time.monotonic()

    def _why_not(self, request: Any) -> str:
        if self._ended:
            return "ended"
        if request.resource_type not in WANTED:
            return f"kind_{request.resource_type}"
        if request.method != "GET":
            return "method"
        if not request.url.startswith(("http://", "https://")) or not same_storefront(self.url, request.url):
            return "other_host"
        if self._requests >= self.limits.requests:
            return "too_many"
        return "bytes" if self._bytes >= self.limits.most_bytes else ""

    async def _ask(self, request: Any) -> Answer | None:
        self._requests += 1
        self._under_way += 1
        try:
            answer = await self.fetch(request.url, {"Accept": request.headers.get("accept", "*/*")})
        finally:
            self._under_way -= 1
        if answer is not None:
            self._bytes += len(answer.body)
        return answer

    def _refuse(self, reason: str) -> None:
        self.refused[reason] = self.refused.get(reason, 0) + 1


async def _close(page: Any) -> None:
    try:
        await page.close()
    except Exception as error:
        logger.debug("a second page did not close: %s", error)
