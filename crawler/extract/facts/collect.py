"""All facts of a page that tie a storefront to others."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extract.facts import emails
from crawler.extract.facts.page import Page
from crawler.items import Identifier

_FINDERS = (emails.find,)


def identifiers(
    tree: HtmlElement, text: str, url: str, *, language: str | None = None, country: str | None = None
) -> tuple[Identifier, ...]:
    """Return the identifiers of a page, each once, with where it first stood.

    ``text`` is the page's visible text; ``language`` a BCP 47 tag; ``country`` ISO 3166-1 alpha-2, as the imprint
    says. Business data only: what stands in reviews and comments is left out.
    """
    page = Page(tree, text, url, language, country)
    found: dict[tuple[str, str], Identifier] = {}
    for find in _FINDERS:
        for item in find(page):
            found.setdefault((item.kind, item.value), item)
    return tuple(found.values())
