"""HTML of a post → text with its lines, and its links. What a link to a person or a hashtag says stays text."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from lxml import etree

from crawler.extract.model import storable
from crawler.extract.social.model import LINKS_LIMIT, TEXT_LIMIT
from crawler.urls import join

STRUCK = frozenset({"s", "del", "strike"})
"""Struck-out text keeps the sign that messengers and Markdown write it with: ``~300 €~`` is a former price."""
BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "pre", "tr", "table", "section"}
)
HIDDEN = frozenset({"script", "style", "button", "svg", "noscript", "time"})
FRAGMENT_LIMIT = 200_000  # characters of HTML of one post
WRITTEN = re.compile(
    r"https?://[^\s<>\"'）)\]}]{4,500}|(?<![\w@./-])(?:www\.[a-z0-9-]+\.[a-z]{2,24}|(?:t|wa)\.me)/?[^\s<>\"')\]]{0,200}",
    re.I,
)
BARE = re.compile(
    r"(?<![\w@./:-])((?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,3}"
    r"(?:com|net|org|shop|store|online|site|top|xyz|club|vip|cc|co|io|me|ru|cn|info|biz|eu|de|fr|it|es|pl|uk|test)"
    r"(?:\.[a-z]{2})?)(/[^\s<>\"')\]]{0,200})?(?![\w@-])",
    re.I,
)
"""A shop's name written without ``http://``: only under endings that no word of a text has."""
_PARSER = etree.HTMLParser(recover=True, no_network=True, huge_tree=False, encoding="utf-8")


class Rich(NamedTuple):
    """Text with line breaks, and the addresses it links to or spells out, each once."""

    text: str
    links: tuple[str, ...]


def tree_of(fragment: str) -> etree._Element | None:
    """The element that holds a fragment of HTML; None when nothing is in it."""
    body = f"<html><body><div>{fragment[:FRAGMENT_LIMIT]}</div></body></html>".encode("utf-8", "replace")
    try:
        root = etree.fromstring(body.replace(b"\0", b""), _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None else None


def of_html(fragment: str, base: str = "") -> Rich:
    """The text and links of a fragment of HTML."""
    root = tree_of(fragment) if fragment else None
    return of_element(root, base) if root is not None else Rich("", ())


def of_text(text: str, base: str = "") -> Rich:
    """A plain text, whose character references are resolved, with the addresses that it spells out."""
    lines = _lines(html.unescape(text))
    return Rich(lines, _links([], lines, base))


def of_element(root: etree._Element, base: str = "", without: frozenset[etree._Element] = frozenset()) -> Rich:
    """The text and links of an element, without some of its descendants."""
    parts: list[str] = []
    hrefs: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        named = isinstance(element.tag, str)
        skipped = not named or element.tag in HIDDEN or element in without
        if event == "start":
            hidden += skipped
            if hidden:
                continue
            if element.tag in BLOCKS or element.tag == "br":
                parts.append("\n")
            parts.append("~" if element.tag in STRUCK else "")
            if element.tag == "a":
                href = str(element.get("href") or "")
                if not _names_somebody(element):
                    hrefs.append(href)
            if element.tag == "img" and len(str(element.get("alt") or "")) <= 3:  # an emoji as a picture
                parts.append(str(element.get("alt") or ""))
            parts.append(element.text or "")
        else:
            hidden -= skipped
            if not hidden:
                parts.append("\n" if element.tag in BLOCKS else "~" if element.tag in STRUCK else "")
                if element is not root:
                    parts.append(element.tail or "")
    text = _lines("".join(parts))
    return Rich(text, _links(hrefs, text, base))


def _names_somebody(link: etree._Element) -> bool:
    """Whether a link leads to a person or a hashtag: no place to buy."""
    said = "".join(map(str, link.itertext())).strip()
    return said.startswith(("@", "#", "＃")) or "mention" in str(link.get("class") or "").split()


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in storable(text).replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:TEXT_LIMIT]


def _links(hrefs: list[str], text: str, base: str) -> tuple[str, ...]:
    written = [match[0].rstrip(".,;:!?…") for match in WRITTEN.finditer(text)]
    written += [match[0].rstrip(".,;:!?…") for match in BARE.finditer(WRITTEN.sub(" ", text))]
    found = [join(base, href) for href in hrefs]
    found += [join("", one if "://" in one else f"https://{one}") for one in written]
    return tuple(dict.fromkeys(link for link in found if link))[:LINKS_LIMIT]
