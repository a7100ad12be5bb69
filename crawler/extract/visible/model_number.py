"""A model's number in front of a price: "Pulse 3 473,90 €" costs 473.90, not 3,473.90.

In languages that part thousands by a space only the name tells: the heading, the title, a picture's words or the
address of the link around it have "Pulse 3".
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from crawler.extract.document import Document
from crawler.extract.visible.headline import Headline
from crawler.extract.visible.runs import Run

_MODEL = re.compile(r"([^\W\d_][\w-]{0,30}) (\d{1,3}) (?=\d{3}(?!\d))")
_DEPTH = 4  # levels from a text up to the link around it
PARTED = ";"  # of one character, so that places stay what they are; it ends a number


def parted(run: Run, document: Document, headline: Headline) -> str:
    """The text of a run, with a sign between a model's number and the price behind it."""
    text = run.text
    if text.count(" ") < 2:  # a word, its number, and a number parted by a space
        return text
    for found in _MODEL.finditer(text):
        model = f"{found[1]} {found[2]}".casefold()
        said = f"{headline.text} {document.title}".casefold()
        if _has(said, model) or any(_has(name, model) for name in _around(run.at(found.start()).owner)):
            text = text[: found.end() - 1] + PARTED + text[found.end() :]
    return text


def _around(element: etree._Element) -> list[str]:
    """The names of a thing that the link around an element has: its address, and its pictures' words."""
    link = next((one for one in (element, *islice(element.iterancestors(), _DEPTH)) if one.tag == "a"), None)
    if link is None:
        return []
    pictures = [one.get("alt") or "" for one in islice(link.iter("img"), 2)]
    address = re.sub(r"[-_+./]+|%20", " ", (link.get("href") or "")[:300])
    return [name.casefold() for name in (address, link.get("title") or "", *pictures)]


def _has(name: str, model: str) -> bool:
    """Whether a name has a model and its number, which is not the beginning of a longer one."""
    return re.search(rf"(?<!\w){re.escape(model)}(?!\d| \d{{3}}(?!\d))", name) is not None
