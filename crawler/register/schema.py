"""What a rights holder tells us: one file per rights holder, one model per thing in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from stdnum import ean

from crawler.items import Allegation
from crawler.money import Currency

SECTORS = ("luxury", "sportswear", "spare parts", "electronics", "pharmaceuticals", "toiletries",
           "media and software")  # fmt: skip
"""The sectors that are known; another one is allowed, and only reported by ``scrapy register check``."""


class Model(BaseModel):
    """What all parts of a register share: unknown fields are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _one_or_many(value: object) -> object:
    """``spelling: X`` means ``spelling: [X]``."""
    return [value] if isinstance(value, str) else value


def _domain(value: str) -> str:
    name = value.strip().lower().removeprefix("www.").rstrip(".")
    if "/" in name or ":" in name or " " in name or "." not in name:
        raise ValueError("a domain is written like example.com, without https:// and without a path")
    return name


def _gtin(value: str) -> str:
    digits = value.replace(" ", "").replace("-", "")
    if not ean.is_valid(digits):
        raise ValueError("a GTIN has 8, 12, 13 or 14 digits and its check digit must be right")
    return digits.zfill(14)


Name = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_one_or_many)]
Domain = Annotated[str, StringConstraints(max_length=253), AfterValidator(_domain)]
Domains = Annotated[tuple[Domain, ...], BeforeValidator(_one_or_many)]
Gtin = Annotated[str, AfterValidator(_gtin)]
Gtins = Annotated[tuple[Gtin, ...], BeforeValidator(_one_or_many)]


class PriceRange(Model):
    """What the product honestly costs new, tax included: lowest and highest regular price."""

    low: Decimal = Field(gt=0, allow_inf_nan=False)
    high: Decimal = Field(gt=0, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: object) -> object:
        """``[low, high]`` is the short way to write it."""
        if isinstance(value, list):
            if len(value) != 2:
                raise ValueError("a price range is [low, high]")
            return {"low": value[0], "high": value[1]}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError("the low end of the price range is above the high end")
        return self


class ProductLine(Model):
    """One product, or a family of products that cost alike."""

    name: Name
    spellings: Names = ()
    mpn: Names = ()
    gtin: Gtins = ()
    model: Names = ()
    price: dict[Currency, PriceRange] = Field(default_factory=dict)
    packs: Names = ()
    """The sizes it is sold in, e.g. ``30 ml`` or ``28 tablets``; the price is that of the first."""
    reference_images: Names = ()


class Work(Model):
    """A protected work: a film, book, piece of software, recording, game."""

    title: Name
    kind: Name
    creators: Names = ()
    spellings: Names = ()
    ambiguous: bool = False
    """The title is made of everyday words: it counts only together with a creator's name or the brand."""


class AuthorisedSeller(Model):
    """Somebody who may sell: a domain, or a seller on a marketplace."""

    domain: Domain | None = None
    marketplace: Name | None = None
    seller: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """A plain ``example.com`` is the short way to write a domain."""
        return {"domain": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        marketplace = self.marketplace is not None and self.seller is not None
        if (self.domain is not None) == marketplace or (self.marketplace is None) != (self.seller is None):
            raise ValueError("give either a domain, or marketplace and seller")
        return self

    @property
    def key(self) -> str:
        """The storefront key that this seller has."""
        return self.domain or f"{self.marketplace}:{self.seller}".lower()


class Brand(Model):
    """A protected name, and what is sold under it."""

    name: Name
    spellings: Names = ()
    """Aliases, abbreviations, and the names in other scripts that the rights holder uses."""
    ambiguous: bool = False
    """The name is also an everyday word, family name or place: it counts only in context."""
    context: Names = ()
    """Words that show that an ambiguous name means the brand."""
    official_domains: Domains = ()
    authorised_sellers: tuple[AuthorisedSeller, ...] = ()
    lines: tuple[ProductLine, ...] = ()
    works: tuple[Work, ...] = ()

    @model_validator(mode="after")
    def _something_to_read(self) -> Self:
        if not any(character.isalnum() for character in self.name):
            raise ValueError("a name needs a letter or digit")
        return self


class RightsHolder(Model):
    """One file of the register."""

    rights_holder: Name
    sector: Name
    official_domains: Domains = ()
    authorised_sellers: tuple[AuthorisedSeller, ...] = ()
    allegations: Annotated[tuple[Allegation, ...], BeforeValidator(_one_or_many)] = ("counterfeit", "trademark")
    brands: tuple[Brand, ...] = Field(min_length=1)
