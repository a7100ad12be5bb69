"""A name as a person types it → a storefront."""

from __future__ import annotations

from difflib import get_close_matches

from pymongo.database import Database

from crawler.errors import ConfigurationError
from crawler.review.plain import plain
from crawler.store import queries
from crawler.store.database import Document


def storefront_named(database: Database[Document], name: str) -> Document:
    """The storefront with this id or key (its latest tenure).

    Raises:
        ConfigurationError: there is none; suggests the nearest.
    """
    found = queries.storefront(database, name) or queries.storefront(database, name.lower())
    if found:
        return found
    close = get_close_matches(name, queries.storefront_names(database), n=1, cutoff=0.6)
    hint = f"; did you mean {plain(close[0])}?" if close else ": nothing is stored under a name like it"
    raise ConfigurationError(f"no storefront or offer {plain(name)}{hint}")
