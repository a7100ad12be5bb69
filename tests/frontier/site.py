"""A host on loopback that writes down when each request came and when its answer left."""

from __future__ import annotations

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

PAGES = 12


class Site:
    """Pages ``/p0`` … link to all others. Other paths answer as their names say."""

    def __init__(self, robots: str = "User-agent: *\nDisallow: /secret\n", pages: int = PAGES) -> None:
        self.robots, self.pages = robots, pages
        self.robots_take = 0.0
        """Seconds until robots.txt is answered."""
        self.log: list[tuple[float, float, str]] = []
        self.extra: list[str] = []
        self.asked: Counter[str] = Counter()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: Any) -> None: ...

            def do_GET(self) -> None:
                began = time.monotonic()
                site.asked[self.path] += 1
                status, headers, body = site.answer(self.path)
                head = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *headers]
                data = "\r\n".join([*head, "", ""]).encode() + body
                site.log.append((began, time.monotonic(), self.path))
                self.wfile.write(data)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[int, list[str], bytes]:
        html = ["Content-Type: text/html"]
        if path == "/robots.txt":
            time.sleep(self.robots_take)
            return (200, ["Content-Type: text/plain"], self.robots.encode()) if self.robots else (503, html, b"")
        if path == "/redirect":
            return 302, [*html, "Location: /p1"], b""
        if path == "/flaky":
            again = any(seen == "/flaky" for _, _, seen in self.log)
            return (200, html, b"now") if again else (503, [*html, "Retry-After: 1"], b"later")
        if path == "/broken":
            return 500, html, b""
        if path == "/slow":
            time.sleep(1)
        if path == "/image.png":
            return 200, ["Content-Type: image/png"], b"\x89PNG"
        links = "".join(f'<a href="/p{n}">x</a>' for n in range(self.pages))
        links += "".join(f'<a href="{extra}">x</a>' for extra in self.extra)
        return 200, html, f"<html>{links}</html>".encode()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> Counter[str]:
        return Counter(path for _, _, path in self.log)

    def gaps(self) -> list[float]:
        """From the end of each response to the next request."""
        return [later[0] - earlier[1] for earlier, later in pairwise(sorted(self.log))]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
