"""Where on the page an element stands: header, navigation, cart, reviews, related products, or the main part.

Judged from tags, roles and the words of class and id names, which templates share in spirit. What an element opens is
answered here; what it stands in is inherited, in the one walk of the page (``walk``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from crawler.extract.names import ENDS, SIGN, WORD_BOUNDS, any_of, beginnings

TAGS = {"nav": "nav", "footer": "footer", "aside": "aside", "header": "header", "select": "choice", "main": "main"}
_ROLES = {"navigation": "nav", "contentinfo": "footer", "banner": "header", "complementary": "aside", "search": "nav",
          "main": "main"}  # fmt: skip
_REGIONS = {
    "cart": "mini-?cart basket-?mini shopping-?cart header-?cart minibasket basket-?summary basket-?total side-?cart"
    " blockcart cart-?drawer cart-?totals? cart-?summary cart-?items? cart-?popup cart-?preview cart-?sidebar"
    " cart-?dropdown cart-?block cart-?notification cart-?mini",
    "related": r"related upsells? up-sells cross-?sells? recommend\w{0,12} similar crosselling cross-?selling"
    r" accessories also-?(?:bought|like|viewed|purchased)\w{0,8} recently-?viewed you-?may\w{0,12}"
    " bestsellers? best-?sellers? featured-products viewed-products complementary",
    "grouped": "super-product-table grouped[_-](?:form|items?|products?) group_table product-variant-(?:list|line)",
    "filter": r"filters? facets? layered refine\w{0,6} price-?slider price-?filter price-?range-filter",
    "review": "reviews? comments? testimonials? questions qanda",
    "nav": "breadcrumbs? navbar navigation topbar top-bar mega-?menu menu",
    "footer": "footer foot copyright",
    "header": r"site-header page-header-wrapper topheader header-top announcement\w{0,12} promo-?bar",
    "aside": r"sidebar side-bar column-?left column-?right column_left column_right widget-area"
    r" left(?<=\sleft)[_-]column right(?<=\sright)[_-]column"  # a "product-left-column" is part of the product
    r" left-?box-?container right-?box-?container side-?box\w{0,12}",
}
"""Region → the names that open it."""
_PRIVATE = re.compile(
    r"[\s_-](?:product-?|customer-?|user-?)?(?:reviews?|comments?|commentlist|testimonials?)"
    r"(?:[_-]{1,2}(?:body|text|content|list|item|items|author|wrap|wrapper|container|box|\d{1,12}))?(?=$|\s)"
)
TRAIL = "trail"
_SKU = "sku(?:-?(?:value|number|code))?(?!-?(?:select|pick|option|list|swatch|variant|image|item|table))"
_CODES = product(("product", "item", "article", "style", "model"), ("code", "number", "no", "nr"))
_VALUES = {
    "brand": "brands?(?<!has.brand)(?:-?(?:name|link|title))? vendor(?:-?name)? manufacturer(?:-?name)?"
    " designer(?:-?name)? maker",
    "seller": "seller-?name merchant-?name sold-?by(?:-?name)?",
    "sku": " ".join((_SKU, f"product-?{_SKU}", "artikelnummer", *map("-?".join, _CODES))),
    "availability": "availability product-?availability stock(?:-?status)? product-?stock(?:-?status)?"
    " inventory(?:-?status)? product-?inventory(?:-?status)? in-?stock out-?of-?stock sold-?out delivery-?status"
    " lagerstatus verfuegbarkeit dispo(?:nibilit[aey]{1,2})?",
}
"""Value → the names of elements that hold it."""
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
_WRITERS = ("review", "comment", "testimonial")  # one of them is in every name of what others wrote


def _meaning(patterns: Mapping[str, str], *others: str) -> re.Pattern[str]:
    """The pattern whose last group is what a name means."""
    groups = "|".join(f"(?P<{meaning}>{any_of(pattern)})" for meaning, pattern in patterns.items())
    return re.compile("|".join((*others, f"{SIGN}(?:{groups}){ENDS}")))


_OPENS = _meaning(_REGIONS)
_HOLDS = _meaning(_VALUES, f"(?P<{TRAIL}>read-?crumb)")
_BEGINNINGS = beginnings([*_REGIONS.values(), *_VALUES.values(), *_UNSEEN], ["crumb", *_WRITERS])
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


_NOTHING = Opened(None, False, None)


def opened(tag: str, attributes: Mapping[str, str]) -> Opened:
    """What an element opens by itself."""
    classes, name = attributes.get("class", ""), attributes.get("id", "")
    if len(classes) > NAMES_LIMIT or len(name) > NAMES_LIMIT:
        classes, name = classes[:NAMES_LIMIT], name[:NAMES_LIMIT]
    names = _named(classes, name)
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
    low = names.lower()
    words = low if low == names else WORD_BOUNDS.sub("-", names).lower()
    if len(names) <= 4 or not (_begins(low) or (words is not low and _begins(words))):  # a shorter name says nothing
        return _NOTHING
    found = _OPENS.search(low)
    if found is None and not _UNSEEN.isdisjoint(classes.lower().split()) and not _SHOWN_WHEN_WIDE.search(classes):
        return Opened(UNSEEN, False, None)
    value = _HOLDS.search(words)
    private = any(word in low for word in _WRITERS) and _PRIVATE.search(low) is not None
    return Opened(found.lastgroup if found else None, private, value.lastgroup if value else None)


def _begins(low: str) -> bool:
    return next(_BEGINNINGS.iter(low), None) is not None
