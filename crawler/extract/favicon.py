"""A storefront's icon as something that ties shops together: the same bytes under many names."""

from __future__ import annotations

import hashlib

from crawler.items import Identifier, Provenance

LEAST_BYTES = 100  # a blank icon of one pixel, which thousands of shops have, takes fewer
BEGINNINGS = (b"\0\0\1\0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"<svg", b"<?xml")
"""How icons begin (ICO, PNG, GIF, JPEG, WebP, SVG); a page that a shop answers instead begins otherwise."""


def identifier(body: bytes, content_type: str) -> Identifier | None:
    """The ``favicon`` identifier of an icon's bytes: ``sha256:`` and 32 hex digits; None where they are no icon."""
    if len(body) < LEAST_BYTES or not body.lstrip().startswith(BEGINNINGS):
        return None
    said = f"{len(body)} bytes, {content_type or 'no type'}"
    place = Provenance(extractor="favicon", path="body", text=said[:200])
    return Identifier(kind="favicon", value=f"sha256:{hashlib.sha256(body).hexdigest()[:32]}", provenance=place)
