"""What all hosts serve alike: robots.txt, sitemap, favicon, pictures, a cart, not found."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterable
from html import escape
from random import Random

from lab.sites.site import Page, Request, html
from lab.storefront import Storefront
from lab.templates import frame
from lab.urls import leads_to

PRIVATE = ("/cart", "/checkout", "/account", "/search")
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
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
    if "crawl_delay" in front.plan.traps:
        lines.append("Crawl-delay: 1")
    lines.append(f"Sitemap: {front.urls.absolute('/sitemap.xml')}")
    return Page("\n".join(lines).encode() + b"\n", content_type="text/plain; charset=utf-8")


def sitemap(front: Storefront, paths: Iterable[str], kind: str = "url") -> Page:
    """A sitemap of these paths, or an index of sitemaps; a careless owner's names the host of a test system."""
    host = f"staging.{front.plan.host}" if "foreign_sitemap" in front.plan.traps else front.plan.host
    rows = "".join(f"<{kind}><loc>http://{host}{escape(path)}</loc></{kind}>" for path in paths)
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    text = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{SITEMAPS}">{rows}</{root}>'
    return Page(text.encode(), content_type="application/xml")


def sitemaps(front: Storefront, path: str, paths: Iterable[str]) -> Page | None:
    """The shop's sitemap; one that shows its products nowhere else packs it behind an index."""
    behind = "/sitemaps/all-1.xml.gz" if "sitemap_only" in front.plan.traps else "/sitemap.xml"
    if path == behind and path.endswith(".gz"):
        packed = gzip.compress(sitemap(front, paths).body, mtime=0)  # no time: the same bytes always
        return Page(packed, content_type="application/x-gzip")
    if path == behind:
        return sitemap(front, paths)
    return sitemap(front, [behind], "sitemap") if path == "/sitemap.xml" else None


def framed(front: Storefront, title: str, body: str, head: str = "", status: int = 200) -> Page:
    """A page of the site with its frame, in its encoding."""
    return html(frame.document(front, title, body, head=head), status, frame.charset(front))


def legal_text(front: Storefront, name: str) -> tuple[str, str]:
    """Title and text of a legal or service page; a copied one still names the shop it was taken from."""
    owner, (title, text) = front.owner, front.voice.all("legal", name)
    company, street, email = owner.company, owner.street, owner.email
    if front.legal == "copied" and name in {"returns", "privacy", "terms"}:
        company, street, email = "Nordlicht Textil GmbH", "Am Speicher 9", "service@nordlicht-textil.test"
        if victim := front.victim:
            company, street, email = victim.company, victim.street, victim.email
    text = text.format(
        company=company,
        street=street,
        city=owner.city,
        email=email,
        phone=owner.phone,
        vat=owner.vat if front.taxed else "",
        iban=owner.iban,
        payment_account=owner.payment_account,
    )
    return title, text


def legal_page(front: Storefront, name: str) -> Page:
    """A legal or service page."""
    title, text = legal_text(front, name)
    return framed(front, title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def common(front: Storefront, request: Request, paths: Iterable[str]) -> Page | None:
    """The answer where it is the same for all hosts; else None."""
    path = request.path
    if path == "/robots.txt":
        return robots(front)
    listed = sitemaps(front, path, paths)
    if listed:
        return listed
    if path == "/favicon.ico":
        return Page(png(f"icon/{front.owner.favicon}"), content_type="image/png")
    if path.startswith("/media/") and path.endswith(".png"):
        return Page(png(f"{front.seed}/{front.plan.owner or front.plan.host}{path}"), content_type="image/png")
    for name in frame.LEGAL[front.legal]:
        if leads_to(request.target, front.urls.page(name)):
            return legal_page(front, name)
    if path.startswith(PRIVATE):
        return framed(front, front.voice.ui("cart"), f"<h1>{escape(front.voice.ui('cart'))}</h1><p>0</p>")
    return None


def missing(front: Storefront) -> Page:
    """404 with the shop's frame around it."""
    return framed(front, "404", "<h1>404</h1>", status=404)
