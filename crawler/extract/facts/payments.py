"""Who is paid: public ids of merchants at payment services, and the payment marks a shop shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import ahocorasick
from lxml import etree

from crawler.extract.facts import traces
from crawler.extract.facts.page import Page, identifier
from crawler.items import Identifier

_PERSON = {
    "paypal.me": "paypal_me", "venmo.com": "venmo", "cash.app": "cash_app", "revolut.me": "revolut",
    "ko-fi.com": "ko_fi", "buy.stripe.com": "stripe_link", "donate.stripe.com": "stripe_link", "wise.com": "wise",
}  # fmt: skip
_PAID_AT = re.compile("|".join(map(re.escape, (*_PERSON, "paypal."))))
_NAME = re.compile(r"[$@]?[\w.-]{2,64}")
_MARKED = ("img", "svg", "i", "use")


@cache
def _marks() -> Any:
    """The names of the marks, their words parted by a space or by nothing."""
    automaton = ahocorasick.Automaton()
    for name in traces.table()["payment_marks"]:
        first, *words = name.split(" ")
        for parts in product((" ", ""), repeat=len(words)):
            spelled = first + "".join(map("".join, zip(parts, words, strict=True)))
            automaton.add_word(spelled, spelled)
    automaton.make_automaton()
    return automaton


def find(page: Page) -> Iterator[Identifier]:
    """Yield merchant ids of scripts, payment forms and payment links."""
    yield from traces.find(page, ("merchant_id",))
    for element in _business(page):
        value = element.get("value", "").strip()
        if 4 <= len(value) <= 120:
            name = "paypal" if element.get("name") == "business" else "paypal_button"
            yield identifier("merchant_id", f"{name}:{value.lower()}", "facts.merchant_id", page.path(element), value)
    for element, href in page.links:
        for value in _personal(href):
            yield identifier("merchant_id", value, "facts.merchant_id", page.path(element) + "/@href", href)


def _business(page: Page) -> Iterator[etree._Element]:
    for form, own in page.all("form"):
        if "paypal." in own.get("action", ""):
            yield from (e for e in form.iter("input") if e.get("name") in ("business", "hosted_button_id"))


def _personal(href: str) -> Iterator[str]:
    """Yield the account of a payment link: ``paypal.me/name``, ``paypal.com/…?business=…``."""
    if not _PAID_AT.search(href):
        return
    try:
        parts = urlsplit(href)
    except ValueError:
        return
    host = (parts.hostname or "").removeprefix("www.")
    first = parts.path.strip("/").split("/")[0]
    if host in _PERSON and _NAME.fullmatch(first):
        yield f"{_PERSON[host]}:{first if 'stripe' in host else first.lower()}"
    if host.startswith("paypal.") or ".paypal." in host:
        if re.match(r"/paypalme/\w", parts.path):
            yield f"paypal_me:{parts.path.split('/')[2].lower()}"
        for name in ("business", "hosted_button_id"):
            for value in parse_qs(parts.query).get(name, [])[:1]:
                yield f"{'paypal' if name == 'business' else 'paypal_button'}:{value.lower()}"


def marks(page: Page) -> tuple[str, ...]:
    """Return the payment services whose marks a page shows: the names of ``data/traces.yaml``, sorted.

    Taken from pictures and icons only: prose that mentions a service does not offer it.
    """
    found: set[str] = set()
    for _, own in page.all(*_MARKED):
        if own:
            source = (own.get("src") or own.get("href") or own.get("xlink:href") or "")[-80:]
            shown = f"{own.get('alt', '')} {own.get('title', '')} {own.get('aria-label', '')} {own.get('class', '')}"
            found |= _named(f"{shown[:200]} {source.rpartition('/')[2]}")
    for title, _ in page.all("title"):  # of drawings; the page's own stands in the head
        parent = title.getparent()
        if parent is not None and parent.tag == "svg":
            found |= _named((title.text or "")[:80])
    return tuple(sorted(found))


@lru_cache(maxsize=4096)  # a shop shows the same pictures on every page
def _named(shown: str) -> frozenset[str]:
    low = shown.lower().replace("_", " ").replace("-", " ")
    return frozenset(name for last, name in _marks().iter(low) if _is_word(low, last - len(name) + 1, last + 1))


def _is_word(low: str, begin: int, end: int) -> bool:
    return not ("a" <= low[begin - 1 : begin] <= "z" or "a" <= low[end : end + 1] <= "z")
