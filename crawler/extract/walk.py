"""The one walk over a page: what several readers need of its elements and texts, gathered in document order.

An attribute that is asked of libxml2 costs more than a look into a dictionary, and a climb to the ancestors is paid
again by everybody who climbs: so both are done here, once, and what an element inherits (region, being written by a
reviewer) is handed down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.extract import regions
from crawler.extract.sayings import saying

INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "meta", "link", "nobr", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr", "img", "svg", "path", "g", "script", "input", "money", "price"}
)  # fmt: skip
"""Elements that do not end a line: a price may be spread over them."""
SILENT = frozenset(
    {"script", "style", "noscript", "template", "textarea", "option", "svg", "title", "iframe", "object"}
)
"""Elements whose text nobody reads on the page; what stands inside them neither."""
SKELETON_DEPTH = 8  # levels below body: deeper stands the content, which differs from page to page
SKELETON_LIMIT = 4_000  # elements that are taken into the skeleton
_BONELESS = frozenset({"script", "style", "noscript"})
_NO_ATTRIBUTES: dict[str, str] = {}


_Open = tuple[Any, bool, str, bool, bool, int]
"""An element whose end has not been seen: inline or not, its region, silent or not, private or not, its depth."""


class Text:
    """A text node in document order, its spaces made one.

    ``owner`` is the element the text stands in, also for what follows a closed child; texts of one ``line`` have no
    element between them that ends a line. ``private``: it stands in what a reviewer or a customer wrote. ``says``: what
    it says by itself.
    """

    __slots__ = ("index", "line", "low", "owner", "private", "region", "says", "text")

    def __init__(self, index: int, raw: str, line: int, owner: _Open):
        self.index, self.line = index, line
        self.owner, _, self.region, _, self.private, _ = owner
        self.text = " ".join(raw.split())
        self.low = self.text.casefold()
        self.says = saying(self.low)


@dataclass(slots=True)
class Walk:
    """What the walk gathered."""

    by_tag: dict[str, list[etree._Element]] = field(default_factory=dict)
    attributes: dict[etree._Element, dict[str, str]] = field(default_factory=dict)
    region: dict[etree._Element, str] = field(default_factory=dict)
    private: set[etree._Element] = field(default_factory=set)
    named: list[tuple[str, etree._Element]] = field(default_factory=list)
    """The elements whose class or id is called after a value, with that value's name."""
    texts: list[Text] = field(default_factory=list)
    skeleton: set[tuple[int, str, str]] = field(default_factory=set)
    """Depth below body, tag and class names of the upper elements, each once."""


def walk(root: etree._Element) -> Walk:
    """Gather once; the work is linear in the number of elements. One loop on purpose: it is the hot path of a crawl."""
    found = Walk()
    by_tag, attributes, region_of, private_of = found.by_tag, found.attributes, found.region, found.private
    texts, skeleton, named = found.texts, found.skeleton, found.named
    line = bones = 0
    above: _Open = (None, False, "body", True, False, -9)
    open_elements = [above]
    opened, whole, inlines, silents = regions.opened, regions.WHOLE, INLINE, SILENT
    telling, telling_tags, unseen = regions.TELLING, regions.TAGS, regions.UNSEEN
    for element in root.iter("*"):
        parent = element.getparent()
        while above[0] is not parent:  # the root's is None, as that of what holds it
            closed = open_elements.pop()
            above = open_elements[-1]
            line += not closed[1]
            if not above[3] and (text := closed[0].tail) and not text.isspace():
                texts.append(Text(len(texts), text, line, above))
        _, _, region, silent, private, depth = above
        tag = element.tag
        try:
            by_tag[tag].append(element)
        except KeyError:
            by_tag[tag] = [element]
        items = element.items()
        own = attributes[element] = dict(items) if items else _NO_ATTRIBUTES  # type: ignore[arg-type]  # str, of a str tree
        depth += 1
        if tag in whole:
            if tag == "body":
                silent, depth = False, 0
        elif "class" in own or tag in telling_tags or not telling.isdisjoint(own):
            opens, says_private, value = opened(tag, own)
            if value is not None:
                named.append((value, element))
            if opens is not None and (opens != unseen or not len(element)):
                region = opens if opens != unseen else "hidden"
            private = private or says_private
        region_of[element] = region
        if private:
            private_of.add(element)
        inline = tag in inlines
        line += not inline
        if 0 < depth <= SKELETON_DEPTH and bones < SKELETON_LIMIT:
            if tag in _BONELESS:
                depth = -SKELETON_LIMIT  # nor what stands in it
            else:
                bones += 1
                skeleton.add((depth, tag, own.get("class", "")))
        silent = silent or tag in silents
        here = (element, inline, region, silent, private, depth)
        if not silent and (text := element.text) and not text.isspace():
            texts.append(Text(len(texts), text, line, here))
        if len(element):
            above = here
            open_elements.append(here)
            continue
        line += not inline  # most elements hold no other: they end here
        if not above[3] and (text := element.tail) and not text.isspace():
            texts.append(Text(len(texts), text, line, above))
    while len(open_elements) > 1:
        closed = open_elements.pop()
        line += not closed[1]
        if not open_elements[-1][3] and (text := closed[0].tail) and not text.isspace():
            texts.append(Text(len(texts), text, line, open_elements[-1]))
    return found
