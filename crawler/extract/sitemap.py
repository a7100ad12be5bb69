"""Sitemaps: pure parsing, bounded, nothing is fetched here.

Source: the sitemaps.org protocol 0.9 (``urlset``, ``sitemapindex``, at most 50,000 entries and 50 MB a file).
"""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass

from lxml import etree

ENTRIES_LIMIT = 50_000  # the protocol's own bound
BYTES_LIMIT = 50 * 1024 * 1024  # the protocol's own bound, after decompression


@dataclass(frozen=True)
class Entry:
    """One address of a sitemap, as written there, with its date of change if it states one (W3C date, as text)."""

    url: str
    modified: str | None = None


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap file holds: addresses of pages, addresses of further sitemaps, and whether it was cut short."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    truncated: bool = False


def read_sitemap(body: bytes) -> Sitemap:
    """Read a sitemap, a sitemap index or a plain list of addresses, gzipped or not; never raises.

    What is broken in the middle gives what stood before it.
    """
    data, truncated = _unpack(body)
    head = data[:1_000].lstrip()
    if not head.startswith(b"<") and b"<urlset" not in head and b"<sitemapindex" not in head:
        return _plain_list(data, truncated)
    pages: list[Entry] = []
    sitemaps: list[Entry] = []
    parser = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _, element in parser:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name not in ("url", "sitemap"):
                continue
            entry = _entry(element)
            if entry is not None:
                (pages if name == "url" else sitemaps).append(entry)
            element.clear()
            if len(pages) + len(sitemaps) >= ENTRIES_LIMIT:
                truncated = True
                break
    except etree.XMLSyntaxError:
        truncated = True
    return Sitemap(tuple(pages), tuple(sitemaps), truncated)


def _unpack(body: bytes) -> tuple[bytes, bool]:
    """Decompress a gzipped file up to the bound; broken gzip gives what could be read."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:BYTES_LIMIT], len(body) > BYTES_LIMIT
    parts: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            while size <= BYTES_LIMIT and (part := stream.read(1 << 16)):
                parts.append(part)
                size += len(part)
    except (OSError, EOFError, ValueError):
        return b"".join(parts), True
    return b"".join(parts)[:BYTES_LIMIT], size > BYTES_LIMIT


def _entry(element: etree._Element) -> Entry | None:
    """The ``loc`` and ``lastmod`` children, whatever their namespace."""
    texts: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            texts.setdefault(etree.QName(child).localname, (child.text or "").strip())
    url = texts.get("loc", "")
    return Entry(url, texts.get("lastmod") or None) if url else None


def _plain_list(data: bytes, truncated: bool) -> Sitemap:
    """A text sitemap: one address a line."""
    lines = data.decode("utf-8", "replace").split("\n")
    urls = [line.strip() for line in lines[:ENTRIES_LIMIT] if line.strip().startswith(("http://", "https://"))]
    return Sitemap(tuple(Entry(url) for url in urls), (), truncated or len(lines) > ENTRIES_LIMIT)
