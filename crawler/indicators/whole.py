"""What an assessor knows of a storefront beside its document: its goods, its registration, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Goods:
    """What a storefront sells, as far as it was read."""

    offers: int = 0
    branded: dict[str, int] | None = None
    """Brand of the register → offers that claim it, authorised or not; None: not counted."""
    titles: tuple[str, ...] = ()
    """Some titles and categories, a few hundred at most: what the goods are called."""


@dataclass(frozen=True)
class Registration:
    """What a registry says of a domain; None where its answer does not say."""

    domain: str
    registered: date | None = None
    registered_again: date | None = None
    """The last time that it was registered anew after having lapsed or been deleted."""
    expires: date | None = None
    registrar: str = ""
    name_servers: tuple[str, ...] = ()
    """Host names in lower case, sorted."""
    source: str = ""
    """The file that it was read from."""

    @property
    def begun(self) -> date | None:
        """Since when the present holder may have it."""
        return max((day for day in (self.registered, self.registered_again) if day), default=None)


@dataclass(frozen=True)
class Whole:
    """All of it; every part may be missing, and what rests on a missing part is not said."""

    goods: Goods = Goods()
    registration: Registration | None = None
    seen_on: date | None = None
    """The day of the last look: an age is reckoned to it, so that it can be recomputed."""
