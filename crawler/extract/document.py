"""One parse and one walk per page, shared by every extractor.

What several extractors need — metas, scripts, texts, attributes, regions, language, base address — is looked up once
and kept.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract import component_templates, resolving
from crawler.extract.address import product_codes
from crawler.extract.decoding import decoded
from crawler.extract.kept import kept
from crawler.extract.regions import NAMES_LIMIT, OUTSIDE
from crawler.extract.walk import INLINE, Text, walk
from crawler.money import Hints
from crawler.urls import join

__all__ = ["INLINE", "Document", "Script", "Text", "parse", "text_content"]

_DECLARED = re.compile(
    r"urrency(?:_?[cC]ode)?(?:\\{0,2}[\"']?\s{0,3}[:=]\s{0,3}\{\s{0,3}\\{0,2}[\"']?(?:active|code|iso|iso_?[cC]ode))?\\{0,2}[\"']?\s{0,3}(?:[:=,]|content=){1,2}\s{0,3}\\{0,2}[\"']?([A-Z]{3})\b"
)
"""Where pages declare a currency: schema.org, OpenGraph, Shopify, and the data layers of trackers."""
SAMPLE = 200_000  # characters of a page that are looked at for the language that it is written in
LETTERS_OF = (  # … and how many letters tell it: more than a link to the Japanese pages has
    ("ja", re.compile("[\u3041-\u30fe]"), 10),
    ("ko", re.compile("[\uac00-\ud7af]"), 10),
    ("th", re.compile("[\u0e01-\u0e3a]"), 10),
    ("he", re.compile("[\u05d0-\u05ea]"), 10),
    ("zh", re.compile("[货购买卖价钱为这个们车产页尺码颜发质级单订专图样联系]"), 4),
    ("zh-Hant", re.compile("[貨購買賣價錢為這個們車產頁碼顏發質級單訂專圖樣聯繫]"), 4),
)
DECLARATIONS_LIMIT = 60  # places looked at; a page that has declared one currency that often means it
_LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z]{4}(?=[-_]))?(?:[-_]([A-Za-z]{2})|(?=$|[-_,]))(?![A-Za-z])")
TEST_HOOKS = ("data-testid", "data-test", "data-qa", "data-test-id", "data-auto", "data-at", "data-hook", "data-cy")
"""Attributes by which sites whose classes are hashes find their own elements again."""
_SHARED = re.compile("[¥￥]")  # a sign of two countries, whose letters tell which of them a template's "en" is in
_DEFAULT = "en-US"  # what templates say whose owner said nothing: it names no country


class Script:
    """A script: its element, attributes and source (asking libxml2 again for half a megabyte is dear)."""

    __slots__ = ("attributes", "element", "kind", "text")

    def __init__(self, element: etree._Element, attributes: dict[str, str]):
        self.element, self.attributes = element, attributes
        self.kind = attributes.get("type", "").lower()
        self.text = element.text or ""


class Document:
    """A parsed page. ``root`` is always an ``html`` element with a ``body``, whatever the input was."""

    def __init__(self, html: str, url: str, body: bytes):
        self.html = html
        self.url = url
        self.root = _tree(body)
        component_templates.adopt(self.root, body)
        gathered = walk(self.root)
        self.by_tag, self.attributes, self.regions = gathered.by_tag, gathered.attributes, gathered.region
        self.texts: list[Text] = gathered.texts
        """The text nodes a reader sees, in order, without scripts, styles and the choices of a select."""
        self.private, self.skeleton = gathered.private, frozenset(gathered.skeleton)
        self.named = gathered.named
        self._open_the_aside_of_the_heading()

    def all(self, *tags: str) -> list[etree._Element]:
        """All elements of these tags, by tag, each in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return [element for tag in tags for element in self.by_tag.get(tag, ())]

    def _open_the_aside_of_the_heading(self) -> None:
        """A column that holds the page's only heading is no side column: what people sell stands in one."""
        heads = self.by_tag.get("h1", ())
        if len(heads) != 1 or self.regions[heads[0]] != "aside":
            return
        box = heads[0]
        while (above := box.getparent()) is not None and self.regions.get(above) == "aside":
            box = above
        inside = {one for one in box.iter("*") if self.regions.get(one) == "aside"}
        self.regions.update(dict.fromkeys(inside, "main"))
        for text in self.texts:
            if text.owner in inside:
                text.region = "main"

    def outside(self, element: etree._Element) -> bool:
        """Whether an element stands where a product's own values do not: header, cart, related products, …"""
        return self.regions[element] in OUTSIDE

    def called(self, element: etree._Element) -> str:
        """Classes and id of an element, and what its makers' tests call it, as one short text."""
        own = self.attributes[element]
        if not own:
            return " "
        names = f"{own.get('class', '')} {own.get('id', '')}"
        for hook in TEST_HOOKS if len(own) > ("class" in own) else ():
            if hook in own:
                names += f" {own[hook]}"
        return names[:NAMES_LIMIT]

    @kept
    def scripts(self) -> list[Script]:
        """The scripts of the page, in order."""
        return [Script(element, self.attributes[element]) for element in self.by_tag.get("script", ())]

    @kept
    def attribute_names(self) -> set[str]:
        """The attributes that the page uses."""
        return set().union(*self.attributes.values())

    @kept
    def names(self) -> set[str]:
        """The page's attributes, classes and ids, each once: what a selector asks for must be among them."""
        called = {own[name] for own in self.attributes.values() if own for name in ("class", "id") if name in own}
        return self.attribute_names.union(" ".join(called).split())

    @kept
    def host(self) -> str:
        """Host name of the page, empty when it has none."""
        return _host(self.url)

    @kept
    def product_codes(self) -> frozenset[str]:
        """What the page's own address calls its product."""
        return product_codes(self.url)

    @kept
    def base(self) -> str:
        """What relative links of the page are relative to."""
        for element in self.all("base"):
            href = element.get("href")
            if href:
                return join(self.url, href) or self.url
        return self.url

    @kept
    def _origin(self) -> str:
        return resolving.origin(self.base)

    def resolve(self, href: str) -> str | None:
        """Absolute address of a link of this page, without a fragment; None for what leads to no page."""
        return resolving.resolve(self.base, self._origin, href)

    @kept
    def canonical(self) -> str:
        """The address in ``link rel=canonical``, when it is on the page's own host; else empty."""
        for element in self.all("link"):
            own = self.attributes[element]
            if "canonical" in own.get("rel", "").lower().split():
                url = self.resolve(own.get("href", "")) or ""
                return url if _host(url) == self.host else ""
        return ""

    @kept
    def language(self) -> str | None:
        """Two- or three-letter code: the page's own word in ``lang``, else in a meta element."""
        return self.locale.partition("-")[0] if self.locale else None

    @kept
    def locale(self) -> str | None:
        """The same with the country, where the page names one: ``de-AT``."""
        match = _LANGUAGE.match(self._tag)
        if match is None:
            return None
        return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()

    @kept
    def _tag(self) -> str:
        """The language tag as the page has it."""
        said = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        return (said or self.meta("content-language") or self.meta("og:locale") or "").strip()

    @kept
    def metas(self) -> dict[str, list[tuple[str, etree._Element]]]:
        """Lower-case name or property of each ``meta`` → its contents with their elements."""
        found: dict[str, list[tuple[str, etree._Element]]] = {}
        for element in self.all("meta"):
            said = self.attributes[element]
            content = said.get("content")
            name = said.get("property") or said.get("name") or said.get("http-equiv")
            if content and name and len(name) < 100:  # a longer name is no name
                found.setdefault(name.strip().lower(), []).append((content.strip(), element))
        return found

    def meta(self, name: str) -> str:
        """First content of a meta element, empty when there is none."""
        found = self.metas.get(name)
        return found[0][0] if found else ""

    @kept
    def first_text(self) -> dict[etree._Element, int]:
        """Element → index of the first text that stands directly in it."""
        found: dict[etree._Element, int] = {}
        for text in self.texts:
            found.setdefault(text.owner, text.index)
        return found

    @kept
    def title(self) -> str:
        """The text of the ``title`` element."""
        for element in self.all("title"):
            if element.text and element.text.strip():
                return " ".join(element.text.split())
        return ""

    @kept
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
        return Hints(declared, self._spoken, self.host) if declared else self._hints

    @kept
    def _spoken(self) -> str | None:
        if self.locale is None or (self.language == "en" and (_is_foreign(self.title) or _SHARED.search(self.html))):
            return self._written or self.language
        if self.locale == "zh" and "hant" in self._tag.lower():  # no money of the mainland's
            return "zh-Hant"
        return self.language if self.locale == _DEFAULT else self.locale

    @kept
    def _written(self) -> str | None:
        """The language that a page is written in, where its letters are one language's alone."""
        if self.html.isascii():
            return None
        sample = self.html[:SAMPLE]
        return next((language for language, letters, most in LETTERS_OF if len(letters.findall(sample)) >= most), None)

    @kept
    def _hints(self) -> Hints:
        return Hints(self.currency, self._spoken, self.host)


def _is_foreign(title: str) -> bool:
    """Whether most letters of a title are none that English has: templates say ``en`` in shops of any country."""
    if title.isascii():
        return False
    letters = [letter for letter in title if letter.isalpha()]
    return sum(letter > "\u024f" for letter in letters) * 2 > len(letters)  # beyond the Latin ones of Europe


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def text_content(element: etree._Element) -> str:
    """The text inside an element as one line."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(etree.tostring(element, method="text", encoding="unicode", with_tail=False).split())


def parse(html: bytes | str, url: str, content_type: str = "") -> Document:
    """Decode, parse and walk a page. Never raises: what cannot be parsed is an empty page."""
    text, body = decoded(html, content_type)
    return Document(text, url, body)


@cache
def _parser() -> etree.HTMLParser:
    """The one parser of the process: lxml gives it to one thread at a time, and making one costs as much as a page."""
    return etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, collect_ids=False
    )


def _tree(body: bytes) -> etree._Element:
    try:
        root = etree.fromstring(body, _parser())
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None or root.tag != "html":
        root = etree.fromstring(b"<html><head></head><body></body></html>", etree.HTMLParser())
    return root
