"""One process that serves every site of a world, each on an address of its own."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, TextIO

from lab.sites.site import Page, Request, Site

LONGEST_LINE = 16_384  # bytes of a request's head; longer ones are refused
IDLE = 30.0  # seconds that a kept connection may wait for its next request


class Server:
    """Listens for the sites and writes one line per request to the log."""

    def __init__(self, sites: Mapping[str, Site], log: TextIO) -> None:
        self.sites, self.log = sites, log
        self.places: dict[str, tuple[str, int]] = {}
        self._listeners: list[asyncio.Server] = []

    async def start(self, addresses: Any, port: int = 0) -> None:
        """Bind every site to the next address. With port 0 the first site takes a free port, and each its own."""
        for host, site in self.sites.items():
            address = next(addresses)

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, site: Site = site) -> None:
                await self._connection(site, reader, writer)

            listener = await asyncio.start_server(serve, address, port, limit=LONGEST_LINE)
            self._listeners.append(listener)
            self.places[host] = (address, listener.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Close all listeners."""
        for listener in self._listeners:
            listener.close()

    async def _connection(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(
            ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError
        ):
            while await self._exchange(site, reader, writer):
                pass
        writer.close()

    async def _exchange(self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False when the connection ends."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)
        start = time.time()
        request = parse(head)
        page = self._answer(site, request)
        if page.delay:
            await asyncio.sleep(page.delay)
        keep = request.method in {"GET", "HEAD"} and request.headers.get("connection", "").lower() != "close"
        writer.write(render(page, request, keep=keep))
        await writer.drain()
        self._record(site, request, page, start)
        return keep

    def _answer(self, site: Site, request: Request) -> Page:
        host = request.headers.get("host", "").partition(":")[0].lower()
        if host and host != site.front.plan.host and not host.replace(".", "").isdigit():
            return Page(b"no such site here\n", 421, "text/plain")  # another name's visitor came to this address
        if request.method not in {"GET", "HEAD"}:
            return Page(b"not allowed\n", 405, "text/plain")
        return unless_known(site.answer(request), request)

    def _record(self, site: Site, request: Request, page: Page, start: float) -> None:
        line = {
            "start": start,
            "end": time.time(),
            "host": site.front.plan.host,
            "path": request.target,
            "method": request.method,
            "status": page.status,
            "agent": request.headers.get("user-agent", ""),
            "bytes": len(page.body),
        }
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()


def parse(head: bytes) -> Request:
    """The request of a head; a broken request line raises ``ValueError``."""
    first, *rest = head.decode("latin-1").split("\r\n")
    method, target, _version = first.split(" ")
    pairs = (line.split(":", 1) for line in rest if ":" in line)
    return Request(target, {name.strip().lower(): value.strip() for name, value in pairs}, method)


def unless_known(page: Page, request: Request) -> Page:
    """304 for a visitor who already has this page; every other page gets an entity tag."""
    if page.status != 200:
        return page
    tag = f'"{zlib.crc32(page.body):08x}"'
    headers = (*page.headers, ("ETag", tag))
    if request.headers.get("if-none-match") == tag:
        return replace(page, body=b"", status=304, headers=headers)
    return replace(page, headers=headers)


def render(page: Page, request: Request, *, keep: bool) -> bytes:
    """The answer as bytes of HTTP/1.1."""
    lines = [f"HTTP/1.1 {page.status} {HTTPStatus(page.status).phrase}", f"Content-Type: {page.content_type}",
             f"Content-Length: {len(page.body)}", f"Connection: {'keep-alive' if keep else 'close'}"]  # fmt: skip
    lines += [f"{name}: {value}" for name, value in page.headers]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head if request.method == "HEAD" else head + page.body


def write_hosts(places: Mapping[str, tuple[str, int]], path: Path) -> None:
    """The file that the crawler's resolver reads: one line ``name address:port`` per site."""
    path.write_text("".join(f"{host} {address}:{port}\n" for host, (address, port) in places.items()), encoding="utf-8")
