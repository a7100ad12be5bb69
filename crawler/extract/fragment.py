"""The next piece of an endless list: a script asks for ``?page=3`` behind ``?page=2``, and no link leads there.

The answers are cards alone, without a page around them. One that has cards leads to the next; one without ends it.
"""

from __future__ import annotations

import re

from crawler.extract.document import Document
from crawler.extract.model import Link

_NUMBERED = re.compile(
    r"(?<=[?&])(?P<name>page|paged|p|pg|pagenumber|page_no|seite|pagina|strona|sayfa)=(?P<number>\d{1,3})(?=&|$)",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(r"<(?:html|body|head|title)\b", re.IGNORECASE)
HEAD = 2_000  # characters in which a whole page says that it is one
FURTHER_SCORE = 0.9


def further(document: Document, cards: int) -> Link | None:
    """The link to the piece behind this one; ``None`` for whole pages, and for pieces without cards."""
    numbered = _NUMBERED.search(document.url)
    if not cards or numbered is None or int(numbered["number"]) < 2 or _WHOLE_PAGE.search(document.html[:HEAD]):
        return None
    start, end = numbered.span("number")
    url = f"{document.url[:start]}{int(numbered['number']) + 1}{document.url[end:]}"
    return Link(url, "", "next", "main", "list", FURTHER_SCORE)
