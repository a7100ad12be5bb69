"""A system Chromium without a network of its own: names lead nowhere, its proxy is a closed door, nothing is inherited.

Whatever it needs is handed to it by ``crawler.rendering.room``. Playwright's own API, because a download handler
fetches with the browser's network, and request interception alone does not stop a name that changes its address.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from typing import TYPE_CHECKING, Any

from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

NAMES = ("chromium", "chromium-browser", "google-chrome-stable")
HEAP_MB = 256  # of JavaScript in one page; shops' pages take 20 to 80
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-bypass-list=<-loopback>",  # loopback goes to the closed door as well
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-gpu",
    "--disable-3d-apis",
    "--no-first-run",
    "--mute-audio",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=Prerender2,SpeculationRulesPrefetchProxy,PreconnectToSearch,DnsOverHttps,WebTransport,AsyncDns",
    f"--js-flags=--max-old-space-size={HEAP_MB}",
)


def check(settings: BaseSettings) -> str:
    """The path of the browser. ``ConfigurationError`` names the fix when rendering cannot be safe, or cannot be."""
    try:
        import playwright.async_api  # noqa: F401
    except ImportError:
        raise ConfigurationError("RENDER needs the packages of the extra `render`: pip install '.[render]'") from None
    path = settings.get("RENDER_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not path or not os.access(path, os.X_OK):
        raise ConfigurationError(
            "RENDER needs a Chromium: apt-get install chromium, or set RENDER_CHROMIUM to its path"
        )
    if os.geteuid() == 0 and not settings.getbool("RENDER_AS_ROOT"):
        raise ConfigurationError(
            "RENDER: a browser that shows hostile pages never runs as root, where its sandbox cannot: start the worker "
            "as another user (deploy/ does), or set RENDER = 'never'"
        )
    return str(path)


class Browser:
    """One browser process of a worker, started when first needed; a closed door for everything it tries by itself."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._door: socket.socket | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._driver: Any = None
        self._browser: Any = None

    async def context(self) -> Any:
        """A fresh context, which shares nothing with others; starts the browser where none runs."""
        if self._browser is None or not self._browser.is_connected():
            await self._start()
        return await self._browser.new_context(
            accept_downloads=False, service_workers="block", permissions=[], ignore_https_errors=True
        )

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        if self._driver is None:
            self._driver = await async_playwright().start()
            self._door = socket.socket()
            self._door.bind(("127.0.0.1", 0))  # bound and never listening: whoever connects is refused
            self._home = tempfile.TemporaryDirectory(prefix="touchstone-browser-")
        assert self._door is not None
        assert self._home is not None
        self._browser = await self._driver.chromium.launch(
            executable_path=self.path,
            args=list(ARGUMENTS),
            proxy={"server": f"http://127.0.0.1:{self._door.getsockname()[1]}", "bypass": "<-loopback>"},
            env={"PATH": "/usr/bin:/bin", "HOME": self._home.name, "LANG": "C.UTF-8"},
            chromium_sandbox=os.geteuid() != 0,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )

    async def stop(self) -> None:
        """End the process, whatever its pages do; the next context starts another."""
        browser, self._browser = self._browser, None
        if browser is not None:
            await browser.close()

    async def close(self) -> None:
        """End process and driver."""
        await self.stop()
        if self._driver is not None:
            await self._driver.stop()
        if self._door:
            self._door.close()
        if self._home:
            self._home.cleanup()
