"""What a page's title says of the name of its subject, for pages on which no heading holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.document import Document
from crawler.extract.regions import OUTSIDE
from crawler.extract.walk import Text

TITLE_LIMIT = 400  # characters; marketplaces allow 200–250
_WORDS = re.compile(r"\w+")
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PARTS = re.compile(
    rf"\s+[|–—·•»>/:-]\s+|\s*(?:::|\||｜|【|】)\s*|_(?=[{_CJK}])|(?<=[{_CJK}])[－–—-](?=[{_CJK}])"
)  # titles without spaces part their pieces with "_" or "-": 手提包_某某商城


def parts(title: str) -> list[str]:
    """The pieces of a page title, longest first: name, category, shop."""
    return sorted(
        (piece.strip() for piece in _PARTS.split(title[:TITLE_LIMIT]) if piece.strip()), key=len, reverse=True
    )


def is_site_name(text: str, document: Document) -> bool:
    """Whether a heading is the shop's own name: that of its meta element, or spelled in its host."""
    plain = "".join(_WORDS.findall(text.casefold().replace("&", "and"))).replace("_", "")
    if document.meta("og:site_name").casefold() == text.casefold():
        return True
    return len(plain) > 3 and plain in document.host.replace("-", "").replace(".", "")


def says_little(text: str, words: list[set[str]]) -> bool:
    """Whether a heading has one or two of the many words of the title, as the heading of a menu has."""
    own = len(set(_WORDS.findall(text.casefold())))
    return own <= LITTLE and all(len(one) >= own * LONG for one in words) and bool(words)


LITTLE, LONG = 2, 5  # words of such a heading, and how many times as many the title has
COVERED, OF_ITSELF = 0.5, 0.8  # shares of a title's words that a name has, and of the name's that the title has
NAME_WORDS, NAME_LENGTH = 4, 200


def find(document: Document, hints: list[str], heading: str) -> Text | None:
    """The text node that is a part of the title: pages made by hand mark names with bold or a font size.

    Else the one that says in other order what the title says, unless it begins with the ``heading`` that there is.
    """
    wanted = {part.casefold() for hint in hints for part in (hint, *parts(hint), *_beginnings(hint)) if len(part) > 3}
    words = max((set(_WORDS.findall(hint.casefold())) for hint in hints), key=len, default=set())
    exact: Text | None = None
    likely: tuple[int, Text] | None = None
    for text in document.texts:
        if text.owner.tag in ("a", "title"):
            continue
        if exact is None and not heading and text.low in wanted and not is_site_name(text.text, document):
            exact = text
        shared = _said_again(text, words)
        if shared and (likely is None or shared > likely[0]):
            likely = shared, text
    if likely and (exact is None or likely[0] > LONGER * len(_WORDS.findall(exact.text))):
        return likely[1]
    return exact


LONGER = 2  # times as many words as the exact piece of the title: "Women" is one, and the heading of a menu


def _said_again(text: Text, words: set[str]) -> int:
    """How many of a title's words a text has that says most of them and little else; 0 where it does not."""
    if not NAME_WORDS < len(text.text) <= NAME_LENGTH or text.region in OUTSIDE:
        return 0
    own = set(_WORDS.findall(text.low))
    shared = len(own & words)
    told = len(own) >= NAME_WORDS and shared >= OF_ITSELF * len(own) and shared >= COVERED * len(words)
    return shared if told else 0


_A_NAME = re.compile(
    r"(?:full|goods|tovar|prod(?:uct|ukt|uit)?|item|art(?:ikel|icle)?)[_-]?(?:full[_-]?)?(?:name|title)(?![a-z])",
    re.IGNORECASE,
)


def called_a_name(document: Document) -> Text | None:
    """Where no heading is: the first text whose element is called a product's name."""
    for text in document.texts:
        inside = len(text.text) <= NAME_LENGTH and text.region not in OUTSIDE and text.owner.tag != "a"
        if inside and _A_NAME.search(document.called(text.owner)) and len(_WORDS.findall(text.low)) > 1:
            return text
    return None


def _beginnings(title: str) -> Iterator[str]:
    """What a title begins with before each of its signs: "Kettle – black" of "Kettle – black - Shop"."""
    for sign in _PARTS.finditer(title[:TITLE_LIMIT]):
        yield title[: sign.start()].strip()
