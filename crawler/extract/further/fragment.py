"""The next piece of an endless list: a script asks for ``?page=3`` behind ``?page=2``, and no link leads there.

The answers are cards alone, without a page around them. One that has cards leads to the next; one without ends it.
"""

from __future__ import annotations

import re

from crawler.extract.document import Document
from crawler.extract.further.addresses import next_number
from crawler.extract.further.more import WHERE
from crawler.extract.model import Link

_WHOLE_PAGE = re.compile(r"<(?:html|body|head|title)\b", re.IGNORECASE)
HEAD = 2_000  # characters in which a whole page says that it is one
FURTHER_SCORE = 0.9


def further(document: Document, cards: int) -> tuple[Link, ...]:
    """The link to the piece behind this one; none for whole pages, and for pieces without cards."""
    if not cards or _WHOLE_PAGE.search(document.html[:HEAD]):
        return ()
    url = next_number(document.url, cards)
    return (Link(url, "", "next", WHERE, "list", FURTHER_SCORE),) if url else ()
