"""What a card calls its thing: the text of its highest heading, of bold letters, of a link, of a picture."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from crawler.extract import labels, stated
from crawler.extract.document import text_content
from crawler.extract.visible import columns
from crawler.money import read_prices
from crawler.prices.mention import speaks_of_money

NAMES = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b")
"""The elements that name a thing, the surest first."""
Name = tuple[str, etree._Element]
_BOLD = frozenset({"strong", "b"})  # a price set in bold is no name
_CALLED_NAME = re.compile(r"(?:name|title|nombre|titulo|naam|nazwa|heading)(?=$|[\s_-])", re.IGNORECASE)
_WORDS = re.compile(r"\w{4,}")
_NUMBER = re.compile(r"(?=.{0,9}\d)[\d./-]{4,20}")
_PLAIN = ("p", "div", "span", "font", "td", "dt", "dd", "li")
_LABELLED = re.compile(
    r"^(?:상품명|商品名|商品名称|商品名稱|品名)\s{0,3}[:：]\s{0,3}(?=\S)"
)  # for readers of the screen
LINKS_LIMIT = 12  # links of a card that are looked at
NAME_LIMIT = 150  # characters of a name in plain letters; a longer text describes
_STATES = frozenset(":：.")  # "Guarantee available:", "It has five of five stars.": in bold letters such names nothing
_RANKS = {tag: rank for rank, tag in enumerate((*NAMES, "a", "img"))}
_LAST = len(_RANKS) - 0.5
_TRAIL = re.compile(r"(?: [»›>] [^»›>]{1,60}){2}")


def find_name(element: etree._Element) -> Name | None:
    """What a card calls its thing: its highest heading, else bold text, else a link, else a picture's text."""
    if element.tag == "tr" and (column := columns.name(element)) is not None:
        return column
    best: Name | None = None
    rank: float = len(_RANKS)
    for one in element.iter(*_RANKS):
        own: float = _RANKS[str(one.tag)]
        if own < rank and not _is_bold_besides(one) and (text := _alt(one) if one.tag == "img" else text_of(one)):
            own = _LAST if one.tag in _BOLD and (text[-1] in _STATES or _goes_on(one)) else own
            best, rank = (_without_money(_LABELLED.sub("", text), one), own) if own < rank else (best, rank)
            if rank == 0:
                break
    if best is not None and rank < len(NAMES) - len(_BOLD):
        return _of_links(_of_two(best, element), element)
    if best is not None and rank == _RANKS["a"]:
        return _of_links(best, element)
    return best or _under_picture(element) or _under_a_number(element)


def _is_bold_besides(element: etree._Element) -> bool:
    """Whether bold letters are a price, the label of one ("판매가 :"), or say whether the thing can be had: no name."""
    if element.tag not in _BOLD:
        return False
    text = text_content(element)
    if len(text) < NAME_LIMIT and stated.availability(text):
        return True
    is_price = speaks_of_money(text) and bool(read_prices(text[:NAME_LIMIT]))  # "BR 64" is a locomotive, not 64 birr
    return is_price or (text.endswith((":", "：")) and labels.meaning(text.casefold()) is not None)


def _goes_on(element: etree._Element) -> bool:
    """Whether bold letters stand in the middle of a sentence: "watch him **wave**"; behind "Name:" they begin."""
    before, parent = element.getprevious(), element.getparent()
    said = (parent.text if before is None and parent is not None else before.tail if before is not None else "") or ""
    return any(map(str.isalpha, said)) and said.rstrip()[-1:] not in ":："


def _is_a_price(text: str) -> bool:
    """Whether a text is a price with its label: "Price: $11.15 >"."""
    if not speaks_of_money(text):
        return False
    for reading in read_prices(text[:NAME_LIMIT]):
        text = text.replace(reading.text, " ", 1)
    rest = labels.fold(text.strip(" >»›"))
    return not any(map(str.isalpha, rest)) or labels.meaning(rest) in ("price", "list_price")


def _of_links(first: Name, element: etree._Element) -> Name:
    """Of several links of one card, maker or category and name, the first that leads where the picture leads."""
    own = first[1] if first[1].tag == "a" else next(first[1].iter("a"), None)
    links = [one for one in islice(element.iter("a"), LINKS_LIMIT) if one.get("href")]
    pictured = {one.get("href") for one in links if next(one.iter("img"), None) is not None}
    if own is None or not own.get("href") or not pictured or own.get("href") in pictured:
        return first
    same = [one for one in links if one.get("href") in pictured]
    same.sort(key=lambda one: next(one.iter("img"), None) is not None)  # over a picture stand badges and buttons
    return next(((text, one) for one in same if (text := text_of(one))), first)


def _of_two(first: Name, element: etree._Element) -> Name:
    """Of two headings of one card, maker and name, the one that the card's address spells."""
    second = next((one for one in islice(element.iter(str(first[1].tag)), 1, 2)), None)
    href = next((one.get("href") for one in element.iter("a") if one.get("href")), "") or ""
    text = text_of(second) if second is not None else ""
    if second is None or not text or speaks_of_money(text):
        return first
    return (text, second) if _spelled(text, href) > _spelled(first[0], href) else first


def _spelled(text: str, href: str) -> int:
    """How many words of a text, of four letters and more, an address has."""
    return sum(word in href.lower() for word in set(_WORDS.findall(text.casefold())))


def _under_picture(element: etree._Element) -> Name | None:
    """The first text beside a picture: hand-made pages name a thing in plain letters."""
    if next(element.iter("img"), None) is None:
        return None
    for one in islice(element.iter(*_PLAIN), 12):
        text = " ".join((one.text or "").split())
        if _is_name(text) and len(text) < NAME_LIMIT and any(map(str.isalpha, text)):
            return text, one
    return None


def _under_a_number(element: etree._Element) -> Name | None:
    """The text of a link that leads where the picture leads: wholesalers call their goods by numbers."""
    links = [one for one in islice(element.iter("a"), LINKS_LIMIT) if one.get("href")]
    pictured = {one.get("href") for one in links if next(one.iter("img"), None) is not None}
    numbered = ((text_content(one), one) for one in links if one.get("href") in pictured)
    return next((found for found in numbered if _NUMBER.fullmatch(found[0])), None)


def _without_money(text: str, element: etree._Element) -> Name:
    """The name in a link that is a whole card: what is called a name in it, else its picture's words."""
    if element.tag != "a" or not any(speaks_of_money(str(piece)) for piece in islice(element.itertext(), 40)):
        return text, element
    inner = islice(element.iter("div", "span", "p"), 12)
    named = next((one for one in inner if _CALLED_NAME.search(one.get("class") or "") and _is_name(text_of(one))), None)
    if named is not None:
        return text_of(named), named
    said = next(((one.get("alt") or "").strip() for one in islice(element.iter("img"), 1)), "")
    return (said if _is_name(said) else text), element


def _is_name(text: str) -> bool:
    return len(text) > 2 and not speaks_of_money(text)


def text_of(element: etree._Element) -> str:
    """The text of an element where it can be a name, else empty: no sentence, no number, no button."""
    text = text_content(element)
    return text if 2 < len(text) < 300 and any(map(str.isalpha, text)) and not _names_nothing(text) else ""


def _alt(picture: etree._Element) -> str:
    """What a picture shows by its own words; "Loading image" is none."""
    text = (picture.get("alt") or "").strip()
    return "" if labels.is_button(text.casefold()) else text


def _names_nothing(text: str) -> bool:
    return labels.is_button(text.casefold()) or _TRAIL.search(text) is not None or _is_a_price(text)


class Blocks:
    """Elements that may be cards: what each names is looked for once, however many amounts it is tried for."""

    def __init__(self) -> None:
        self._names: dict[etree._Element, Name | None] = {}
        self._addresses: dict[etree._Element, set[str]] = {}
        self._counts: dict[etree._Element, int] = {}

    def name(self, element: etree._Element) -> Name | None:
        """What a block calls its thing."""
        if element not in self._names:
            self._names[element] = find_name(element)
        return self._names[element]

    def addresses(self, element: etree._Element) -> set[str]:
        """The different addresses that the links of a block lead to, as they are written."""
        if element not in self._addresses:
            links = (link.get("href") or "#" for link in islice(element.iter("a"), 50))
            self._addresses[element] = {href for href in links if href[0] != "#"}
        return self._addresses[element]

    def count(self, element: etree._Element) -> int:
        """How many things a block names: by links to different addresses, or by headings and bold text."""
        if element not in self._counts:
            marks = sum(1 for one in islice(element.iter(*NAMES), 20) if text_of(one) and not _is_bold_besides(one))
            self._counts[element] = max(len(self.addresses(element)), marks)
        return self._counts[element]
