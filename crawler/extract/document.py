"""One parse and one walk per page, shared by every extractor.

What several extractors need — metas, scripts, texts, attributes, regions, language, base address — is looked up once
and kept.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract import component_templates, resolving, tongue
from crawler.extract.address import product_codes
from crawler.extract.decoding import decoded
from crawler.extract.kept import kept
from crawler.extract.regions import NAMES_LIMIT, OUTSIDE
from crawler.extract.walk import INLINE, Text, walk
from crawler.money import Hints
from crawler.urls import join

__all__ = ["INLINE", "Document", "Script", "Text", "parse", "text_content"]

TEST_HOOKS = ("data-testid", "data-test", "data-qa", "data-test-id", "data-auto", "data-at", "data-hook", "data-cy")
"""Attributes by which sites whose classes are hashes find their own elements again."""


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
        return tongue.locale(self._tag)

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
        return tongue.declared_currency(self.html)

    def hints(self, declared: str | None = None) -> Hints:
        """What the page says about its money; what an offer declares itself goes before what the page does."""
        return Hints(declared, self._spoken, self.host) if declared else self._hints

    @kept
    def _spoken(self) -> str | None:
        return tongue.spoken(self.locale, self._tag, self.title, self.html)

    @kept
    def _hints(self) -> Hints:
        return Hints(self.currency, self._spoken, self.host)


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
