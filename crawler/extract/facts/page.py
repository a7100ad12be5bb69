"""A parsed page as the fact finders look at it: its links, scripts and business text, gathered once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.items import MATCHED_TEXT_LIMIT, Identifier, Provenance

_PRIVATE = etree.XPath(  # attributes first: a condition on every element costs five times as much
    "//@class[contains(.,'eview') or contains(.,'omment') or contains(.,'estimonial')]/.."
    " | //@id[contains(.,'eview') or contains(.,'omment') or contains(.,'estimonial')]/.."
    " | //@itemprop[.='review' or .='reviews' or .='comment' or .='author']/.."
    " | //@itemtype[contains(.,'/Review') or contains(.,'/Comment') or contains(.,'/UserComments')]/.."
)
_CARRIERS = etree.XPath(
    "//@data-cfemail/.. | //@data-clipboard-text/.. | //@data-address/.. | //@data-wallet/.."
    " | //@itemprop[.='email' or .='telephone' or .='faxNumber']/.."
)
_PRIVATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:product-?|customer-?|user-?)?(?:reviews?|comments?|commentlist|testimonials?)"
    r"(?:[_-]{1,2}(?:body|text|content|list|item|items|author|wrap|wrapper|container|box|\d{1,12}))?(?=$|\s)",
    re.IGNORECASE,
)
_PRIVATE_PROPERTIES = frozenset({"review", "reviews", "comment", "author"})
_WHOLE_PAGE = frozenset({"html", "body", "main", "head", "form"})  # body classes speak of the page, not of people


@dataclass(frozen=True)
class Page:
    """A tree, its visible text, its address, and what is known of its language and country."""

    tree: HtmlElement
    text: str
    url: str
    language: str | None = None
    country: str | None = None
    _root: etree._ElementTree = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_root", self.tree.getroottree())

    def path(self, element: etree._Element) -> str:
        """Return the XPath of an element."""
        return str(self._root.getpath(element))

    @cached_property
    def private(self) -> frozenset[etree._Element]:
        """Return the elements that hold what reviewers and customers wrote."""
        return frozenset(e for e in select(_PRIVATE, self.tree) if e.tag not in _WHOLE_PAGE and _says_private(e))

    @cached_property
    def _inside_private(self) -> frozenset[etree._Element]:
        return frozenset(inner for element in self.private for inner in element.iter())

    def is_private(self, element: etree._Element) -> bool:
        """Tell whether an element stands inside a review or a comment."""
        return element in self._inside_private

    @cached_property
    def carriers(self) -> list[etree._Element]:
        """Return the elements outside of reviews that carry a contact or a wallet in an attribute."""
        return [element for element in select(_CARRIERS, self.tree) if not self.is_private(element)]

    @cached_property
    def business_text(self) -> str:
        """Return the visible text without what reviewers and customers wrote."""
        if not self.private:
            return self.text
        return " ".join(" ".join(_texts(self.tree, self.private)).split())

    @cached_property
    def scripts(self) -> list[tuple[etree._Element, str]]:
        """Return every script with its address, data attributes and source, and every noscript with its images."""
        found = []
        for element in self.tree.iter("script"):
            named = " ".join(f'{name}="{value}"' for name, value in element.items() if name.startswith("data-"))
            found.append((element, f"{element.get('src', '')} {named}\n{element.text or ''}"))
        for element in self.tree.iter("noscript"):
            inner = " ".join(child.get("src", "") for child in element.iter("img", "iframe"))
            found.append((element, f"{element.text or ''} {inner}"))
        return found

    @cached_property
    def all_scripts(self) -> str:
        """Return all scripts as one text, to ask quickly what is worth looking for."""
        return "\n".join(source for _, source in self.scripts)

    @cached_property
    def structured(self) -> list[tuple[etree._Element, str]]:
        """Return the JSON-LD that speaks of an organisation, and of no review: what is in it is the shop's own."""
        return [
            (element, source)
            for element, source in self.scripts
            if element.get("type", "").lower() == "application/ld+json" and '"review' not in source.lower()
        ]

    @cached_property
    def links(self) -> list[tuple[etree._Element, str]]:
        """Return the address of every link outside of reviews."""
        return [(e, e.get("href", "")) for e in self.tree.iter("a", "area") if e.get("href") and not self.is_private(e)]


def select(query: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Run a compiled XPath that selects elements."""
    return cast("list[etree._Element]", query(root))


def _says_private(element: etree._Element) -> bool:
    kind = element.get("itemtype", "")
    if element.get("itemprop") in _PRIVATE_PROPERTIES or "/Review" in kind or "Comment" in kind:
        return True
    return bool(_PRIVATE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _texts(root: etree._Element, without: frozenset[etree._Element]) -> Iterator[str]:
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        skipped = element in without or element.tag in ("script", "style", "noscript", "template")
        if event == "start":
            hidden += skipped
            if not hidden and element.text and isinstance(element.tag, str):
                yield element.text
        else:
            hidden -= skipped
            if not hidden and element.tail:
                yield element.tail


def identifier(kind: str, value: str, extractor: str, path: str, text: str) -> Identifier:
    """Build an identifier whose provenance keeps the first 300 characters of what was matched."""
    matched = " ".join(text[: 4 * MATCHED_TEXT_LIMIT].split())[:MATCHED_TEXT_LIMIT]
    return Identifier(kind=kind, value=value, provenance=Provenance(extractor=extractor, path=path, text=matched))
