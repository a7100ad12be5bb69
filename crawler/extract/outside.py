"""Links that leave a site: which of them may lead to a shop, and which never do."""

from __future__ import annotations

from functools import cache
from importlib import resources

from crawler import tabular
from crawler.urls import host, storefront_key

TAKE_ORDERS = ("social", "payment")
"""Groups of sites where a thing is ordered or paid that is shown elsewhere."""


@cache
def irrelevant_domains(*groups: str) -> frozenset[str]:
    """The names of ``data/irrelevant_domains.yaml``; those of some groups."""
    text = resources.files("crawler.data").joinpath("irrelevant_domains.yaml").read_text("utf-8")
    table = tabular.parsed(text)
    return frozenset(name for group in groups or table for name in table[group])


def takes_orders(url: str) -> bool:
    """Whether an address is a messenger's, a network's or a payment service's: nobody shows goods of others there."""
    return within(host(url) or "", irrelevant_domains(*TAKE_ORDERS))


def within(name: str, names: frozenset[str]) -> bool:
    """Whether a host is one of ``names`` or below one."""
    labels = name.split(".")
    return any(".".join(labels[cut:]) in names for cut in range(len(labels) - 1))


def irrelevant(url: str) -> bool:
    """Whether an address is none, or one of a site that is no seller's shop. A platform's tenant is a shop."""
    name = host(url)
    if not name:
        return True
    key = storefront_key(url)
    if key.partition("/")[0] in irrelevant_domains() and "/" not in key:
        return True
    return within(name, irrelevant_domains()) and not _tenant(name, key)


def _tenant(name: str, key: str) -> bool:
    """Whether a name below a builder's is somebody's shop: ``x.myshopify.com``, ``x.wordpress.com``."""
    return key == name.removeprefix("www.") and key.count(".") >= 2


def outward(links: tuple[str, ...], url: str) -> tuple[str, ...]:
    """The links that leave the site of ``url`` and may lead to a shop, each storefront once."""
    own = storefront_key(url)
    found: dict[str, str] = {}
    for link in links:
        key = storefront_key(link)
        if key and key != own and not irrelevant(link):
            found.setdefault(key, link)
    return tuple(found.values())
