"""Links to social networks, and whether they point at an account or only at the platform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from crawler.extract.facts.contacts import table
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_SHARES = frozenset(
    {"sharer", "sharer.php", "share", "share.php", "intent", "dialog", "pin", "plugins", "submit", "cgi-bin"}
)


@cache
def _platforms() -> dict[str, tuple[str, tuple[re.Pattern[str], ...]]]:
    """Return host → name of the platform and patterns of its accounts."""
    rows = table()["social"].items()
    return {host: (name, tuple(map(re.compile, row["paths"]))) for name, row in rows for host in row["hosts"]}


@cache
def _nobody() -> frozenset[str]:
    return frozenset(map(str, table()["nobody"]))


def find(page: Page) -> Iterator[Identifier]:
    """Yield the accounts that a page links to, as ``platform:account`` in lower case."""
    for element, href in page.links:
        found = read(href)
        if found and found[1]:
            value = f"{found[0]}:{found[1]}"
            yield identifier("social", value, "facts.social", page.path(element) + "/@href", href)


def read(href: str) -> tuple[str, str | None] | None:
    """Return platform and account of a link; None for the account if it points nowhere; None if it is no such link."""
    if "//" not in href[:8]:  # relative: a page of the shop's own
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    known = _platforms().get((parts.hostname or "").lower().removeprefix("www."))
    if known is None:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first = parts.path.strip("/").partition("/")[0].lower()
    for pattern in known[1]:
        match = pattern.search(path)
        if match and match[1].lower() not in _nobody():
            return known[0], match[1] if match[1].startswith("UC") else match[1].lower()
    if first in _SHARES:
        return None  # a button to share this page: no claim to have an account
    return known[0], None


def survey(page: Page) -> dict[str, list[str]]:
    """Return the platforms whose links lead to an account, and those whose links lead nowhere; each sorted."""
    found = [read(href) for _, href in page.links]
    real = {one[0] for one in found if one and one[1]}
    return {"accounts": sorted(real), "nowhere": sorted({one[0] for one in found if one and not one[1]} - real)}
