"""What all hosts serve alike: robots.txt, sitemap, favicon, pictures, a cart, not found."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from html import escape
from random import Random

from lab.sites.site import Page, Request, html
from lab.storefront import Storefront
from lab.templates import frame

PRIVATE = ("/cart", "/checkout", "/account", "/search")
SIDE = 12  # pixels of a picture: enough to differ, small enough to cost nothing


def png(seed: str, side: int = SIDE) -> bytes:
    """A small picture made from a seed."""
    rng = Random(seed)
    tones = [bytes(rng.randrange(256) for _ in range(3)) for _ in range(4)]
    rows = b"".join(b"\0" + b"".join(rng.choice(tones) for _ in range(side)) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)  # 8 bits a channel, RGB
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def robots(front: Storefront) -> Page:
    """robots.txt: the usual private paths, sometimes a crawl delay."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    if front.rng("robots").random() < 0.15:  # about one shop in seven asks for a delay
        lines.append("Crawl-delay: 1")
    lines.append(f"Sitemap: {front.urls.absolute('/sitemap.xml')}")
    return Page("\n".join(lines).encode() + b"\n", content_type="text/plain; charset=utf-8")


def sitemap(front: Storefront, paths: Iterable[str]) -> Page:
    """A sitemap of these paths; a careless owner's names the host of a test system."""
    host = f"staging.{front.plan.host}" if "foreign_sitemap" in front.plan.traps else front.plan.host
    rows = "".join(f"<url><loc>http://{host}{escape(path)}</loc></url>" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return Page(text.encode(), content_type="application/xml")


def common(front: Storefront, request: Request, paths: Iterable[str]) -> Page | None:
    """The answer where it is the same for all hosts; else None."""
    path = request.path
    if path == "/robots.txt":
        return robots(front)
    if path == "/sitemap.xml":
        return sitemap(front, paths)
    if path == "/favicon.ico":
        return Page(png(f"icon/{front.owner.favicon}"), content_type="image/png")
    if path.startswith("/media/") and path.endswith(".png"):
        return Page(png(f"{front.seed}/{front.plan.owner or front.plan.host}{path}"), content_type="image/png")
    if path.startswith(PRIVATE):
        return html(frame.document(front, front.voice.ui("cart"), f"<h1>{escape(front.voice.ui('cart'))}</h1><p>0</p>"))
    return None


def missing(front: Storefront) -> Page:
    """404 with the shop's frame around it."""
    return html(frame.document(front, "404", "<h1>404</h1>"), 404)
