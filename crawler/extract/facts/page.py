"""A parsed page as the fact finders look at it: its outward links, scripts and business text, gathered once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from lxml import etree

from crawler.extract.document import Document, Script, Text
from crawler.extract.facts import contacts
from crawler.extract.facts.telling import telling
from crawler.extract.kept import kept
from crawler.items import MATCHED_TEXT_LIMIT, Identifier, Provenance
from crawler.prices.words import lower

_CARRIED = ("data-cfemail", "data-clipboard-text", "data-address", "data-wallet")
_CARRIED_PROPERTIES = frozenset({"email", "telephone", "faxNumber"})
_SCHEME_END = 16  # characters in which the colon of a scheme stands: mailto:, whatsapp:, javascript:
SNIPPET_LIMIT = 20_000  # characters; a script beyond is a bundle or a page's state, and only its head is read
HEAD = 4_000  # characters of such a head: what loads an account's script stands first


class Page:
    """A document, and the country that its imprint names (ISO 3166-1 alpha-2), if that is known."""

    def __init__(self, document: Document, country: str | None = None):
        self.document, self.country = document, country
        self.url, self.language = document.url, document.locale
        self._root = document.root.getroottree()

    def path(self, element: etree._Element) -> str:
        """Return the XPath of an element."""
        return str(self._root.getpath(element))

    def all(self, *tags: str) -> Iterator[tuple[etree._Element, dict[str, str]]]:
        """Yield the elements of some tags with their attributes, outside of what reviewers and customers wrote."""
        attributes, private = self.document.attributes, self.document.private
        return ((one, attributes[one]) for one in self.document.all(*tags) if one not in private)

    @kept
    def carriers(self) -> list[tuple[etree._Element, dict[str, str]]]:
        """Return the elements outside of reviews that carry a contact or a wallet in an attribute."""
        attributes, used = self.document.attributes, self.document.attribute_names
        names = [name for name in _CARRIED if name in used]
        if not names and "itemprop" not in used:
            return []
        return [
            (one, own)
            for one, own in attributes.items()
            if own and (own.get("itemprop") in _CARRIED_PROPERTIES or any(name in own for name in names))
            and one not in self.document.private
        ]  # fmt: skip

    @kept
    def _read(self) -> tuple[str, list[int], list[Text]]:
        """The telling texts as one, a line of the page a line; where each begins; and they themselves."""
        pieces: list[str] = []
        starts: list[int] = []
        chosen = telling(self.document.texts)
        at = line = 0
        for text in chosen:
            pieces += (" " if text.line == line else "\n", text.text)
            starts.append(at + 1)
            at, line = at + 1 + len(text.text), text.line
        return "".join(pieces), starts, chosen

    @property
    def business_text(self) -> str:
        """Return what can hold a fact of the visible text, without what reviewers and customers wrote."""
        return self._read[0]

    def path_at(self, offset: int) -> str:
        """Return the XPath of the element in which a character of the business text stands."""
        _, starts, chosen = self._read
        return self.path(chosen[max(bisect_right(starts, offset) - 1, 0)].owner)

    @kept
    def low(self) -> str:
        """Return the business text in lower case, of the same length."""
        return lower(self.business_text)

    @kept
    def labels(self) -> list[tuple[str, int]]:
        """Return what the business text introduces (``phone``, a messenger) and where each label ends in it."""
        return list(contacts.labels(self.business_text, self.low))

    @property
    def scripts(self) -> list[Script]:
        """Return the scripts of the page."""
        return self.document.scripts

    @kept
    def sources(self) -> list[tuple[etree._Element, str]]:
        """Return every script with its address, data attributes and source, and every noscript with its images."""
        return [
            *map(_source, self.scripts),
            *((element, _shown_instead(element)) for element, _ in self.all("noscript")),
        ]

    @kept
    def structured(self) -> list[tuple[etree._Element, str]]:
        """Return the JSON-LD that speaks of an organisation, and of no review: what is in it is the shop's own."""
        blocks = [script for script in self.scripts if script.kind == "application/ld+json"]
        return [(script.element, script.text) for script in blocks if '"review' not in script.text.lower()]

    @kept
    def links(self) -> list[tuple[etree._Element, str]]:
        """Return the links that leave the shop, by another host or another scheme: a contact is never its own page."""
        own = self.document.host.removeprefix("www.")
        return [(one, href) for one, said in self.all("a", "area") if (href := said.get("href")) and _leaves(href, own)]


def _source(script: Script) -> tuple[etree._Element, str]:
    own = script.attributes
    named = " ".join(f'{name}="{value}"' for name, value in own.items() if name.startswith("data-"))
    text = script.text if len(script.text) <= SNIPPET_LIMIT else script.text[:HEAD]
    return script.element, f"{own.get('src', '')[:2000]} {named[:2000]}\n{text}"


def _shown_instead(element: etree._Element) -> str:
    inner = " ".join(child.get("src", "") for child in element.iter("img", "iframe"))
    return f"{element.text or ''} {inner}"[:HEAD]


def _leaves(href: str, own: str) -> bool:
    if ":" not in href[:_SCHEME_END] and href[:2] != "//":
        return "/cdn-cgi/l/email-protection#" in href  # Cloudflare's own way to write mailto:
    host = href.partition("//")[2].partition("/")[0].partition(":")[0].removeprefix("www.")
    return not own or host != own


def identifier(kind: str, value: str, extractor: str, path: str, text: str) -> Identifier:
    """Build an identifier whose provenance keeps the first 300 characters of what was matched."""
    matched = " ".join(text[: 4 * MATCHED_TEXT_LIMIT].split())[:MATCHED_TEXT_LIMIT]
    return Identifier(kind=kind, value=value, provenance=Provenance(extractor=extractor, path=path, text=matched))
