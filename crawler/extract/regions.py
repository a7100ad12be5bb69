"""Where on the page an element stands: header, navigation, cart, reviews, related products, or the main part.

Judged from tags, roles and the words of class and id names, which templates share in spirit. What an element opens is
answered here; what it stands in is inherited, in the one walk of the page (``walk``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

TAGS = {"nav": "nav", "footer": "footer", "aside": "aside", "header": "header", "select": "choice", "main": "main"}
_ROLES = {"navigation": "nav", "contentinfo": "footer", "banner": "header", "complementary": "aside", "search": "nav",
          "main": "main"}  # fmt: skip
# The patterns are for names in lower case with a space in front: each begins with a sign, and is tried at signs only.
_NAMES = re.compile(
    r"[\s_-](?:"
    r"(?P<cart>mini-?cart|cart-?(?:drawer|total|totals|summary|items?|popup|preview|sidebar|dropdown|block|notification|mini)"
    r"|basket-?mini|shopping-?cart|header-?cart|minibasket|basket-?(?:summary|total)|side-?cart|blockcart)"
    r"|(?P<related>related|upsells?|up-sells|cross-?sells?|recommend\w{0,12}|similar|also-?(?:bought|like|viewed|purchased)\w{0,8}"
    r"|recently-?viewed|you-?may\w{0,12}|bestsellers?|best-?sellers?|featured-products|viewed-products|complementary"
    r"|crosselling|cross-?selling|accessories)"
    r"|(?P<grouped>super-product-table|grouped[_-](?:form|items?|products?)|group_table|product-variant-(?:list|line))"
    r"|(?P<filter>filters?|facets?|layered|refine\w{0,6}|price-?(?:slider|filter|range-filter))"
    r"|(?P<review>reviews?|comments?|testimonials?|questions|qanda)"
    r"|(?P<nav>breadcrumbs?|navbar|navigation|topbar|top-bar|mega-?menu|menu)"
    r"|(?P<footer>footer|foot|copyright)"
    r"|(?P<header>site-header|page-header-wrapper|topheader|header-top|announcement\w{0,12}|promo-?bar)"
    r"|(?P<aside>sidebar|side-bar|column-?left|left-column|column-?right|right-column|column_left|column_right|widget-area"
    r"|(?:left|right)-?box-?container|side-?box\w{0,12})"
    r")(?=$|[\s_-])"
)
_PRIVATE = re.compile(
    r"[\s_-](?:product-?|customer-?|user-?)?(?:reviews?|comments?|commentlist|testimonials?)"
    r"(?:[_-]{1,2}(?:body|text|content|list|item|items|author|wrap|wrapper|container|box|\d{1,12}))?(?=$|\s)"
)
TRAIL = "trail"
_VALUES = re.compile(
    r"(?P<trail>read-?crumb)|[\s_-](?:(?P<brand>brands?(?:-?(?:name|link|title))?|vendor(?:-?name)?|manufacturer(?:-?name)?|designer(?:-?name)?|maker)"
    r"|(?P<seller>(?:seller|merchant)-?name|sold-?by(?:-?name)?)"
    r"|(?P<sku>(?:product-?)?sku(?:-?(?:value|number|code))?(?!-?(?:select|pick|option|list|swatch|variant|image|item|table))|(?:product|item|article|style|model)-?(?:code|number|no|nr)|artikelnummer)"
    r"|(?P<availability>(?:product-?)?(?:availability|stock(?:-?status)?|inventory(?:-?status)?)|in-?stock|out-?of-?stock|sold-?out"
    r"|delivery-?status|lagerstatus|verfuegbarkeit|dispo(?:nibilit[aey]{1,2})?))(?=$|[\s_-])"
)
_WORD_BOUNDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PRIVATE_PROPERTIES = frozenset({"review", "reviews", "comment", "author"})
WHOLE = frozenset({"html", "head", "body", "form"})  # their classes speak of the page
OUTSIDE = frozenset({"nav", "footer", "aside", "header", "cart", "related", "filter", "review", "choice", "hidden"})
CHOICES = frozenset({"hidden", "grouped"})
"""Regions of what is another choice than the one that is shown: a hidden variation, a product of a set."""
UNSEEN = "unseen"
"""Named as hidden: true of a leaf ("SOLD OUT" that a script shows), not of a whole tab or page that waits for one."""
_UNSEEN = frozenset(
    {"hidden", "hide", "displaynone", "display-none", "d-none", "no-display", "is-hidden", "u-hidden", "ng-hide"}
)
_SHOWN_WHEN_WIDE = re.compile(r"\b(?:sm|md|lg|xl|xxl|2xl)(?::|-(?:block|inline|flex|grid))")  # "hidden md:inline"
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
TELLING = frozenset({"class", "id", "role", "style", "hidden", "itemprop", "itemtype"})
"""The attributes that a region, or being written by somebody else, is read from."""
_BESIDE_NAMES = TELLING - {"class", "id"}
NAMES_LIMIT = 400  # characters of class and id that are read


class Opened(NamedTuple):
    """What the names and attributes of one element say."""

    region: str | None
    """The region that it opens."""
    private: bool
    """Whether it opens what reviewers and customers wrote."""
    value: str | None
    """``brand``, ``seller``, ``sku`` or ``availability`` when it is named for that value; ``trail`` for breadcrumbs."""


def opened(tag: str, attributes: Mapping[str, str]) -> Opened:
    """What an element opens by itself."""
    names = _named(attributes.get("class", "")[:NAMES_LIMIT], attributes.get("id", "")[:NAMES_LIMIT])
    if tag not in TAGS and _BESIDE_NAMES.isdisjoint(attributes):
        return names
    region, private, value = names
    if "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"].lower())):
        region = "hidden"
    if region is None:
        region = _ROLES.get(attributes["role"]) if "role" in attributes else None
        region = region or TAGS.get(tag)
    if "itemprop" in attributes or "itemtype" in attributes:
        private = private or _marked_private(attributes)
    return Opened(region, private and tag != "main", value)


def _marked_private(attributes: Mapping[str, str]) -> bool:
    kind = attributes.get("itemtype", "")
    return attributes.get("itemprop") in _PRIVATE_PROPERTIES or "/Review" in kind or "Comment" in kind


@lru_cache(maxsize=8192)  # the pages of a shop share their class names
def _named(classes: str, name: str) -> Opened:
    names = f" {classes} {name}"[: NAMES_LIMIT + 1]
    if len(names) <= 4:  # a shorter name says nothing
        return Opened(None, False, None)
    low = names.lower()
    found = _NAMES.search(low)
    if found is None and not _UNSEEN.isdisjoint(classes.lower().split()) and not _SHOWN_WHEN_WIDE.search(classes):
        return Opened(UNSEEN, False, None)
    value = _VALUES.search(low if low == names else _WORD_BOUNDS.sub("-", names).lower())
    others = "review" in low or "comment" in low or "testimonial" in low  # one of them is in every such name
    private = others and _PRIVATE.search(low) is not None
    return Opened(found.lastgroup if found else None, private, value.lastgroup if value else None)
