"""What the page calls its subject: the heading that names the product, and where it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.address import page_path
from crawler.extract.document import Document, text_content
from crawler.extract.visible import page_title
from crawler.prices.mention import speaks_of_money

AGREES = 2  # weight of a heading all of whose words are in the title
BESIDE_THE_TITLE = 1.5  # what a heading loses that has a price and no word of the title
PIECES = 12  # texts of one heading: a maker, a name, what kind of thing, a size
_HOME = re.compile(r"(?:(?:index|default|home)\.\w{2,5})?")
_WORDS = re.compile(r"\w+")
_AWAY = {"header": 1.0, "nav": 1.5, "footer": 3.0, "related": 3.0, "cart": 3.0, "hidden": 2.0, "aside": 1.0,
         "review": 2.0, "filter": 3.0}  # fmt: skip
"""Region → what speaks against its heading."""


@dataclass(slots=True)
class Headline:
    """The name of the subject, its element, and the index of its first text node (-1: not in the text)."""

    text: str
    element: etree._Element | None
    index: int
    strong: bool
    """It is a heading, or agrees with the page's title: a name that one may rely on."""


def find(document: Document) -> Headline:
    """The best heading: an h1 that agrees with the title, else any h1, else a heading or text that the title names."""
    hints = [hint for hint in (document.meta("og:title"), document.title) if hint]
    words = [set(_WORDS.findall(hint.casefold())) for hint in hints]
    best: tuple[float, Headline] | None = None
    for element, weight in _candidates(document):
        if best is not None and best[0] >= weight + AGREES:  # neither this one nor those after it can be better
            break
        text = _named(element, hints)
        if not text or len(text) > page_title.TITLE_LIMIT or (weight < 2 and _is_cards(element, document)):
            continue
        score = weight + AGREES * max((_overlap(text, one) for one in words), default=0.0)
        score -= _AWAY.get(document.regions[element], 0.0)
        if best is not None and score <= best[0]:
            continue
        score -= 2.5 if page_title.is_site_name(text, document) or _leads_home(element, document) else 0.0
        if score == weight and hints and speaks_of_money(text):  # no word of the title: free shipping above $35
            score -= BESIDE_THE_TITLE
        if best is None or score > best[0]:
            best = score, Headline(text, element, -1, weight >= 2 or score > 2)  # an h1, or agrees with the title
    if best is None or best[0] < 1 or page_title.says_little(best[1].text, words):
        named = page_title.find(document, hints, best[1].text if best and best[0] >= 1 else "")
        if named is not None:
            return Headline(named.text, named.owner, named.index, strong=True)
    if best is None:
        called = page_title.called_a_name(document)
        if called is not None:
            return Headline(called.text, called.owner, called.index, strong=False)
        return Headline(next(iter(page_title.parts(document.title)), ""), None, -1, strong=False)
    headline = best[1]
    headline.index = _index(document, headline.element)
    return headline


def _named(element: etree._Element, hints: list[str]) -> str:
    """The text of a heading. Pieces that touch without a space are lines: of them, those that the title begins with."""
    whole = text_content(element)
    if not len(element) or len(whole) > page_title.TITLE_LIMIT:
        return whole
    pieces = [" ".join(str(piece).split()) for piece in islice(element.itertext(), PIECES) if piece.strip()]
    titles = [hint.casefold() for hint in hints]
    if len(pieces) > 1 and _is_a_badge(pieces, titles):
        pieces = pieces[1:]
        whole = whole if len(pieces) > 1 else pieces[0]
    if len(pieces) < 2 or " ".join(pieces) == whole:
        return whole
    for count in range(len(pieces), 0, -1):
        joined = " ".join(pieces[:count])
        if len(joined) > 3 and any(title.startswith(joined.casefold()) for title in titles):
            return joined
    return " ".join(pieces)


def _is_a_badge(pieces: list[str], titles: list[str]) -> bool:
    """Whether the first piece of a heading is no part of the name, as "Sale!": the page's title begins without it."""
    first, rest = pieces[0].casefold(), " ".join(pieces[1:]).casefold()
    if len(rest) > 3 and any(title.startswith(rest) for title in titles):  # the maker stands behind the name there
        return True
    return len(rest) > 3 and any(rest in title for title in titles) and not any(first in title for title in titles)


def _leads_home(element: etree._Element, document: Document) -> bool:
    """Whether a heading is a link to the shop's first page, as a logo is: no product's name leads there."""
    link = element if element.tag == "a" else next(element.iter("a"), None)
    link = link if link is not None else next(islice(element.iterancestors("a"), 1), None)
    if link is None or not (href := link.get("href")) or text_content(link) != text_content(element):
        return False
    url = document.resolve(href)
    path = urlsplit(url).path.strip("/") if url is not None else "elsewhere"
    return _HOME.fullmatch(path) is not None and not urlsplit(url).query


def _is_cards(element: etree._Element, document: Document) -> bool:
    """Whether a heading stands in a link to another page, as the names of cards do: it names what is there."""
    link = next(islice(element.iterancestors("a"), 1), None)
    url = document.resolve(link.get("href") or "#") if link is not None else None
    return url is not None and urlsplit(url).scheme in ("http", "https") and page_path(url) != page_path(document.url)


def _candidates(document: Document) -> Iterator[tuple[etree._Element, float]]:
    for tag, weight in (("h1", 2.0), ("h2", 0.7), ("h3", 0.2)):
        for element in document.all(tag)[:30]:
            yield element, weight


def _overlap(text: str, words: set[str]) -> float:
    """Share of the heading's words that the title has, 0–1, less for a heading that is a small part of it."""
    own = set(_WORDS.findall(text.casefold()))
    if not own:
        return 0.0
    return len(own & words) / len(own)


def _index(document: Document, element: etree._Element | None) -> int:
    if element is None:
        return -1
    first = document.first_text
    return min((first[one] for one in element.iter() if one in first), default=-1)
