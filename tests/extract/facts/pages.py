"""A page from a few lines of HTML, and what is found in it."""

from __future__ import annotations

from crawler.extract.document import parse
from crawler.extract.facts.collect import facts, identifiers
from crawler.extract.facts.page import Page


def _page(
    body: str, head: str = "", url: str = "https://www.shop.test/", language: str = "", country: str | None = None
):
    attributes = f' lang="{language}"' if language else ""
    html = f"<html{attributes}><head>{head}</head><body>{body}</body></html>"
    return Page(parse(html, url), country)


def found(body: str, *kinds: str, head: str = "", url: str = "https://www.shop.test/", **hints: str) -> list[str]:
    """Give the values of some kinds of identifiers (of all, if none is named), in order."""
    return [i.value for i in identifiers(_page(body, head, url, **hints)) if not kinds or i.kind in kinds]


def items(body: str, head: str = "", **hints: str):
    """Give the identifiers themselves, and the tree they point into."""
    page = _page(body, head, **hints)
    return identifiers(page), page.document.root


def described(body: str):
    """Give the facts that tie nothing."""
    return facts(_page(body))
