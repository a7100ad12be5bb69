"""One parse per page, shared by every extractor.

Bytes are decoded here (and nowhere else), made harmless for libxml2, and parsed once. What several extractors
need — metas, scripts, text nodes, language, base address — is looked up once and kept.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import cast
from urllib.parse import urlsplit

from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.money import Hints
from crawler.urls import join

PAGE_LIMIT = 8_000_000
"""Characters of a page that are read: twice the largest product page met in the wild, a bound on time and memory."""
DEPTH_LIMIT = 2_000
"""Unclosed elements that may be open at once. A real page stays below 100; libxml2 slows down with depth."""

ATTRIBUTES_LIMIT = 20_000  # equal signs in a page above which its tags are measured; large shops have 8,000
TAG_LIMIT = 20_000  # characters of one tag; variations of WooCommerce in an attribute reach 500,000, but as one piece
TAG_PIECES = 1_000  # attributes of one tag that are kept: 2 ms of comparing
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>?""")
_DECLARED = re.compile(
    r"urrency(?:_?[cC]ode)?(?:\s{0,3}=\s{0,3}\{\\{0,2}\"active)?\\{0,2}[\"']?\s{0,3}(?:[:=,]|content=){1,2}\s{0,3}\\{0,2}[\"']?([A-Z]{3})\b"
)
"""Where pages declare a currency: schema.org, OpenGraph, Shopify, and the data layers of trackers."""
DECLARATIONS_LIMIT = 60  # places looked at; a page that has declared one currency that often means it
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
_TEXTS = etree.XPath("/html/body/descendant::text()[normalize-space()]")
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "meta",
        "link",
        "nobr",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "svg",
        "script",
        "input",
        "money",
        "price",
    }
)
"""Elements that do not end a line: a price may be spread over them."""
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "textarea", "option", "svg", "title", "iframe", "object"}
)


class Text:
    """A text node in document order."""

    __slots__ = ("broken", "index", "low", "owner", "text")

    def __init__(self, index: int, text: str, owner: etree._Element, broken: bool):
        self.index, self.text, self.owner, self.broken = index, text, owner, broken
        """``owner`` is the element the text stands in, also for what follows a closed child; ``broken``: it follows
        an element that ends a line."""
        self.low = text.casefold()


class Document:
    """A parsed page. ``root`` is always an ``html`` element with a ``body``, whatever the input was."""

    def __init__(self, html: str, url: str, body: bytes | None = None):
        self.html = html
        self.url = url
        self.root = _tree(html.encode("utf-8", "replace") if body is None else body)
        self.by_tag: dict[str, list[etree._Element]] = {}
        by_tag = self.by_tag
        for element in self.root.iter("*"):
            tag = element.tag
            if tag in by_tag:
                by_tag[tag].append(element)
            else:
                by_tag[tag] = [element]

    def all(self, *tags: str) -> list[etree._Element]:
        """All elements of these tags, by tag, each in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return [element for tag in tags for element in self.by_tag.get(tag, ())]

    @cached_property
    def host(self) -> str:
        """Host name of the page, empty when it has none."""
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""

    @cached_property
    def base(self) -> str:
        """What relative links of the page are relative to."""
        for element in self.all("base"):
            href = element.get("href")
            if href:
                return join(self.url, href) or self.url
        return self.url

    @cached_property
    def language(self) -> str | None:
        """Two- or three-letter code: the page's own word in ``lang``, else in a meta element."""
        said = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        said = said or self.meta("content-language") or self.meta("og:locale") or ""
        match = _LANGUAGE.match(said.strip())
        return match.group().lower() if match else None

    @cached_property
    def metas(self) -> dict[str, list[tuple[str, etree._Element]]]:
        """Lower-case name or property of each ``meta`` → its contents with their elements."""
        found: dict[str, list[tuple[str, etree._Element]]] = {}
        for element in self.all("meta"):
            content = element.get("content")
            name = element.get("property") or element.get("name") or element.get("http-equiv")
            if content and name and len(name) < 100:  # a longer name is no name
                found.setdefault(name.strip().lower(), []).append((content.strip(), element))
        return found

    def meta(self, name: str) -> str:
        """First content of a meta element, empty when there is none."""
        found = self.metas.get(name)
        return found[0][0] if found else ""

    @cached_property
    def texts(self) -> list[Text]:
        """The text nodes a reader sees, in order, without scripts, styles and the choices of a select."""
        nodes: list[Text] = []
        for node in cast("list[etree._ElementUnicodeResult]", _TEXTS(self.root)):
            element = node.getparent()
            broken = False
            if element is not None and node.is_tail:
                broken = element.tag not in INLINE
                element = element.getparent()
            if element is not None and element.tag not in _SILENT:
                nodes.append(Text(len(nodes), " ".join(node.split()), element, broken))
        return nodes

    @cached_property
    def visible_text(self) -> str:
        """All that a reader sees, one line per text node."""
        return "\n".join(text.text for text in self.texts)

    @cached_property
    def title(self) -> str:
        """The text of the ``title`` element."""
        for element in self.all("title"):
            if element.text and element.text.strip():
                return " ".join(element.text.split())
        return ""

    @cached_property
    def currency(self) -> str | None:
        """The one ISO code that the source declares for its prices; ``None`` when it declares none, or several."""
        found: set[str] = set()
        at = self.html.find("urrency")
        for _ in range(DECLARATIONS_LIMIT):
            if at < 0:
                break
            match = _DECLARED.match(self.html, at)
            if match:
                found.add(match[1])
            at = self.html.find("urrency", at + 7)
        return found.pop() if len(found) == 1 else None

    def hints(self, declared: str | None = None) -> Hints:
        """What the page says about its money; what an offer declares itself goes before what the page does."""
        return Hints(declared=declared or self.currency, language=self.language, host=self.host)


def text_content(element: etree._Element) -> str:
    """The text inside an element as one line."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(piece for piece in element.itertext() if isinstance(piece, str)).split())


def parse(html: bytes | str, url: str, content_type: str = "") -> Document:
    """Decode and parse a page. Never raises: what cannot be parsed is an empty page."""
    if isinstance(html, str):
        return Document(_harmless(html), url)
    text = decode(html, content_type)
    harmless = _harmless(text)
    if harmless is text and text[:1] != "\ufeff" and _is_utf8(html, text):
        return Document(text, url, html)
    return Document(harmless, url)


def _is_utf8(body: bytes, text: str) -> bool:
    """Whether the text is the body as it came, so that it need not be encoded again."""
    return len(body) == len(text) if text.isascii() else text.encode("utf-8", "replace") == body


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a body: byte order mark, header and meta as browsers do; valid UTF-8 beats a wrong declaration."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return html_to_unicode(content_type or None, body[: PAGE_LIMIT * 4])[1]
        except (LookupError, ValueError):
            return body.decode("cp1252", "replace")
    if "\x1b" in text or text.isascii():  # seven-bit encodings (ISO-2022-JP, HZ) are valid UTF-8 as well
        return html_to_unicode(content_type or None, body)[1] if "\x1b" in text else text
    return text.removeprefix("\ufeff")


def _harmless(text: str) -> str:
    text = text[:PAGE_LIMIT]
    if text.count("=") > ATTRIBUTES_LIMIT or _has_long_tag(text):
        text = _TAG.sub(_shortened, text)
    return text.replace("\0", "") if "\0" in text else text  # libxml2 ends a page at the first NUL


def _has_long_tag(text: str) -> bool:
    """Whether anywhere ``TAG_LIMIT`` characters pass without the end of a tag; a few searches per page."""
    position = 0
    while position + TAG_LIMIT < len(text):
        end = text.rfind(">", position, position + TAG_LIMIT)
        if end < 0:
            return True
        position = end + 1
    return False


def _shortened(tag: re.Match[str]) -> str:
    """A tag with its first attributes only: libxml2 compares each attribute of a tag with all others."""
    if len(tag[0]) <= TAG_LIMIT or len(tag[0].split(None, TAG_PIECES)) <= TAG_PIECES:
        return tag[0]
    return " ".join(tag[0].split(None, TAG_PIECES)[:TAG_PIECES]) + ">"


def _tree(body: bytes) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None or root.tag != "html":
        root = etree.fromstring(b"<html><head></head><body></body></html>", etree.HTMLParser())
    return root
