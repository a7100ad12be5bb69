"""What a page says as a whole, as one digest: two addresses with the same one show the same page."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from crawler.extract.document import Document

LEAST = 20  # characters; below, two pages are alike by chance
MOST = 20_000  # characters that are looked at
_NUMBERS = re.compile(r"[0-9]+")  # times, counters, the number of a request


def digest(document: Document) -> str:
    """Digest of the visible words, without numbers and without the address that the page may repeat; "" for few."""
    said = " ".join(text.low for text in document.texts)[:MOST]
    try:
        path = urlsplit(document.url).path
    except ValueError:
        path = ""
    for own in (document.url, unquote(path), path, path.rpartition("/")[2]):
        said = said.replace(own.casefold(), "") if len(own) > 3 else said
    said = _NUMBERS.sub("", said)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16] if len(said) >= LEAST else ""
