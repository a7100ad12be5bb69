"""Values that stand beside a label: "Product Code: X1", a table row, a definition, two cells of a div."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from crawler.extract import labels
from crawler.extract.document import Document, Text, text_content
from crawler.extract.regions import OUTSIDE
from crawler.extract.visible import row_layout
from crawler.extract.visible.runs import shares_row

_BOLD = frozenset({"strong", "b"})
VALUE_LIMIT = 200  # characters of a value in a row
GLUED_LIMIT = 60  # characters of a label and a code in one
_PARTING = " |·•,;"  # what parts a value from the next thing on its line
_CODE = re.compile(r"(?=\D{0,20}\d)[\w][\w./+-]{1,39}")  # it has a digit: "Ref. page" is none
_MIXED = re.compile(
    r"(?=[A-Z/-]{0,12}\d)(?=[\d/-]{0,12}[A-Z])[A-Z\d]+(?:[-/][A-Z\d]+)+"
)  # "Item SM-1000": capitals, a digit and a joint
_BARRED = re.compile(r"\s[|·•]\s")
_STOPPED = re.compile(r"[.;,]\s(?=([^\W\d][^.:;,]{1,40}):\s)")
"""What parts two labelled values of one sentence: "Article number: TS-17. Brand: Air"; group 1 is the next label."""
_BARS = "|·•/;"  # begin the next thing on a line
_MONEY_FIELDS = frozenset({"price", "list_price", "excluded", "other"})


class Row(NamedTuple):
    """A label's meaning and the text node of its value."""

    field: str
    value: str
    text: Text
    label: str


def find(document: Document, begin: int, end: int) -> Iterator[Row]:
    """The labelled values from a place of the text on; behind ``end``, where other products stand, those of tables."""
    texts = document.texts
    last = len(texts)
    for index in range(max(begin, 0), last):
        text = texts[index]
        if not text.says.labelled or text.region in OUTSIDE:
            continue
        if 0 <= end <= index and not row_layout.is_cell(text.owner):
            continue
        said = _narrow(text.text) if len(text.text) <= labels.LABEL_LIMIT + VALUE_LIMIT else ""
        pieces = _pieces(said)
        row = (
            _in_one(text, said, pieces)
            or _glued(text, text.text)
            or _in_two(text, texts, last)
            or _pictured(text, document)
        )
        more = _in_two(text, texts, last) if row is not None and row.text is text else None
        for one in (row, more, *_barred(text, pieces, row)):
            if one and one.field not in _MONEY_FIELDS:
                yield one


def _barred(text: Text, pieces: list[str], known: Row | None) -> Iterator[Row]:
    """The labelled values of a line that bars part: "Ref. CP-50 | Maker: Air", but for the one that is known."""
    for piece in pieces:
        head, colon, value = (part.strip() for part in piece.partition(":"))
        field = labels.meaning(head.casefold()) if colon and value else None
        row = Row(field, value.strip(_PARTING), text, head) if field else _glued(text, piece)
        if row is not None and (known is None or row.field != known.field):
            yield row


def _pieces(said: str) -> list[str]:
    """The parts of a line that bars part, or stops in front of further labels; none of a line of one part."""
    if _has_bar(said):
        pieces = _BARRED.split(said)
    else:
        opened = labels.meaning(said.partition(":")[0].casefold())
        stops = [stop for stop in _STOPPED.finditer(said) if labels.meaning(stop[1].casefold())] if opened else []
        bounds = [0, *(stop.end() for stop in stops), len(said) + 1]
        pieces = [said[begin : end - 1].rstrip(" .;,") for begin, end in pairwise(bounds)]
    return pieces if len(pieces) > 1 else []


def _narrow(said: str) -> str:
    """A line with colons as others write them; of several labelled values in Chinese or Japanese, with their stops."""
    several = said.count("：") > 1
    return said.rstrip("。；").translate(_WIDE) if several else said.replace("：", ": ")


_WIDE = {ord(wide): f"{narrow} " for wide, narrow in (("：", ":"), ("，", ","), ("。", "."), ("；", ";"))}


def _has_bar(said: str) -> bool:
    return "|" in said or "·" in said or "•" in said


def _last_label(text: Text) -> str:
    """The label that a line of several labelled values ends with, whose value follows: "Code: 44 Maker:"."""
    tail = text.low[-44:].strip()
    several = tail.endswith((":", "：")) and ("|" in tail or tail.count(":") + tail.count("：") > 1)
    words = tail.strip(":： ").replace("|", " ").split() if several else []
    ends = (" ".join(words[-count:]) for count in (2, 1) if len(words) > count)
    return next((one for one in ends if labels.meaning(one)), "")


def _in_one(text: Text, said: str, pieces: list[str]) -> Row | None:
    """ "Label: value" in one text node, as ``said``, or in the first of its ``pieces``."""
    head, colon, value = said.partition(":")
    if ending := _last_label(text):  # "Code: X1 | Maker:", the maker in a link behind it
        value = value.strip(" :")[: -len(ending)]
    if pieces:
        value = pieces[0].partition(":")[2]
    field = labels.meaning(head.casefold().strip()) if colon and value.strip() else None
    return Row(field, value.strip(_PARTING), text, head.strip()) if field and len(value) <= VALUE_LIMIT else None


def _glued(text: Text, said: str) -> Row | None:
    """ "Art.-Nr. 2768301", "Item # MS-12": a label and a code without a colon between them."""
    if len(said) > GLUED_LIMIT or not said[-1:].isalnum():
        return None
    head, space, value = said.lstrip(_PARTING + "-–—/").rpartition(" ")
    field = labels.meaning(head.casefold()) if space and _CODE.fullmatch(value) else None
    if field in ("sku", "mpn", "gtin") and (
        head[-1] in ".#°"
        or head.isupper()
        or head[0] > "\u2e80"
        or head.casefold().endswith(labels.tables().numbers)
        or _MIXED.fullmatch(value)
    ):
        return Row(field, value, text, head)
    return None


def _in_two(text: Text, texts: list[Text], last: int) -> Row | None:
    """A label, and its value in the next text node of the same row."""
    field = text.says.field
    if field is None and (ending := _last_label(text)):
        field = labels.meaning(ending)
    if field is None or text.index + 1 >= last:
        return None
    after = texts[text.index + 1]
    value = after.text.lstrip(" :：")
    if not value or len(value) > VALUE_LIMIT:
        return None
    if not shares_row(text.owner, after.owner) and not row_layout.are_cells(text, after):
        return None
    colon = text.text.endswith((":", "：", "#")) or after.text.startswith((":", "："))
    linked = field == "seller" and after.owner.tag == "a"  # "Sold by anna (198 ratings)": the name leads to her page
    beside = (
        colon
        or linked
        or row_layout.is_cell(text.owner)
        or row_layout.are_alone(text, after)
        or _is_line(text, after, texts)
    )
    if not (beside or row_layout.are_cells(text, after)):
        return None
    if (after.says.field and after.text.endswith(":")) or row_layout.head_columns(text, after):
        return None
    return Row(field, value, after, text.text)


def _is_line(label: Text, value: Text, texts: list[Text]) -> bool:
    """Whether a label and a code are all that stands on their line: "Article number 704.123.45" in two elements.

    Behind a label in bold, or of a seller, that may be any value.
    """
    sold = label.says.field == "seller"
    if label.line != value.line or not (_CODE.fullmatch(value.text) or label.owner.tag in _BOLD or sold):
        return False
    before, after = label.index - 1, value.index + 1
    alone = before < 0 or texts[before].line != label.line
    return alone and (after >= len(texts) or texts[after].line != label.line or texts[after].text[0] in _BARS)


def _pictured(text: Text, document: Document) -> Row | None:
    """A maker that is shown as a picture: the picture's own words are the value."""
    if text.says.field != "brand":
        return None
    around = text.owner.getparent()
    if not text.text.endswith((":", "：")):
        around = row_layout.cell_of(text.owner).getnext()
        if around is None or around.tag not in row_layout.GRID | row_layout.CELLS or text_content(around):
            return None
    for picture in around.iter("img") if around is not None else ():
        own = document.attributes[picture]
        said = (own.get("alt") or own.get("title") or "").strip()
        if said and len(said) <= VALUE_LIMIT:
            return Row("brand", said, text, text.text)
    return None
