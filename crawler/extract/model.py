"""What reading a page gives: a page, its products, their fields, its links.

Plain slotted classes, not pydantic models: they live for one page, and building them is on the hot path.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from lxml import etree

from crawler.items import MATCHED_TEXT_LIMIT, Identifier, Provenance

PageKind = Literal["product", "list", "legal", "feed", "other"]


class Place(NamedTuple):
    """Where a value stood. The XPath is worked out only when somebody asks: it costs more than the reading."""

    element: etree._Element | None
    suffix: str = ""
    """What follows the XPath: ``/@content``, ``#/offers/0/price`` (a JSON pointer), or the path itself."""

    def path(self) -> str:
        """XPath of the element and what follows it."""
        if self.element is None:
            return self.suffix
        return str(self.element.getroottree().getpath(self.element)) + self.suffix


@dataclass(slots=True)
class Reading:
    """One value that one extractor read at one place."""

    value: Any
    extractor: str
    place: Place
    text: str
    note: str = ""

    def provenance(self) -> Provenance:
        """The place, spelled out for the store."""
        text = self.text if len(self.text) <= MATCHED_TEXT_LIMIT else self.text[:MATCHED_TEXT_LIMIT]
        return Provenance(extractor=self.extractor, path=self.place.path(), text=storable(text))


class Loser(NamedTuple):
    """A value that lost the vote, and why."""

    value: Any
    provenance: Provenance
    reason: str


@dataclass(slots=True)
class Field:
    """A value, the reading it rests on, why it won, and what lost against it."""

    value: Any
    reading: Reading
    reason: str
    rejected: tuple[tuple[Reading, str], ...] = ()

    @property
    def provenance(self) -> Provenance:
        """Extractor, path and matched text of the winning reading."""
        return self.reading.provenance()

    @property
    def losers(self) -> tuple[Loser, ...]:
        """The readings that lost, each with the reason."""
        return tuple(Loser(reading.value, reading.provenance(), why) for reading, why in self.rejected)


@dataclass(slots=True)
class Product:
    """One thing for sale: field name → field. Names are those of ``crawler.items.Offer``, plus ``url``."""

    fields: dict[str, Field] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a field, ``None`` when it was not read."""
        found = self.fields.get(name)
        return found.value if found else None


class Link(NamedTuple):
    """A link of a page, and what its target looks like from here."""

    url: str
    text: str
    rel: str
    where: str
    """``nav``, ``header``, ``footer``, ``aside``, ``main``, ``product`` (inside a card), ``head``, ``body``, or
    ``more``: nowhere, a further piece of the list that a script asks for."""
    kind: str
    """Guess of the target's kind: ``product``, ``list``, ``legal`` or ``other``."""
    score: float
    """How sure the guess is, 0–1."""


@dataclass(frozen=True, slots=True)
class PostReading:
    """One post of a social page, and where it stood."""

    account: str
    """The handle without ``@``."""
    account_url: str
    url: str
    text: str
    posted_at: datetime | None
    links: tuple[str, ...]
    path: str
    """XPath of the block, or JSON pointer."""
    platform: str = ""
    """First half of the account's key: ``telegram``, ``reddit``, a federated account's host; empty: the page's site."""
    name: str | None = None
    """The account's name as shown."""
    language: str | None = None
    """As the source says; None: nobody said."""
    images: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    """Everything that was read from one page."""

    url: str
    kind: PageKind = "other"
    detail: str = ""
    """Kind of legal page, or what made it a list; empty otherwise."""
    confidence: float = 0.0
    title: str = ""
    language: str | None = None
    platform: str | None = None
    currency: str | None = None
    """The one ISO code that the source declares for its prices."""
    canonical: str = ""
    """What the page calls its own address, when it is on the same host."""
    products: tuple[Product, ...] = ()
    links: tuple[Link, ...] = ()
    posts: tuple[PostReading, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    wording: str = ""
    """Digest of what is to be read on a page of the kind ``other``, without numbers; empty for hardly a word."""
    needs_javascript: str = ""
    """Why it cannot be read without its scripts (``crawler.extract.scripted``); empty when it can."""
    data_addresses: tuple[str, ...] = ()
    """Where the data are that such a page's scripts would show (``crawler.extract.behind``)."""
    is_told: bool = False
    """Whether the products of a list are told in full, as data with currencies and addresses, not by cards."""
    sends_to: str = ""
    """Where the script of a page that shows nothing sends whoever runs it."""
    slugs: tuple[tuple[str, ...], ...] = ()
    """What data call products to which they name no address: slug and ids, as they stand."""
    legal_pages: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    """Name of a problem → how often: ``json_ld.malformed``, ``price.in_a_picture``, …"""

    def problem(self, name: str) -> None:
        """Count a problem under its own name."""
        self.problems[name] = self.problems.get(name, 0) + 1


def storable(text: str) -> str:
    """The text without what no database takes: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
