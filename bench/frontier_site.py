"""A shop front for crawl benchmarks: link-rich pages of 18 kB with 36 links, every address any number of times.

``python -m bench.frontier_site PAGES`` prints its port, serves until its input closes, and then prints when the first
and the last page were asked for.
"""

from __future__ import annotations

import asyncio
import sys
import time

LINKS, SIZE = 36, 18_000


def body(number: int, pages: int) -> bytes:
    """Page ``number``: 20 links that all pages share, as in a menu, and 16 to its own descendants and neighbours."""
    targets = [*range(20), *(4 * number + child for child in range(1, 5)), *(number + step for step in range(1, 13))]
    links = "".join(f'<li><a class="l" href="/p{n % pages}">Item {n}</a></li>' for n in targets)
    head = f'<html><head><title>Page {number}</title></head><body><h1>Thing {number}</h1><p class="price">€ 12.50</p>'
    text = f'{head}<span class="sku">S{number}</span><div class="text">words</div><ul>{links}</ul>'
    return (text + "<p>" + "lorem ipsum " * ((SIZE - len(text)) // 12) + "</p></body></html>").encode()


class Site(asyncio.Protocol):
    """Answers GETs from a table made beforehand, so that the site costs little beside the crawler."""

    answers: dict[bytes, bytes]
    first, last = 0.0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            Site.last = time.monotonic()
            Site.first = Site.first or Site.last
            self.transport.write(
                self.answers.get(head.split(b" ", 2)[1], b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            )


async def serve(pages: int) -> None:
    """Serve until standard input closes."""
    Site.answers = {}
    for number in range(pages):
        content = body(number, pages)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
        Site.answers[f"/p{number}".encode()] = head.encode() + content
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Site, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - every address of 127/8 is a host
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(Site.first, Site.last, flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
