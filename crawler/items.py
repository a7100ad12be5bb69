"""The things that travel from a spider to the store, as pydantic models.

Scrapy components read them through ``itemadapter``; whoever needs a plain dict calls ``model_dump``
(``ItemAdapter.asdict`` costs forty times as much).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from crawler.money import Conversion, Money

__all__ = ["Capture", "Conversion", "Flag", "Identifier", "Money", "Observation", "Offer", "Picture", "Pointer", "Post",
           "Provenance", "Storefront", "Variant"]  # fmt: skip

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""An ISO 3166-1 alpha-2 code."""

Allegation = Literal["counterfeit", "trademark", "piracy", "grey_market", "scam"]
StorefrontKind = Literal["shop", "marketplace_seller", "social_account"]
Availability = Literal[
    "InStock", "OutOfStock", "PreOrder", "BackOrder", "LimitedAvailability", "SoldOut", "Discontinued", "InStoreOnly"
]
"""The schema.org ItemAvailability names that a page was read to mean."""
Condition = Literal["new", "used", "refurbished", "damaged"]
Verdict = Literal["suspected", "watch", "clear", "abstain"]

FIRST_TENURE = 1
MATCHED_TEXT_LIMIT = 300  # characters of page text kept beside a value: enough to recognise the place, not a copy
NEEDS_PROVENANCE = frozenset(
    {"title", "description", "price", "list_price", "availability", "condition", "brand", "sku", "mpn", "gtin",
     "images", "category", "seller", "shop_product_id", "pack", "ships_from", "shipping", "stock", "sold", "location"}
)  # fmt: skip
"""The fields of an Offer that are read from a page; each one that is set says where it stood."""


class Model(BaseModel):
    """What all items share: unknown fields are an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid")


class Provenance(Model):
    """Where a value stood: which extractor read it, at which place of which body, and the text that was there."""

    extractor: str
    path: str
    """XPath, JSON pointer, or ``url`` / ``header:NAME`` for what does not stand in the body."""
    text: str = Field(max_length=MATCHED_TEXT_LIMIT)
    body_sha256: Sha256 | None = None
    """Set once the capture is known; an extractor, which is pure, leaves it empty."""


class Variant(Model):
    """One choice of size, colour or the like of an offer."""

    id: str
    title: str = ""
    price: Money | None = None
    sku: str | None = None
    availability: Availability | None = None


class Identifier(Model):
    """Something that ties storefronts together: an e-mail, a phone, a payment account, an analytics id, …"""

    kind: str
    """``email``, ``phone``, ``messenger``, ``company_number``, ``vat``, ``iban``, ``wallet``, ``merchant_id``,
    ``analytics``, ``pixel``, ``tag_manager``, ``social``, ``favicon``, ``template``, ``boilerplate``,
    ``certificate``."""
    value: str
    """Normalised: what two shops must share to be the same (E.164, lower-case address, IBAN without spaces)."""
    provenance: Provenance


class Observation(Model):
    """One look at one URL: what was asked for, what answered, and in which bytes."""

    fetched_at: datetime
    url: str
    final_url: str
    redirects: tuple[str, ...] = ()
    status: int
    server_address: str | None = None
    certificate_sha256: Sha256 | None = None
    vantage: Country | None = None
    """The egress country that the operator states; shops show different countries different pages."""
    body_sha256: Sha256
    body_size: int


class Flag(Model):
    """What an indicator found, or why it could not tell."""

    code: str
    """The indicator's name in ``data/weights.yaml``, e.g. ``brand.unauthorised``."""
    state: Literal["raised", "abstained"]
    allegation: Allegation | None = None
    weight: float = 0.0
    sentence: str
    """One sentence that a person who never saw the code understands."""
    values: dict[str, Any] = Field(default_factory=dict)
    provenance: tuple[Provenance, ...] = ()
    brand: str | None = None
    register_version: str = ""
    weights_version: str = ""

    @model_validator(mode="after")
    def _a_raised_flag_rests_on_something(self) -> Flag:
        if self.state == "raised" and not self.provenance:
            raise ValueError(f"flag {self.code} is raised without provenance")
        return self


class Picture(Model):
    """What is known of one of an offer's pictures; the picture itself is not kept."""

    url: str
    phash: str
    """256 bits of a perceptual hash, in hexadecimal."""
    sha256: Sha256
    """Of the bytes as received."""
    official_brand: str | None = None
    """The brand whose reference picture it shows, with product, file and the number of bits in which they differ."""
    official_line: str | None = None
    official_file: str | None = None
    official_bits: int | None = None
    storefronts: int = 0
    """Other storefronts that were seen with it."""


class Offer(Model):
    """One thing offered for sale at one place by one seller."""

    id: str
    """Storefront + the shop's own product id, else storefront + the URL without universally safe parameters."""
    storefront: str
    url: str
    title: str
    description: str | None = None
    price: Money | None = None
    price_problem: str | None = None
    """Why there is no price: ``on_request``, ``in_a_picture``, ``unreadable``, ``absent``."""
    converted: Conversion | None = None
    list_price: Money | None = None
    availability: Availability | None = None
    condition: Condition | None = None
    brand: str | None = None
    sku: str | None = None
    mpn: str | None = None
    gtin: str | None = None
    images: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Those of ``images`` that were looked at (``IMAGES_PER_STOREFRONT``)."""
    variants: tuple[Variant, ...] = ()
    category: tuple[str, ...] = ()
    pack: str | None = None
    """The pack size as the page writes it: ``3 x 250 ml``."""
    pack_size: Decimal | None = None
    pack_unit: Literal["ml", "g", "pieces"] | None = None
    seller: str | None = None
    ships_from: str | None = None
    shipping: Money | None = None
    """What delivery costs, as a marketplace states it; an amount of 0 is free."""
    stock: int | None = None
    sold: int | None = None
    """How many a marketplace says were sold."""
    location: str | None = None
    """Where a marketplace says the item is."""
    language: str | None = None
    shop_product_id: str | None = None
    provenance: dict[str, Provenance] = Field(default_factory=dict)
    """Field name → where the value stood."""
    flags: tuple[Flag, ...] = ()

    @model_validator(mode="after")
    def _no_value_without_provenance(self) -> Offer:
        for name in NEEDS_PROVENANCE:
            if getattr(self, name) not in (None, (), "") and name not in self.provenance:
                raise ValueError(f"{name} has no provenance")
        return self


def storefront_id(key: str, tenure: int = FIRST_TENURE) -> str:
    """The id of a storefront in one tenure."""
    return f"{key}#{tenure}"


def storefront_key_of(id_or_key: str) -> str:
    """The key in the id of a storefront; a key stays."""
    return id_or_key.rpartition("#")[0] or id_or_key


class Storefront(Model):
    """Who sells: the unit of review."""

    id: str
    """``key`` + ``#`` + tenure."""
    key: str
    """Registrable domain, platform tenant, or address:port; ``marketplace:seller``; ``platform:account``."""
    kind: StorefrontKind
    tenure: int = FIRST_TENURE
    """Counts the owners of a domain, so that nobody inherits another's history."""
    name: str | None = None
    country: Country | None = None
    language: str | None = None
    url: str
    platform: str | None = None
    legal_pages: dict[str, str] = Field(default_factory=dict)
    """``imprint``, ``contact``, ``returns``, ``shipping``, ``payment``, ``privacy`` or ``terms`` → URL."""
    identifiers: tuple[Identifier, ...] = ()
    facts: dict[str, Any] = Field(default_factory=dict)
    """What else was seen of the shop as a whole, by name: redirects out, walls met, template hash."""


class Post(Model):
    """A social listing."""

    id: str
    storefront: str
    url: str
    text: str
    language: str | None = None
    posted_at: datetime | None = None
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    """In lower case, without the sign."""
    sizes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    """Names of the register that stand in the text or a hashtag, in whatever disguise."""
    identifiers: tuple[Identifier, ...] = ()
    provenance: dict[str, Provenance] = Field(default_factory=dict)


class Pointer(Model):
    """Somebody pointed to another place: where from, where to, and how."""

    source: str
    """The storefront on whose page, or in whose post, it stood; ``feed:NAME`` for a file of names."""
    target: str
    """Key of the storefront that is pointed to."""
    url: str
    how: Literal["post", "listing", "page", "redirect", "handle", "feed"]
    page: str
    """Where it was seen."""
    text: str = ""
    """What the link says."""
    suspicion: int = Field(default=0, ge=0, le=100)
    """What speaks for asking there soon; see ``crawler.discovery.suspicion``."""
    reasons: tuple[str, ...] = ()


class Capture(Model):
    """Everything that one fetched page gave: the item a spider yields, and the batch the store writes at once.

    One page is one item, so that its offers become durable in one write that the pipeline awaits once.
    """

    observation: Observation
    body: bytes = Field(repr=False, exclude=True)
    content_type: str = ""
    page_kind: str = ""
    etag: str | None = None
    last_modified: str | None = None
    """The server's validators, for asking whether the page has changed."""
    rendered: str = ""
    """Why ``body`` is what the page's scripts made of it; empty for a page as received."""
    received: bytes | None = Field(default=None, repr=False, exclude=True)
    """The body as received, of a rendered page."""
    said: str = ""
    """Digest of the prices, availability and titles of the page's offers (``crawler.discovery.revisits``)."""
    cards: dict[str, str] = Field(default_factory=dict)
    """Of a list: digest of a product's address → digest of what its card says."""
    storefronts: list[Storefront] = Field(default_factory=list)
    offers: list[Offer] = Field(default_factory=list)
    listed: list[Offer] = Field(default_factory=list, repr=False, exclude=True)
    """The first cards of a list, flagged: what ranks are made of before the products' pages are read. Not stored."""
    posts: list[Post] = Field(default_factory=list)
    pointers: list[Pointer] = Field(default_factory=list)
    rejected: dict[str, int] = Field(default_factory=dict)
    """Reason → how many values or offers of this page were turned away for it."""
