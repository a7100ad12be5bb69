"""A small shop on loopback whose pages a test may change, with a log of what was asked for."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PRODUCT = """<!doctype html><html lang="en"><head><title>{title} | Corner shop</title></head><body>
<header><a href="/">Corner shop</a> <a href="/bags">Bags</a> <a href="/cart">Cart (0)</a></header>
<main><h1>{title}</h1><p class="q1">{price}</p><p>{text}</p><button>Add to cart</button></main>
<footer><a href="/imprint">Imprint</a> <a href="mailto:hello@corner.test">hello@corner.test</a></footer>
</body></html>"""

Answer = tuple[int, dict[str, str], str | bytes]


@dataclass
class Shop:
    """Path → (status, headers, body), or a function that gives that; a list of what was asked for."""

    url: str = ""
    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    missing: Answer = (404, {"Content-Type": "text/plain"}, "no such page")
    is_down: bool = False
    """Whether whoever asks is hung up on, as by a machine whose shop is not running."""
    asked: list[str] = field(default_factory=list)
    validators: bool = False
    """Whether pages have an ETag, and a visitor who knows it gets a 304."""
    not_modified: list[str] = field(default_factory=list)

    def page(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8"} | headers, body)

    def product(self, path: str, title: str, price: str, text: str = "A fine thing.") -> None:
        self.page(path, PRODUCT.format(title=title, price=price, text=text))


@contextmanager
def serve() -> Iterator[Shop]:
    """The shop, with a home page, a list of two products, an imprint and a robots.txt."""
    shop = Shop()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shop.asked.append(self.path)
            if shop.is_down:
                self.close_connection = True
                return
            found = shop.pages.get(self.path, shop.missing)
            status, headers, body = found() if callable(found) else found
            payload = body if isinstance(body, bytes) else body.encode()
            tag = f'"{zlib.crc32(payload):x}"' if shop.validators and status == 200 else ""
            if tag and self.headers.get("If-None-Match") == tag:
                shop.not_modified.append(self.path)
                self.send_response(304)
                self.send_header("ETag", tag)
                self.end_headers()
                return
            self.send_response(status)
            if tag:
                self.send_header("ETag", tag)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        shop.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        fill(shop)
        try:
            yield shop
        finally:
            server.shutdown()
            thread.join()


def fill(shop: Shop) -> None:
    """The shop as it opens."""
    rows = '<li><a href="/p/tote">Velmora Aurelia tote</a> 240 EUR</li><li><a href="/p/lamp">Brass lamp</a> 49 EUR</li>'
    menu = '<a href="/bags">Bags</a> <a href="/hidden/x">Hidden</a> <a href="/imprint">Imprint</a>'
    shop.page("/", f"<html lang=en><title>Corner shop</title><h1>Welcome</h1>{menu}</html>")
    shop.page("/bags", f"<html lang=en><title>Bags</title><h1>Bags</h1><ul>{rows}</ul>{menu}</html>")
    shop.page("/imprint", "<html lang=en><title>Imprint</title><h1>Imprint</h1><p>Corner Ltd, 1 High Street</p></html>")
    shop.page("/robots.txt", "User-agent: *\nDisallow: /hidden/\n", **{"Content-Type": "text/plain"})
    shop.page("/hidden/x", "<html><h1>Hidden</h1></html>")
    shop.product("/p/tote", "Velmora Aurelia tote", "240.00 EUR", "Mirror quality, 1:1 replica of the real bag.")
    shop.product("/p/lamp", "Brass lamp", "49.00 EUR")
