"""The witness's web: many hosts on loopback that write down when each request came and when its answer left.

``python -m chaos.site LOG HOSTS PAGES`` prints its port and serves until its input closes. Host ``n`` is the address
127.0.(2 + n // 250).(1 + n % 250). Page ``i`` links to its eight children, to the first pages of its host, and to one
page of another host, so that every page can be reached in many ways.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TextIO

CHILDREN, NAVIGATION = 8, 12
SLOW_EVERY, SLOW_SECONDS = 97, 0.15  # some pages keep a connection busy, so that kills meet transfers


def address(host: int) -> str:
    """The loopback address of a host."""
    return f"127.0.{2 + host // 250}.{1 + host % 250}"


def page(host: int, number: int, hosts: int, pages: int, port: int) -> bytes:
    """The HTML of a page."""
    links = [f"/p{n}" for n in range(CHILDREN * number + 1, CHILDREN * number + 1 + CHILDREN) if n < pages]
    links += [f"/p{n}" for n in range(min(NAVIGATION, pages))]
    other = (host * 7 + number * 13 + 1) % hosts
    links.append(f"http://{address(other)}:{port}/p{(number * 31 + host) % pages}")
    anchors = "".join(f'<a href="{link}">link</a>' for link in links)
    return f"<html><title>{host}/{number}</title><p>offer {host}-{number}</p>{anchors}</html>".encode()


class Site(asyncio.Protocol):
    """One connection; requests of one connection are answered in turn."""

    log: TextIO
    hosts: int
    pages: int
    port: int

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""
        self.host = transport.get_extra_info("sockname")[0]
        _, _, third, fourth = map(int, self.host.split("."))
        self.number = (third - 2) * 250 + fourth - 1

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self._answer(head.split(b" ", 2)[1].decode("latin-1"), time.monotonic())

    def _answer(self, path: str, began: float) -> None:
        number = int(path[2:]) if path[:2] == "/p" and path[2:].isdigit() else -1
        if number % SLOW_EVERY == SLOW_EVERY - 1:
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._send, path, number, began)
        else:
            self._send(path, number, began)

    def _send(self, path: str, number: int, began: float) -> None:
        status, kind, body = "200 OK", "text/html", b""
        if path == "/robots.txt":
            kind, body = "text/plain", b"User-agent: *\nDisallow:\n"
        elif 0 <= number < self.pages:
            body = page(self.number, number, self.hosts, self.pages, self.port)
        else:
            status = "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        whole = not self.transport.is_closing()
        self.log.write(f"{self.host} {began:.6f} {time.monotonic():.6f} {int(whole)} {path}\n")
        if whole:
            self.transport.write(head.encode() + body)


async def serve(log: Path, hosts: int, pages: int) -> None:
    """Serve until standard input closes."""
    loop = asyncio.get_running_loop()
    with log.open("w", buffering=1) as file:
        Site.log, Site.hosts, Site.pages = file, hosts, pages
        server = await loop.create_server(Site, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127/8; no firewall here
        Site.port = server.sockets[0].getsockname()[1]
        print(Site.port, flush=True)
        await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
