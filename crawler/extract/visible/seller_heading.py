"""Who sells a thing, named below a heading: "Seller Information", and under it a name, its score and its followers."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from lxml import etree

from crawler import tabular
from crawler.extract import labels, stated
from crawler.extract.document import Document, Text
from crawler.extract.model import Place, Reading
from crawler.extract.visible.seller import ELSEWHERE, is_call, speaks_of_standing
from crawler.extract.visible.view import EXTRACTOR
from crawler.prices.mention import speaks_of_money

NAME_LIMIT = 60  # characters of a shop's name; longer ones are sentences
FOLLOWING = 4  # texts below the heading among which the name is: a badge, a letter for a logo, "Name:"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "th", "strong", "b", "legend", "summary"})


def read(document: Document) -> Reading | None:
    """The name below the first heading that says so, apart from reviews and other products."""
    known, beginnings = _headings()
    for text in document.texts:
        if text.low[:2] not in beginnings or len(text.low) > labels.LABEL_LIMIT or labels.fold(text.low) not in known:
            continue
        if text.region in ELSEWHERE or text.owner in document.private or not _heads(text):
            continue
        named = _below(document.texts[text.index + 1 : text.index + 1 + FOLLOWING])
        if named is not None:
            return Reading(named.text, EXTRACTOR, Place(named.owner), named.text, f"below {text.text}")
    return None


@cache
def _headings() -> tuple[frozenset[str], frozenset[str]]:
    """The headings, and the two letters with which they begin: most texts begin otherwise."""
    table: dict[str, Any] = tabular.words(resources.files("crawler.data").joinpath("sellers.yaml").read_text("utf-8"))
    known = frozenset(labels.fold(phrase) for phrases in table["headings"].values() for phrase in phrases)
    return known, frozenset(phrase[:2] for phrase in known)


def _heads(text: Text) -> bool:
    """Whether a text is a heading: by its tag, or because it is all that its element holds."""
    if any(one.tag in _HEADINGS for one in (text.owner, *islice(text.owner.iterancestors(), 2))):
        return True
    return text.owner.tag in ("div", "p", "span") and not len(text.owner) and text.region != "nav"


def _below(following: list[Text]) -> Text | None:
    for text in following:
        if _is_heading(text.owner):
            return None
        if _is_name(text):
            return text
        if len(text.text) > NAME_LIMIT:
            return None
    return None


def _is_heading(element: etree._Element) -> bool:
    return element.tag in _HEADINGS and element.tag.startswith("h") and element.tag not in ("h4", "h5", "h6")


def _is_name(text: Text) -> bool:
    """Whether a text can be a shop's name: no count, no label, no button, no sentence."""
    said = text.text
    if not 2 < len(said) <= NAME_LIMIT or not any(map(str.isalpha, said)) or said[-1] in ":?!…：":
        return False
    if text.owner.tag == "button" or is_call(text.low) or speaks_of_money(said) or text.says.field:
        return False
    return len(said.split()) <= 7 and not speaks_of_standing(text.low) and stated.availability(said) is None
