"""Where on the page an element stands: header, navigation, cart, reviews, related products, or the main part.

Judged from tags, roles and the words of class and id names, which templates share in spirit; every answer is kept,
so that a page pays once per element however many values stand below it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside", "header": "header", "select": "choice", "main": "main"}
_ROLES = {"navigation": "nav", "contentinfo": "footer", "banner": "header", "complementary": "aside", "search": "nav",
          "main": "main"}  # fmt: skip
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?P<cart>mini-?cart|cart-?(?:drawer|total|totals|summary|items?|popup|preview|sidebar|dropdown|block|notification|mini)"
    r"|basket-?mini|shopping-?cart|header-?cart|minibasket|basket-?(?:summary|total)|side-?cart|blockcart)"
    r"|(?P<related>related|upsells?|up-sells|cross-?sells?|recommend\w{0,12}|similar|also-?(?:bought|like|viewed|purchased)\w{0,8}"
    r"|recently-?viewed|you-?may\w{0,12}|bestsellers?|best-?sellers?|featured-products|viewed-products|complementary"
    r"|crosselling|cross-?selling|accessories)"
    r"|(?P<filter>filters?|facets?|layered|refine\w{0,6}|price-?(?:slider|filter|range-filter))"
    r"|(?P<review>reviews?|comments?|testimonials?|questions|qanda)"
    r"|(?P<nav>breadcrumbs?|navbar|navigation|topbar|top-bar|mega-?menu|menu)"
    r"|(?P<footer>footer|foot|copyright)"
    r"|(?P<header>site-header|page-header-wrapper|topheader|header-top|announcement\w{0,12}|promo-?bar)"
    r"|(?P<aside>sidebar|side-bar|column-left|left-column|column-right|right-column|column_left|column_right)"
    r")(?=$|[\s_-])",
    re.IGNORECASE,
)
_WHOLE = frozenset({"html", "body", "form"})  # their classes speak of the page
OUTSIDE = frozenset({"nav", "footer", "aside", "header", "cart", "related", "filter", "review", "choice", "hidden"})
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


class Regions:
    """Answers for the elements of one page."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """Name of the innermost region an element stands in; ``body`` when none is marked."""
        climbed: list[etree._Element] = []
        known = self._known
        current: etree._Element | None = element
        name = "body"
        while current is not None:
            if current in known:
                name = known[current]
                break
            climbed.append(current)
            own = _own(current)
            if own:
                name = own
                break
            current = current.getparent()
        for one in climbed:
            known[one] = name
        return name

    def outside(self, element: etree._Element) -> bool:
        """Whether an element stands where a product's own values do not."""
        return self.of(element) in OUTSIDE


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def _named(names: str) -> str | None:
    found = _NAMES.search(names) if len(names) > 3 else None  # a shorter name says nothing
    return found.lastgroup if found else None


def _own(element: etree._Element) -> str | None:
    """The region that an element opens itself."""
    tag = element.tag
    if tag in _WHOLE:
        return None
    style = element.get("style")
    if (style and _HIDDEN.search(style)) or element.get("hidden") is not None:
        return "hidden"
    named = _named(f"{element.get('class', '')} {element.get('id', '')}"[:400])
    if named:
        return named
    return _ROLES.get(element.get("role", "")) or _TAGS.get(str(tag))
