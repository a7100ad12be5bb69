"""Who counts and follows a shop's visitors: analytics, pixels, tag managers, and owner verifications."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.facts import traces
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_MATOMO_SITE = re.compile(r"setSiteId['\"]\s{0,5},\s{0,5}['\"]?(\d{1,6})")
_MATOMO_HOST = re.compile(r"['\"](?:https?:)?//([\w.-]{4,100})/?(?:[\w-]{1,30}/)?['\"]")


def find(page: Page) -> Iterator[Identifier]:
    """Yield the ids of analytics services, pixels, tag managers and search engines' owner verifications."""
    yield from traces.find(page, ("analytics", "pixel", "tag_manager"))
    yield from _matomo(page)
    verifications = traces.table()["verifications"]
    for element, own in page.all("meta"):
        service = verifications.get(own.get("name", "").lower())
        value = own.get("content", "").strip()
        if service and 8 <= len(value) <= 120:  # shorter is a placeholder, longer is no token
            yield identifier("analytics", f"verify_{service}:{value}", "facts.analytics", page.path(element), value)


def _matomo(page: Page) -> Iterator[Identifier]:
    """Yield Matomo's site number together with its host: the number alone is 1 almost everywhere."""
    for script in page.scripts:
        site = _MATOMO_SITE.search(script.text) if "setSiteId" in script.text else None
        host = _MATOMO_HOST.search(script.text) if site else None
        if site and host:
            value = f"matomo:{host[1].lower()}#{site[1]}"
            yield identifier("analytics", value, "facts.analytics", page.path(script.element), site[0])
