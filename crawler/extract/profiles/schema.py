"""What a profile says: where a marketplace shows its results, items and sellers, as data that a person writes.

Places are CSS selectors (``a.title::attr(href)``) or XPath (begins with ``/``, ``./`` or ``(``) on pages of HTML, and
JSON pointers (RFC 6901, ``*`` for every element of a list) in answers of JSON.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

FieldName = Literal[
    "id", "url", "title", "description", "price", "list_price", "shipping", "stock", "sold", "condition", "location",
    "images", "brand", "sku", "mpn", "gtin", "category", "seller.id", "seller.name", "seller.url", "seller.country",
    "seller.ratings", "seller.since", "seller.company", "seller.business", "seller.email", "seller.phone", "seller.vat",
]  # fmt: skip
MONEY = frozenset({"price", "list_price", "shipping"})
COUNTS = frozenset({"stock", "sold", "seller.ratings"})
Share = Annotated[float, Field(ge=0, le=1)]
Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$")]


class Model(BaseModel):
    """An unknown key is a mistake of whoever wrote the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class At(Model):
    """Where a value stands, and how to take it from what stands there."""

    at: str
    match: str | None = None
    """A pattern whose first group is the value."""
    map: dict[str, str] = Field(default_factory=dict)
    """What stands there → what it means; anything else is left as it is."""
    currency: str | None = None
    """Of an amount: the place of its currency's code."""
    divisor: str | None = None
    """Of an amount in small units: the place of the number to divide by."""
    exponent: str | None = None
    """Of an amount in small units: the place of the number of its decimals."""
    form: str | None = None
    """Of an address or id: a text in which ``{}`` is the value."""

    @field_validator("match")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        try:
            if value is not None and re.compile(value).groups < 1:
                raise ValueError("a pattern needs a group: what stands in brackets is the value")
        except re.error as error:
            raise ValueError(f"no pattern: {error}") from None
        return value


Place = Annotated[At, BeforeValidator(lambda value: {"at": value} if isinstance(value, str) else value)]
"""A place alone is short for one with nothing else to say."""


class Rows(Model):
    """A list: its rows, what looks like one and is none, and what must be there."""

    rows: str
    fields: dict[FieldName, Place]
    leave_out: tuple[str, ...] = ()
    """Of HTML: selectors of rows, of what they stand in, or of what stands in them. Of JSON: ``pointer=value``."""
    minimum: int = Field(default=1, ge=1)
    """Rows on a page, unless the marketplace itself says that it found fewer."""
    required: dict[FieldName, Share] = Field(default_factory=dict)
    """Field → the share of rows that must have it."""
    total: Place | None = None
    """How many results the marketplace says there are."""
    nothing: str | None = None
    """A place that exists only when nothing was found."""
    following: str | None = None
    """The link to the next page, where pages are not counted."""


class One(Model):
    """A page of one item or one seller."""

    url: str | None = None
    """Form of its address, with ``{id}``; None: the row's own address."""
    root: str | None = None
    fields: dict[FieldName, Place]
    required: tuple[FieldName, ...] = ()
    lists: str | None = None
    """Form of the address of a seller's items, with ``{id}``, ``{page}``, ``{offset}``; ``page``: they stand on it."""


class Search(Model):
    """How words are searched for: ``{keyword}``, ``{page}`` or ``{offset}``."""

    url: str
    first: int = 1
    per_page: int = Field(default=50, ge=1)
    pages: int = Field(default=20, ge=1)
    """Result pages of one query that are asked for at most."""

    @field_validator("url")
    @classmethod
    def _has_places(cls, value: str) -> str:
        if "{keyword}" not in value or not ("{page}" in value or "{offset}" in value):
            raise ValueError("a search address needs {keyword}, and {page} or {offset}")
        return value


class Token(Model):
    """A token of an official interface, taken from the environment at the moment of the request."""

    host: Host
    environment: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]+$")]
    header: str
    form: str = "{token}"


class Verified(Model):
    """When and against what a profile was last seen to be right."""

    date: date
    how: str


class Profile(Model):
    """One marketplace."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_-]{2,40}$")]
    hosts: tuple[Host, ...] = Field(min_length=1)
    """The hosts that are asked; the first one names the storefronts unless ``marketplace`` does."""
    marketplace: Host | None = None
    verified: Verified
    form: Literal["html", "json"]
    language: str | None = None
    currency: str | None = None
    """Of amounts that name none."""
    delay: float = Field(default=1.0, ge=0)
    """Seconds between two requests to it, at least; ``HOST_DELAY`` and robots.txt may ask for more."""
    robots: Literal["obey"] = "obey"
    """Nothing but a recorded authority overrides robots.txt (setting ``AUTHORITY``)."""
    headers: dict[str, str] = Field(default_factory=dict)
    token: Token | None = None
    search: Search
    results: Rows
    visit: Literal["always", "if_needed", "never"] = "if_needed"
    """Whether items' pages are asked for: ``if_needed`` when a row lacks the seller or a required field of the item."""
    item: One | None = None
    seller: One | None = None

    @property
    def key(self) -> str:
        """First half of its sellers' keys."""
        return self.marketplace or self.hosts[0]

    @model_validator(mode="after")
    def _sellers_are_found(self) -> Profile:
        names = set(self.results.fields) | set(self.item.fields if self.item else ())
        if "seller.id" not in names:
            raise ValueError("neither results nor item say where seller.id stands")
        if "id" not in self.results.fields or "title" not in names:
            raise ValueError("results need an id, and results or item a title")
        if self.visit == "always" and self.item is None:
            raise ValueError("visit: always needs an item")
        return self
