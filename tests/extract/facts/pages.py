"""A page from a few lines of HTML, and what is found in it."""

from __future__ import annotations

from lxml import html

from crawler.extract.facts.collect import facts, identifiers


def _tree_and_text(body: str, head: str = ""):
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    pieces = tree.xpath("//body//text()[not(parent::script or parent::style or parent::noscript)]")
    return tree, " ".join(" ".join(pieces).split())


def found(body: str, *kinds: str, head: str = "", url: str = "https://www.shop.test/", **hints: str) -> list[str]:
    """Give the values of some kinds of identifiers (of all, if none is named), in order."""
    tree, text = _tree_and_text(body, head)
    return [i.value for i in identifiers(tree, text, url, **hints) if not kinds or i.kind in kinds]


def items(body: str, head: str = "", **hints: str):
    """Give the identifiers themselves."""
    tree, text = _tree_and_text(body, head)
    return identifiers(tree, text, "https://www.shop.test/", **hints), tree


def described(body: str):
    """Give the facts that tie nothing."""
    tree, text = _tree_and_text(body)
    return facts(tree, text, "https://www.shop.test/")
