"""Bounds on what a response may cost, and the refusal that names the bound."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.errors import TouchstoneError

REFUSED_TYPES = (
    "image/", "video/", "audio/", "font/", "model/",
    "application/zip", "application/x-zip", "application/x-rar", "application/vnd.rar", "application/x-7z",
    "application/x-tar", "application/x-bzip", "application/x-xz", "application/java-archive",
    "application/x-msdownload", "application/x-msi", "application/vnd.microsoft.portable-executable",
    "application/vnd.android.package-archive", "application/x-apple-diskimage", "application/x-iso9660-image",
    "application/pdf", "application/msword", "application/vnd.ms-", "application/vnd.openxmlformats-",
    "application/postscript", "application/wasm", "application/x-shockwave-flash", "application/font",
)  # fmt: skip
"""Beginnings of content types that hold no page, sitemap or feed. ``application/gzip`` and ``octet-stream`` are not
among them: sitemaps come as both."""
MEDIA_WANTED = "media_wanted"
"""Request meta key: True for a request that wants an image (a favicon, an offer's picture)."""


class ResponseRefused(TouchstoneError, IgnoreRequest):
    """A response broke a bound; raised by ``fetching``, never retried, counted as ``fetching/refused/REASON``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"response refused: {reason}" + (f" ({detail})" if detail else ""))
        self.reason = reason


def unwanted_type(content_type: str) -> bool:
    """Whether a Content-Type header promises something that is not a page, sitemap or feed."""
    return content_type.strip().lower().startswith(REFUSED_TYPES)
