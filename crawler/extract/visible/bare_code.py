"""An article code that nothing announces: it stands under the name, or the page's scripts call it an SKU."""

from __future__ import annotations

import re

from crawler.extract.document import Document, Text
from crawler.extract.model import Reading
from crawler.extract.regions import CHOICES, OUTSIDE
from crawler.extract.visible.view import View, reading

REACH = 40  # texts after the heading in which a code may stand
_CODE = re.compile(r"(?=.{0,30}[0-9])(?=.{0,30}[A-Z])[A-Z0-9]{1,20}(?:[-_./][A-Z0-9]{1,20}){0,4}")
_SHORTEST = 5  # characters; shorter ones are sizes: "XL2", "16GB"
_SURE = re.compile(r"-|[0-9]{4}")
"""A code right under the name has one of these: "L2201308", "HW-12"; "100ML" has none."""
_CALLED = re.compile(r"""["']sku["']\s{0,3}:\s{0,3}["']([A-Z0-9][A-Z0-9\-_./]{4,60})["']""")
SCRIPTS_LIMIT = 40
SCRIPT_LIMIT = 200_000  # characters of one script that are searched


def find(document: Document, view: View) -> Reading | None:
    """The code right under the heading, else the first that a script calls so."""
    first, last = view.headline.index + 1, len(document.texts) if view.end < 0 else view.end
    if first < 1:
        return None
    found = [text for text in document.texts[first : min(last, first + REACH)] if _is_code(text)]
    if found and found[0].index == first and _SURE.search(found[0].text):
        return reading(found[0].text, found[0].owner, found[0].text, "a code under the name")
    known = _in_scripts(document) if found else frozenset()
    called = next((text for text in found if text.text in known), None)
    return reading(called.text, called.owner, called.text, "a code that a script calls sku") if called else None


def _is_code(text: Text) -> bool:
    alone = len(text.text) >= _SHORTEST and _CODE.fullmatch(text.text) is not None
    return alone and text.region not in OUTSIDE | CHOICES and text.owner.tag not in ("a", "button", "label", "option")


def _in_scripts(document: Document) -> frozenset[str]:
    codes = (_CALLED.findall(script.text[:SCRIPT_LIMIT]) for script in document.scripts[:SCRIPTS_LIMIT])
    return frozenset(code for found in codes for code in found)
