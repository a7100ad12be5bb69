"""Where a page that shows nothing sends whoever runs its script: ``location.replace("https://…")``."""

from __future__ import annotations

import re

from crawler.extract.document import Document
from crawler.extract.model import Page

SCRIPT_LIMIT = 20_000  # characters; a script that only sends away has a hundred
LITTLE_TEXT = 300  # characters of a page that shows nothing: "you are being redirected"
_SENT = re.compile(
    r"(?<![\w.])(?:(?:window|document|top|self|parent)\.){0,2}location(?:\.href)?\s{0,5}"
    r"""(?:=\s{0,5}|\.(?:replace|assign)\(\s{0,5})["']([^"'\s<>]{1,500})["']"""
)


def target(document: Document, page: Page) -> str:
    """The address, empty for a page that shows something."""
    if page.kind != "other" or page.links or sum(len(text.text) for text in document.texts) > LITTLE_TEXT:
        return ""
    for script in document.scripts:
        found = _SENT.search(script.text[:SCRIPT_LIMIT])
        if found is not None:
            return document.resolve(found[1].replace("\\/", "/")) or ""
    return ""
