"""All facts of a page that tie a storefront to others, and those that only describe it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crawler.extract.facts import (
    analytics,
    bank_accounts,
    boilerplate,
    company_numbers,
    emails,
    messengers,
    payments,
    phones,
    social,
    template,
    wallets,
)
from crawler.extract.facts.page import Page
from crawler.items import Identifier

FINDERS: tuple[Callable[[Page], Iterator[Identifier]], ...] = (
    emails.find,
    phones.find,
    messengers.find,
    company_numbers.find,
    payments.find,
    bank_accounts.find,
    wallets.find,
    analytics.find,
    social.find,
    template.find,
    boilerplate.find,
)
NAME_LIMIT = 200  # characters of a shop's name
PERSONAL = frozenset({"email", "phone", "messenger", "iban", "wallet", "merchant_id", "social"})
"""Kinds that on a page of posts belong to who posted, not to the platform that shows them."""
LIMIT_OF_A_KIND = 100  # identifiers of one kind on one page: a shop has a handful, a directory or an attack thousands


def identifiers(page: Page) -> tuple[Identifier, ...]:
    """Return the identifiers of a page, each once, with where it first stood.

    Business data only: what stands in reviews and comments is left out.
    """
    found: dict[tuple[str, str], Identifier] = {}
    counts: dict[str, int] = {}
    for find in FINDERS:
        for item in find(page):
            key = (item.kind, item.value)
            if key not in found and counts.get(item.kind, 0) < LIMIT_OF_A_KIND:
                counts[item.kind] = counts.get(item.kind, 0) + 1
                found[key] = item
    return tuple(found.values())


def facts(page: Page) -> dict[str, Any]:
    """Return what describes a storefront without tying it to others, by name.

    ``site_name``: what the page's meta element calls the shop; ``payment_marks``: names of ``data/traces.yaml``;
    ``social_accounts`` and ``social_nowhere``: platforms linked with and without an account behind the link;
    ``skeleton_places``: distinct places of the page's skeleton.
    """
    links = social.survey(page)
    skeleton = template.fingerprint(page.document)
    name = {"site_name": said} if (said := page.document.meta("og:site_name")[:NAME_LIMIT]) else {}
    return {
        **name,
        "payment_marks": list(payments.marks(page)),
        "social_accounts": links["accounts"],
        "social_nowhere": links["nowhere"],
        "skeleton_places": skeleton[1] if skeleton else 0,
    }
